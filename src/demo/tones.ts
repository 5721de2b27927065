/**
 * Files that people of the demo sent. The voice notes are tones made by arithmetic, nobody's voice; the photos are
 * plain shapes. Real bytes in real formats, so that the player and the picture frame have something to show.
 */
import { crc32, deflateSync } from 'node:zlib'
import type { Dice } from './dice.ts'

const rate = 8000

/** A WAV file (8 bit, mono) of this many seconds: a few notes that rise and fall like a sentence. */
export function makeTone(seconds: number, dice: Dice): Buffer {
  const samples = Math.round(seconds * rate)
  const file = Buffer.alloc(44 + samples)
  file.write('RIFF', 0)
  file.writeUInt32LE(36 + samples, 4)
  file.write('WAVEfmt ', 8)
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20) // PCM
  file.writeUInt16LE(1, 22) // mono
  file.writeUInt32LE(rate, 24)
  file.writeUInt32LE(rate, 28)
  file.writeUInt16LE(1, 32)
  file.writeUInt16LE(8, 34)
  file.write('data', 36)
  file.writeUInt32LE(samples, 40)
  const notes = Array.from({ length: 16 }, () => 140 + dice.below(120))
  // Some are loud, some soft, and now and then somebody draws breath.
  const levels = notes.map(() => (dice.chance(20) ? 1 : 10 + dice.below(40)))
  const perNote = rate / 4
  for (let i = 0; i < samples; i++) {
    const place = Math.floor(i / perNote) % notes.length
    const note = notes[place] ?? 180
    const swell = Math.sin((Math.PI * (i % perNote)) / perNote)
    file[44 + i] = 128 + Math.round((levels[place] ?? 0) * swell * Math.sin((2 * Math.PI * note * i) / rate))
  }
  return file
}

/** A PNG of two fields under a sky in colours of the dice, 240 by 160. */
export function makePicture(dice: Dice): Buffer {
  const [width, height] = [240, 160]
  const sky = [170 + dice.below(40), 195 + dice.below(30), 215 + dice.below(35)]
  const earth = [150 + dice.below(50), 105 + dice.below(35), 60 + dice.below(30)]
  const thing = [60 + dice.below(120), 70 + dice.below(90), 80 + dice.below(60)]
  const horizon = 70 + dice.below(40)
  const [left, top, wide, tall] = [
    40 + dice.below(80),
    horizon - 30 + dice.below(30),
    40 + dice.below(50),
    40 + dice.below(30),
  ]
  const lines: Buffer[] = []
  for (let y = 0; y < height; y++) {
    const line = Buffer.alloc(1 + width * 3)
    for (let x = 0; x < width; x++) {
      const inside = x >= left && x < left + wide && y >= top && y < top + tall
      const ground = y < horizon ? sky : earth
      line.set(inside ? thing : ground, 1 + x * 3)
    }
    lines.push(line)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8) // 8 bits, true colour
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(lines))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data])
  const whole = Buffer.alloc(body.length + 8)
  whole.writeUInt32BE(data.length, 0)
  body.copy(whole, 4)
  whole.writeUInt32BE(crc32(body), body.length + 4)
  return whole
}
