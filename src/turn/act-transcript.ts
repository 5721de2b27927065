/** Writes down what a voice note says, for everybody who may see its message. */
import { digestOfText, writeTranscript } from '../core/transcript.ts'
import { Failure } from '../failure.ts'
import { findHeard } from '../store/heard.ts'
import { type Desk, perform } from './act.ts'
import type { Act } from './act-load.ts'

/**
 * `had` is the sign of the wording that the writer began from. Fails with `message:not_found` for what is no voice note
 * beside this request, and with `message:changed` when a colleague wrote meanwhile.
 */
export async function transcribe(
  desk: Desk,
  act: Act,
  it: { readonly media: string; readonly text: string; readonly had: string },
): Promise<void> {
  await perform(desk, act, async ({ request }) => {
    const heard = await findHeard(desk, request, it.media)
    if (!heard) throw new Failure('message:not_found', { media: it.media })
    const happenings = writeTranscript(heard, it.text)
    if (happenings.length === 0) return { happenings }
    if (digestOfText(heard.transcript ?? '') !== it.had)
      throw new Failure('message:changed', { media: it.media })
    const text = it.text.trim()
    const change = { update: 'media', id: heard.media, key: heard.key } as const
    return text === ''
      ? { happenings, changes: [{ ...change, plain: { transcript_enc: null } }] }
      : { happenings, changes: [{ ...change, plain: {}, secret: { transcript_enc: text } }] }
  })
}
