/** Fetches the bytes of a file that somebody sent on Telegram. */
import type { Api } from 'grammy'
import type { FileHandle } from '../core/message.ts'
import { Failure } from '../failure.ts'
import { failureOf, theirSignal } from './telegram-send.ts'

export type Downloading = { readonly api: Api; readonly root: string; readonly token: string }

/**
 * At most `limit` bytes of the file. Fails with `media:too_large`, also where Telegram itself refuses (getFile serves
 * up to 20 MB), `media:gone` when Telegram no longer has it, and the failures of every call.
 */
export async function download(
  it: Downloading,
  file: FileHandle,
  limit: number,
  signal: AbortSignal,
): Promise<Buffer> {
  const path = await pathOf(it, file, limit, signal)
  // The address of the file holds the token; nothing of it may reach an error.
  const url = `${it.root}/file/bot${it.token}/${path.split('/').map(encodeURIComponent).join('/')}`
  try {
    const response = await fetch(url, { signal, redirect: 'error' })
    if (response.status === 404 || response.status === 410) throw new Failure('media:gone')
    if (response.status === 401) throw new Failure('channel:unauthorized', { theirs: '401' })
    if (!response.ok || !response.body) {
      throw new Failure('channel:unreachable', { theirs: String(response.status) })
    }
    return await readUpTo(response.body, limit)
  } catch (error) {
    throw failureOf(error, it.token)
  }
}

async function pathOf(
  it: Downloading,
  file: FileHandle,
  limit: number,
  signal: AbortSignal,
): Promise<string> {
  try {
    const found = await it.api.getFile(file.handle, theirSignal(signal))
    if (found.file_size !== undefined && found.file_size > limit) throw tooLarge(limit)
    if (!found.file_path) throw new Failure('media:gone')
    return found.file_path
  } catch (error) {
    const failure = failureOf(error, it.token)
    if (failure.code !== 'channel:refused') throw failure
    // 400: "file is too big", or a file id that is wrong or of another bot.
    throw /too big/.test(String(failure.facts['theirs'])) ? tooLarge(limit) : new Failure('media:gone')
  }
}

async function readUpTo(body: ReadableStream<Uint8Array>, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.byteLength
    if (bytes > limit) throw tooLarge(limit)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function tooLarge(limit: number): Failure {
  return new Failure('media:too_large', { limit })
}
