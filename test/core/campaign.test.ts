/** The way of a campaign, who may agree to it, what it lacks, and when it may write. */
import { describe, expect, test } from 'vitest'
import { readRules } from '../../src/core/audience.ts'
import {
  approve,
  type Campaign,
  type CampaignDone,
  type CampaignState,
  cancel,
  edit,
  faultsOf,
  filled,
  finish,
  giveBack,
  passedLimit,
  pause,
  resume,
  retry,
  start,
  submit,
  usualLimits,
  withdraw,
} from '../../src/core/campaign.ts'
import { mayWrite, nextRound, nextTimeFor, throughAt } from '../../src/core/campaign-hours.ts'

const it = (more: Partial<Campaign> = {}): Campaign => ({
  ...{ id: 'c', name: 'Kits de saison', state: 'draft', guarded: false, sensitive: false },
  ...{ texts: { fr: { text: 'Bonjour {name}' } }, repeat: 'once', limits: usualLimits },
  ...more,
})
const wrote: CampaignDone[] = [
  { act: 'created', staff: 'awa' },
  { act: 'edited', staff: 'issa' },
  { act: 'submitted', staff: 'awa' },
]

describe('the way', () => {
  const acts = { edit, submit, giveBack, withdraw, start, resume, retry, finish, cancel }
  const ways: Record<keyof typeof acts, readonly CampaignState[]> = {
    edit: ['draft', 'review', 'scheduled'],
    submit: ['draft'],
    giveBack: ['review'],
    withdraw: ['review', 'scheduled'],
    start: ['scheduled'],
    resume: ['paused'],
    retry: ['paused', 'finished'],
    finish: ['sending'],
    cancel: ['draft', 'review', 'scheduled', 'sending', 'paused'],
  }
  const states = ['draft', 'review', 'scheduled', 'sending', 'paused', 'finished', 'cancelled'] as const
  for (const [name, act] of Object.entries(acts)) {
    test(`${name} is possible where it belongs and nowhere else`, () => {
      const possible = states.filter((state) => {
        try {
          act(it({ state }))
          return true
        } catch {
          return false
        }
      })
      expect(possible).toEqual(ways[name as keyof typeof acts])
    })
  }

  test('a change after the review begins it anew', () => {
    expect(edit(it({ state: 'scheduled' }))).toEqual({ act: 'edited', state: 'draft' })
    const again = [...wrote, { act: 'approved', staff: 'fanta' } as const, ...wrote]
    expect(approve(it({ state: 'review' }), again, 'fanta')).toEqual({ act: 'approved', state: 'scheduled' })
  })

  test('nobody who wrote at it agrees to it', () => {
    for (const staff of ['awa', 'issa'])
      expect(() => approve(it({ state: 'review' }), wrote, staff)).toThrow('campaign:own')
    expect(approve(it({ state: 'review' }), wrote, 'fanta').state).toBe('scheduled')
  })

  test('what is about protection needs two', () => {
    const guarded = it({ state: 'review', guarded: true })
    expect(approve(guarded, wrote, 'fanta').state).toBe('review')
    const once: CampaignDone[] = [...wrote, { act: 'approved', staff: 'fanta' }]
    expect(() => approve(guarded, once, 'fanta')).toThrow('campaign:agreed_already')
    expect(approve(guarded, once, 'oumar').state).toBe('scheduled')
  })

  test('who stopped it stays on record', () => {
    expect(pause(it({ state: 'sending' }), 'staff').act).toBe('paused')
    expect(pause(it({ state: 'sending' }), 'house').act).toBe('halted')
  })
})

describe('what it says', () => {
  test('lacks are told by code', () => {
    const none = { value: 'x', texts: {} }
    expect(faultsOf(it({ texts: {} }))).toEqual(['no_text'])
    expect(faultsOf(it({ texts: { fr: { text: 'x'.repeat(901) } } }))).toEqual(['too_long'])
    expect(faultsOf(it({ texts: { bm: { text: 'I ni ce {phone}' } } }))).toEqual(['unknown_field'])
    expect(faultsOf(it({ question: { choices: [none] } }))).toEqual(['choices', 'choice_untold'])
    expect(faultsOf(it({ question: { choices: [none, none] } }))).toContain('same_choice')
    expect(() => submit(it({ texts: {} }))).toThrow('campaign:empty')
  })

  test('a name that is not known leaves no gap', () => {
    expect(filled('Bonjour {name}, venez à {office}.', { office: 'Kayes' })).toBe('Bonjour, venez à Kayes.')
    expect(filled('Bonjour {name} !', { name: 'Awa' })).toBe('Bonjour Awa !')
  })
})

