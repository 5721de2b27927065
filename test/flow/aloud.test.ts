/** Being answered by voice: who is, what it costs, and where it stays quiet. A recording shows as "(key)". */
import { describe, expect, test } from 'vitest'
import { makeVocabulary } from '../../src/flow/answer/vocabulary.ts'
import type { Situation } from '../../src/flow/session.ts'
import { readShelf } from '../../src/shelf.ts'
import { all, days, flow, met, player } from './play.ts'

const ordinary = flow(
  'menu',
  '  - { id: a, ask: text, text: it.what, keep: what }\n  - { id: b, say: it.noted }',
)
const sensitive = flow('danger', '  - { id: a, ask: text, text: it.grave, keep: what }', 'sensitive: true')

/** The words that ship: "by voice" is one of them. */
const words = makeVocabulary(readShelf())
const clip = { media: `clip-${'a'.repeat(64)}`, bytes: 40_000, seconds: 4 }
const voices = { clip: () => clip, any: () => true }
const onPhone = (more: Partial<Situation> = {}) =>
  player([ordinary, sensitive], { ...met, voiceNotes: 1_000_000, ...more }, [], words, { voices })

describe('a person who only ever speaks', () => {
  test('hears what is said before the words of it, from the first note on', () => {
    expect(onPhone().speaks().said).toEqual(['(common.voice_received)', 'common.voice_received'])
  })

  test('goes on hearing after a digit, and no more once they have written', () => {
    const who = onPhone()
    who.speaks()
    expect(who.says('0').said).toContain('(it.what)')
    expect(who.says('menu').said).not.toContain('(it.what)')
    expect(who.speaks().said.filter((one) => one.startsWith('('))).toEqual([])
  })

  test('is answered in words on a phone that others use, until they choose otherwise', () => {
    const who = onPhone({ shared: true })
    expect(who.speaks().said.filter((one) => one.startsWith('('))).toEqual([])
    expect(who.says('by voice').said).toContain('(common.by_voice)')
  })
})

describe('a choice', () => {
  test('is kept, put on record once, and holds from the next sentence on', () => {
    const who = onPhone()
    expect(who.says('menu').said).toEqual(['it.what'])
    const chosen = who.says('i cannot read')
    expect(all(chosen, 'answering_chosen')).toEqual([{ type: 'answering_chosen', how: 'voice' }])
    expect(chosen.said).toEqual(['(common.by_voice)', 'common.by_voice', '(it.what)', 'it.what'])
    expect(all(who.says('by voice'), 'answering_chosen')).toEqual([])
    expect(who.says('text only').said).toEqual(['common.text_only', 'it.what'])
    expect(who.speaks().said.filter((one) => one.startsWith('('))).toEqual([])
  })

  test.each([
    ['alone with their phone', false, true],
    ['on a phone that others use', true, false],
  ])('speaks of sensitive matters only %s', (_, shared, spoken) => {
    const who = onPhone({ shared })
    who.says('by voice')
    const said = who.says('he wants to kill me').said
    expect(said).toContain('it.grave')
    expect(said.includes('(it.grave)')).toBe(spoken)
  })

  test('stays with whoever made it when somebody else speaks on the phone', () => {
    const speaker = flow('speaker', '  - { id: a, change_speaker: other }')
    const who = player([ordinary, speaker], { ...met, shared: true, voiceNotes: 1_000_000 }, [], words, {
      voices,
    })
    who.says('by voice')
    who.after(days)
    who.says('menu')
    expect(who.session().answering).toBeUndefined()
  })
})

describe('what comes by itself', () => {
  const nudging = flow(
    'menu',
    '  - { id: a, ask: text, text: it.what, keep: what, silence: { after: 20m, say: it.still_there } }',
  )
  const waiting = (more: Partial<Situation>) => {
    const who = player([nudging], { ...met, voiceNotes: 1_000_000, ...more }, [], words, { voices })
    expect(who.says('by voice').said).toContain('(it.what)')
    who.after(21 * 60_000)
    return who
  }

  test('is spoken as well, as one message with its words: those may have to go as a template', () => {
    const turn = waiting({}).keepsSilent()
    expect(all(turn, 'message_created').map(({ say }) => say)).toMatchObject([
      { text: 'it.still_there', aloud: clip },
    ])
  })

  test('is only written where others may hold the phone', () => {
    const who = player([nudging], { ...met, shared: true, voiceNotes: 1_000_000 }, [], words, { voices })
    who.says('by voice')
    who.after(21 * 60_000)
    expect(who.keepsSilent().said.filter((one) => one.startsWith('('))).toEqual([])
  })

  test('is no occasion to tell that the data are used up', () => {
    const who = waiting({ voiceBudget: 80_000 })
    expect(who.keepsSilent().said).toEqual(['it.still_there'])
    expect(who.says('menu').said[0]).toBe('common.voice_used_up')
  })
})

describe('without a recording', () => {
  test('nothing of it is promised, and the words come alone', () => {
    const mute = { voices: { clip: () => undefined, any: () => false } }
    const who = player([ordinary], { ...met, voiceNotes: 1_000_000 }, [], words, mute)
    expect(who.says('by voice').said[0]).toBe('common.no_voice_yet')
  })

  test.each([
    ['a channel that carries none', undefined],
    ['one that carries only smaller ones', 39_999],
  ])('%s gets words', (_, voiceNotes) => {
    expect(
      onPhone({ voiceNotes })
        .speaks()
        .said.filter((one) => one.startsWith('(')),
    ).toEqual([])
  })
})

test('the data of a month are used up once, said once, and back with the next month', () => {
  const who = onPhone({ voiceBudget: 100_000 })
  const first = who.says('by voice').said
  expect(first).toEqual(['(common.by_voice)', 'common.by_voice', '(it.what)', 'it.what'])
  expect(who.says('0').said).toEqual(['common.voice_used_up', 'it.what'])
  expect(who.says('0').said).toEqual(['it.what'])
  who.after(31 * days)
  expect(who.says('0').said).toContain('(it.what)')
})

describe('a flow that is not ready in a language', () => {
  const published = (_: string, language: string) => language === 'fr'
  test('is said in French, which is told once in theirs; what they agree to is what they read', () => {
    const consent = flow(
      'menu',
      `  - { id: a, ask: text, text: it.what, keep: what }
  - { id: b, record_consent: { item: keep_data, answer: given, text: it.what } }
  - { id: c, say: it.noted }`,
    )
    const who = player([consent], { ...met, language: 'bm' }, [], words, { published })
    const said = all(who.says('menu'), 'message_created').map(({ say }) => [say.text, say.language])
    expect(said).toEqual([
      ['common.in_french', 'bm'],
      ['it.what', 'fr'],
    ])
    const next = who.says('nin ye n ka kuma ye')
    expect(all(next, 'message_created').map(({ say }) => [say.text, say.language])).toEqual([
      ['it.noted', 'fr'],
    ])
    expect(all(next, 'consent_recorded')[0]).toMatchObject({ language: 'fr', wording: 'it.what/fr' })
  })
})
