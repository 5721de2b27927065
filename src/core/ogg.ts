/** How long a voice note lasts, read from its own bytes: what a browser or a person says of it is only said. */

const pageHead = 27
/** Ogg Opus counts in samples of 48 kHz, whatever it was recorded at (RFC 7845, 4). */
const samplesPerSecond = 48_000

/** Seconds of an Ogg Opus file; undefined for anything else, and for one that is cut in its head. */
export function oggOpusSeconds(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!isPage(bytes, 0) || bytes.length < pageHead + 20) return undefined
  const head = pageHead + (bytes[26] ?? 0)
  if (!reads(bytes, head, 'OpusHead') || head + 12 > bytes.length) return undefined
  const skipped = view.getUint16(head + 10, true)
  const last = lastSample(bytes, view)
  return last === undefined ? undefined : Math.max(0, last - skipped) / samplesPerSecond
}

/** Channels of an Ogg Opus file; undefined for anything else. */
export function oggOpusChannels(bytes: Uint8Array): number | undefined {
  const head = pageHead + (bytes[26] ?? 0)
  return isPage(bytes, 0) && reads(bytes, head, 'OpusHead') ? bytes[head + 9] : undefined
}

/** Whether the file is pages from its first byte to its last: nothing cut off, and nothing else hidden behind them. */
export function isWholeOgg(bytes: Uint8Array): boolean {
  let at = 0
  while (at < bytes.length) {
    if (!isPage(bytes, at)) return false
    const segments = bytes[at + 26] ?? 0
    let length = pageHead + segments
    for (let i = 0; i < segments; i += 1) length += bytes[at + pageHead + i] ?? 0
    at += length
  }
  return at === bytes.length && at > 0
}

/** The position that the last page gives; pages on which no packet ends give none. */
function lastSample(bytes: Uint8Array, view: DataView): number | undefined {
  for (let at = bytes.length - pageHead; at >= 0; at -= 1) {
    if (!isPage(bytes, at)) continue
    const position = view.getBigInt64(at + 6, true)
    if (position >= 0n) return Number(position)
  }
  return undefined
}

function isPage(bytes: Uint8Array, at: number): boolean {
  return reads(bytes, at, 'OggS') && bytes[at + 4] === 0
}

function reads(bytes: Uint8Array, at: number, word: string): boolean {
  for (let i = 0; i < word.length; i += 1) if (bytes[at + i] !== word.charCodeAt(i)) return false
  return true
}
