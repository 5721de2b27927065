/**
 * How loud a voice note is from its beginning to its end, for the picture over which one moves on. Ogg Opus is not
 * decoded: no decoder is shipped, and an encoder whose rate varies, as those of WhatsApp and Telegram do, spends its bytes
 * where there is something to hear, so the sizes of the packets are a fair stand-in for loudness. Of a wave file the
 * samples are read.
 */

/** As many steps as a phone can show. */
export const loudnessSteps = 48

/** A byte for each step, the loudest 255; empty when it cannot be told. */
export function loudnessOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const heard = opusPackets(bytes) ?? waveSamples(bytes) ?? []
  return heard.length < 2 ? new Uint8Array() : inSteps(heard)
}

/** One span of sound: how long it lasts in any unit, and how loud it is in any other. */
type Span = { readonly long: number; readonly loud: number }

function inSteps(spans: readonly Span[]): Uint8Array<ArrayBuffer> {
  const whole = spans.reduce((sum, { long }) => sum + long, 0)
  const peaks = new Float64Array(loudnessSteps)
  let at = 0
  for (const { long, loud } of spans) {
    const until = Math.ceil(((at + long) / whole) * loudnessSteps)
    for (let step = Math.floor((at / whole) * loudnessSteps); step < until; step++) {
      peaks[step] = Math.max(peaks[step] ?? 0, loud)
    }
    at += long
  }
  const most = Math.max(...peaks, 1)
  return Uint8Array.from(peaks, (peak) => Math.round((255 * peak) / most))
}

const pageHead = 27
/** What silence costs an encoder that does not send it (RFC 6716, 2.1.9). */
const silentBytes = 3

/** The packets of an Ogg Opus file (RFC 3533, 6; RFC 7845): each one's length in milliseconds and size. */
function opusPackets(bytes: Uint8Array): readonly Span[] | undefined {
  if (!reads(bytes, 0, 'OggS')) return undefined
  const spans: Span[] = []
  let at = 0
  let size = 0
  let first = 0
  let packets = 0
  while (at + pageHead <= bytes.length && reads(bytes, at, 'OggS')) {
    const segments = bytes[at + 26] ?? 0
    let body = at + pageHead + segments
    for (let i = 0; i < segments; i++) {
      const lacing = bytes[at + pageHead + i] ?? 0
      if (size === 0) first = body
      size += lacing
      body += lacing
      if (lacing === 255) continue
      // The first two packets are heads.
      if (packets > 1 && size > 0)
        spans.push({ long: packetMilliseconds(bytes, first), loud: Math.max(0, size - silentBytes) })
      packets += 1
      size = 0
    }
    at = body
  }
  return spans
}

/** How long a packet lasts, from its first byte and the one that counts its frames (RFC 6716, 3.1 and 3.2). */
function packetMilliseconds(bytes: Uint8Array, at: number): number {
  const toc = bytes[at] ?? 0
  const config = toc >> 3
  const frame = frameMilliseconds(config)
  const code = toc & 3
  if (code === 0) return frame
  return frame * (code === 3 ? (bytes[at + 1] ?? 1) & 63 || 1 : 2)
}

function frameMilliseconds(config: number): number {
  if (config < 12) return [10, 20, 40, 60][config % 4] ?? 20
  if (config < 16) return [10, 20][config % 2] ?? 20
  return [2.5, 5, 10, 20][config % 4] ?? 20
}

/** Spans of a wave file with samples of 8 or 16 bits: the largest swing of each. */
function waveSamples(bytes: Uint8Array): readonly Span[] | undefined {
  if (!reads(bytes, 0, 'RIFF') || !reads(bytes, 8, 'WAVEfmt ') || bytes.length < 46) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const wide = view.getUint16(34, true) / 8
  if (view.getUint16(20, true) !== 1 || (wide !== 1 && wide !== 2)) return undefined
  const samples = Math.floor((bytes.length - 44) / wide)
  const each = Math.max(1, Math.floor(samples / (loudnessSteps * 4)))
  const spans: Span[] = []
  for (let from = 0; from + each <= samples; from += each) {
    let loud = 0
    for (let i = from; i < from + each; i++) {
      const swing = wide === 1 ? (bytes[44 + i] ?? 128) - 128 : view.getInt16(44 + 2 * i, true)
      loud = Math.max(loud, Math.abs(swing))
    }
    spans.push({ long: each, loud })
  }
  return spans
}

function reads(bytes: Uint8Array, at: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word.charCodeAt(i)) return false
  return true
}
