/** An Ogg Opus file of a given length, as far as anybody looks who does not play it. */

export function makeOgg(seconds: number, padding = 400): Buffer {
  return Buffer.concat([
    ...heads(),
    page(4, BigInt(Math.round(seconds * 48_000) + 312), Buffer.alloc(padding, 7)),
  ])
}

/** One made of these packets, each of 20 ms and below 255 * 255 bytes in all on its page. */
export function makeOggOf(packets: readonly Buffer[]): Buffer {
  const pages = packets.map((data, n) =>
    page(n === packets.length - 1 ? 4 : 0, BigInt((n + 1) * 960 + 312), data),
  )
  return Buffer.concat([...heads(), ...pages])
}

function heads(): readonly Buffer[] {
  const head = Buffer.alloc(19)
  head.write('OpusHead')
  head.set([1, 1], 8)
  head.writeUInt16LE(312, 10)
  head.writeUInt32LE(48_000, 12)
  return [page(2, 0n, head), page(0, 0n, Buffer.from('OpusTags\0\0\0\0\0\0\0\0'))]
}

function page(flags: number, position: bigint, data: Buffer): Buffer {
  const segments = Array.from({ length: Math.floor(data.length / 255) + 1 }, (_, n) =>
    Math.min(255, data.length - n * 255),
  )
  const head = Buffer.alloc(27)
  head.write('OggS')
  head[5] = flags
  head.writeBigInt64LE(position, 6)
  head[26] = segments.length
  return Buffer.concat([head, Buffer.from(segments), data])
}
