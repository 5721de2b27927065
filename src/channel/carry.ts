/** What goes with a message besides its words, judged and read before any channel hands it on. */
import type { Spoken } from '../core/message.ts'
import { Failure } from '../failure.ts'
import type { Abilities, OpenFile } from './contract.ts'

/**
 * The bytes of the file that goes with this message, undefined without one. Fails with `channel:unsupported` for a kind or
 * a size that the channel cannot carry, before anything is read, and as `open` does.
 */
export async function carriedBytes(
  { file }: Spoken,
  abilities: Pick<Abilities, 'files'>,
  open: OpenFile,
): Promise<Buffer | undefined> {
  if (!file) return undefined
  const most = abilities.files[file.kind]
  if (most === undefined || file.bytes > most) {
    throw new Failure('channel:unsupported', { kind: file.kind, bytes: file.bytes })
  }
  return open(file.media)
}
