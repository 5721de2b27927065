import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loudnessOf, loudnessSteps } from '../../src/core/loudness.ts'
import { makeDice } from '../../src/demo/dice.ts'
import { makeTone } from '../../src/demo/tones.ts'
import { makeOggOf } from '../ogg.ts'

/** A packet of 20 ms in one frame (RFC 6716, 3.1), of this size. */
const packet = (size: number) => {
  const bytes = Buffer.alloc(size, 5)
  bytes[0] = 9 << 3
  return bytes
}

test('a note that is silent, then loud, then silent is drawn so', () => {
  const packets = [...Array(100).fill(3), ...Array(100).fill(300), ...Array(100).fill(3)].map(packet)
  const heard = [...loudnessOf(makeOggOf(packets))]
  expect(heard).toHaveLength(loudnessSteps)
  expect(heard[0]).toBe(0)
  expect(heard[loudnessSteps / 2]).toBe(255)
  expect(heard.at(-1)).toBe(0)
  expect(Math.abs(heard.filter((loud) => loud > 200).length - loudnessSteps / 3)).toBeLessThan(3)
})

test('a short note fills the whole width', () => {
  expect([...loudnessOf(makeOggOf([packet(90), packet(45)]))].every((loud) => loud > 0)).toBe(true)
})

test('of a wave file the samples are heard', () => {
  const heard = [...loudnessOf(makeTone(4, makeDice('tone')))]
  expect(heard).toHaveLength(loudnessSteps)
  expect(Math.max(...heard)).toBe(255)
  expect(Math.min(...heard)).toBeLessThan(200)
})

test('whatever else comes, or is cut, gives no picture and no trouble', () => {
  const whole = makeOggOf(
    Array(50)
      .fill(0)
      .map((_, n) => packet(40 + n)),
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 400 }),
        fc.nat(whole.length).map((n) => whole.subarray(0, n)),
      ),
      (bytes) => {
        expect([0, loudnessSteps]).toContain(loudnessOf(bytes).length)
      },
    ),
  )
  expect(loudnessOf(Buffer.from('RIFF....WAVEfmt '))).toHaveLength(0)
})
