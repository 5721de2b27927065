import { expect, test } from 'vitest'
import { oggOpusSeconds } from '../../src/core/ogg.ts'
import { makeOgg } from '../ogg.ts'

test('a voice note says itself how long it lasts', () => {
  expect(oggOpusSeconds(makeOgg(7.5))).toBeCloseTo(7.5)
  expect(oggOpusSeconds(makeOgg(0))).toBe(0)
  expect(oggOpusSeconds(new Uint8Array(makeOgg(181)))).toBeCloseTo(181)
})

test('whatever else it is has no length', () => {
  const whole = makeOgg(3)
  for (const bytes of [Buffer.alloc(0), Buffer.from('OggS'), whole.subarray(0, 30), Buffer.alloc(500, 1)]) {
    expect(oggOpusSeconds(bytes)).toBeUndefined()
  }
  const vorbis = Buffer.from(whole)
  vorbis.write('\u0001vorbis ', 28)
  expect(oggOpusSeconds(vorbis)).toBeUndefined()
})
