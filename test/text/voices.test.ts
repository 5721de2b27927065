/** Recordings and the words they say: tied by a hash, and apart as soon as the words change. */
import { describe, expect, test } from 'vitest'
import { makeConversation } from '../../src/conversation.ts'
import type { Recording } from '../../src/core/clip.ts'
import { judgeClip } from '../../src/core/clip.ts'
import { isPublished } from '../../src/flow/readiness.ts'
import { readShelf } from '../../src/shelf.ts'
import { linesOf, wordingOf } from '../../src/text/voices.ts'
import { makeOgg } from '../ogg.ts'

const talk = () => makeConversation(readShelf())
const clip = { media: `clip-${'b'.repeat(64)}`, bytes: 9_000, seconds: 7 }
const nothing = { rewording: new Map(), recordings: [], gate: {} }

function recorded(it: ReturnType<typeof talk>, id: string): Recording {
  const saying = it.sayings.find((one) => one.id === id)
  if (!saying) throw new Error(id)
  return { ...clip, language: 'bm', saying: id, wording: wordingOf(it.locales, 'bm', saying) }
}

describe('a recording', () => {
  test('is played with the list that stands under its sentence, and with no other', () => {
    const it = talk()
    const menu = it.sayings.find(({ id }) => id === 'menu.title')
    expect(linesOf(it.locales, 'fr', menu ?? { id: '', key: '', choices: [], flows: [] })).toHaveLength(7)
    it.retell({ ...nothing, recordings: [recorded(it, 'menu.title')] })
    expect(it.voices().clip('bm', 'menu.title', menu?.choices ?? [])).toEqual(clip)
    expect(it.voices().clip('bm', 'menu.title', [])).toBeUndefined()
    expect(it.voices().clip('fr', 'menu.title', menu?.choices ?? [])).toBeUndefined()
    expect([it.voices().any('bm'), it.voices().any('fr')]).toEqual([true, false])
  })

  test.each(['menu.title', 'menu.need'])(
    'is stale once %s is worded anew, and fits again with the old words',
    (key) => {
      const it = talk()
      const recordings = [recorded(it, 'menu.title')]
      const saying = it.sayings.find(({ id }) => id === 'menu.title')
      if (!saying) throw new Error('no menu')
      it.retell({ ...nothing, recordings })
      expect(it.voices().state('bm', saying)).toBe('ready')
      it.retell({
        ...nothing,
        recordings,
        rewording: new Map([['bm', new Map([[key, { text: 'I ni ce.', reviewer: '' }]])]]),
      })
      expect(it.locales.t('bm', key)).toBe('I ni ce.')
      expect(it.voices().state('bm', saying)).toBe('stale')
      expect(it.voices().clip('bm', saying.key, saying.choices)).toBeUndefined()
      it.retell({ ...nothing, recordings })
      expect(it.voices().state('bm', saying)).toBe('ready')
    },
  )

  test('that was taken away silences the one that ships', () => {
    const it = talk()
    const one = recorded(it, 'help.what')
    it.retell({ ...nothing, recordings: [one, { ...one, bytes: 0 }] })
    expect(it.voices().clip('bm', 'help.what', [])).toBeUndefined()
  })

  test.each([
    ['is one', makeOgg(12), { seconds: 12 }],
    ['is too long', makeOgg(32), { fault: 'long' }],
    ['is too large', makeOgg(12, 130_000), { fault: 'large' }],
    ['is no sound at all', Buffer.from('<script>alert(1)</script>'), { fault: 'no_opus' }],
    [
      'has something behind its sound',
      Buffer.concat([makeOgg(3), Buffer.from('PK..')]),
      { fault: 'no_opus' },
    ],
    ['is empty', Buffer.alloc(0), { fault: 'empty' }],
    ['is for two ears', stereo(), { fault: 'not_mono' }],
  ])('%s', (_, bytes, verdict) => {
    expect(judgeClip(bytes)).toEqual(verdict)
  })
})

function stereo(): Buffer {
  const bytes = makeOgg(3)
  bytes[28 + 9] = 2
  return bytes
}

describe('a flow in a language', () => {
  test('is told what nobody of it reviewed and what has no recording', () => {
    const it = talk()
    const help = () => it.readiness().find(({ flow, language }) => flow === 'help' && language === 'bm')
    const before = help()
    expect(before).toMatchObject({
      unreviewed: ['help.what', 'help.words'],
      unrecorded: ['help.what', 'help.words'],
    })
    const reviewed = ['help.what', 'help.words'].map((key) => {
      return [key, { text: it.locales.t('bm', key), certainty: 'A' as const, reviewer: 'Mariam' }] as const
    })
    const recordings = ['help.what', 'help.words'].map((id) => recorded(it, id))
    it.retell({
      rewording: new Map([['bm', new Map(reviewed)]]),
      recordings,
      gate: { bm: ['reviewed', 'recorded'] },
    })
    const after = help()
    expect(after).toMatchObject({ unreviewed: [], unrecorded: [] })
    const gate = { bm: ['reviewed'] } as const
    expect(before && after && [isPublished(before, gate), isPublished(after, gate)]).toEqual([false, true])
    // Nobody in danger is answered in a language that they may not speak.
    const rough = it.readiness().find((one) => one.flow === 'danger' && one.language === 'bm')
    expect(rough?.unreviewed).not.toEqual([])
    expect(rough && isPublished(rough, gate)).toBe(true)
    // French is what remains: nothing is ever asked of it.
    expect(
      it
        .readiness()
        .filter(({ language }) => language === 'fr')
        .every((one) => isPublished(one, gate)),
    ).toBe(true)
  })
})