test('it stops by itself when too many are lost, never for one or two', () => {
  const so = { written: 100, failed: 0, blocked: 0, stopped: 0 }
  expect(passedLimit(usualLimits, { ...so, written: 4, failed: 2 })).toBeUndefined()
  expect(passedLimit(usualLimits, { ...so, failed: 10 })).toBeUndefined()
  expect(passedLimit(usualLimits, { ...so, failed: 11 })).toBe('failed')
  expect(passedLimit(usualLimits, { ...so, blocked: 4, failed: 40 })).toBe('blocked')
  expect(passedLimit(usualLimits, { ...so, stopped: 6 })).toBe('stopped')
})

describe('when', () => {
  const none = new Set<string>()
  const at = (text: string) => new Date(text)

  test('nobody is written to at night where they are, or on a feast of the place', () => {
    expect(mayWrite('ML', at('2026-03-02T10:00:00Z'), none)).toBe(true)
    expect(mayWrite('ML', at('2026-03-02T20:00:00Z'), none)).toBe(false)
    expect(mayWrite('ML', at('2026-03-02T10:00:00Z'), new Set(['2026-03-02']))).toBe(false)
    // Evening in France while it is still day in Mali.
    expect(mayWrite('FR', at('2026-03-02T19:30:00Z'), none)).toBe(false)
    expect(nextTimeFor('ML', at('2026-03-02T21:20:00Z'), new Set(['2026-03-03']))).toEqual(
      at('2026-03-04T07:00:00Z'),
    )
  })

  test('the end is reckoned through nights and feasts', () => {
    expect(throughAt({ days: 0, seconds: 3600 }, at('2026-03-02T10:00:00Z'), none)).toEqual(
      at('2026-03-02T11:00:00Z'),
    )
    expect(throughAt({ days: 0, seconds: 2 * 3600 }, at('2026-03-02T19:00:00Z'), none)).toEqual(
      at('2026-03-03T08:00:00Z'),
    )
    expect(
      throughAt({ days: 0, seconds: 2 * 3600 }, at('2026-03-02T19:00:00Z'), new Set(['2026-03-03'])),
    ).toEqual(at('2026-03-04T08:00:00Z'))
    // Monday and Tuesday are full, and Wednesday is a feast.
    const full = { days: 2, seconds: 3600 }
    expect(throughAt(full, at('2026-03-02T10:00:00Z'), new Set(['2026-03-04']))).toEqual(
      at('2026-03-05T08:00:00Z'),
    )
    expect(throughAt({ days: 0, seconds: 1e9 }, at('2026-03-02T10:00:00Z'), none)).toBeUndefined()
  })

  test('rounds keep their hour, and those that were missed are not made up for', () => {
    expect(nextRound('weekly', at('2026-03-02T10:00:00Z'), at('2026-03-02T10:00:01Z'))).toEqual(
      at('2026-03-09T10:00:00Z'),
    )
    expect(nextRound('monthly', at('2026-01-31T10:00:00Z'), at('2026-02-28T11:00:00Z'))).toEqual(
      at('2026-03-31T10:00:00Z'),
    )
  })
})

describe('rules from outside', () => {
  test('are read, and what is no rule falls away', () => {
    expect(
      readRules({ regions: ['ml-kayes', 'ml-kayes'], former: 'on', silentFor: '30', other: 'x' }),
    ).toEqual({
      regions: ['ml-kayes'],
      former: true,
      silentFor: 30,
    })
    expect(readRules({ needs: '', languages: [] })).toEqual({})
  })

  test('one that cannot be read never widens the audience', () => {
    for (const bad of [
      { languages: ['de'] },
      { regions: ["'; drop table person"] },
      { silentFor: '-3' },
      { returnedFrom: 'yesterday' },
      { list: 'all' },
      { stages: Array.from({ length: 201 }, (_, i) => `s${i}`) },
      { needs: [{}] },
    ])
      expect(readRules(bad)).toBeUndefined()
  })
})
