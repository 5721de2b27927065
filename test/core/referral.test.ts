/** What a partner is told is what was agreed, whatever that was; and nothing leaves without a record of a yes. */
import { describe, expect, test } from 'vitest'
import {
  promptNow,
  type ReferralItem,
  type ReferralState,
  referralItems,
  referralStates,
  type Sharable,
  sharedOf,
} from '../../src/core/referral.ts'
import * as rules from '../../src/core/referral-rules.ts'
import type { Request } from '../../src/core/request.ts'
import { Failure } from '../../src/failure.ts'

const now = new Date('2026-03-02T09:00:00Z')
/** Each item has a word of its own, and so has what is never handed over. */
const of: Sharable = {
  values: {
    ...{
      name: 'qname',
      phone: 'qphone',
      sex: 'qsex',
      birthYear: '1990',
      place: 'qplace',
      language: 'qlanguage',
    },
  },
  area: 'qarea',
  safe: { way: 'call', hours: 'qhours', who: 'qwho', note: 'qnever' },
  need: { reason: 'worries', urgency: 'today', note: 'qneed' },
}
const wordsOf: Readonly<Record<ReferralItem, readonly string[]>> = {
  name: ['qname'],
  phone: ['qphone'],
  sex: ['qsex'],
  age: ['35_49'],
  place: ['qplace', 'qarea'],
  need: ['worries', 'today', 'qneed'],
  language: ['qlanguage'],
  safe_contact: ['call', 'qhours', 'qwho'],
}
const subsets = Array.from({ length: 2 ** referralItems.length }, (_, bits) =>
  referralItems.filter((_item, i) => bits & (1 << i)),
)

test.each([[subsets.length]])('each of the %i choices of items shows its own and no other', () => {
  for (const items of subsets) {
    const told = JSON.stringify(sharedOf(items, of, now))
    for (const item of referralItems) {
      for (const word of wordsOf[item])
        expect([items, word, told.includes(word)]).toEqual([items, word, items.includes(item)])
    }
    for (const never of ['qnever', '1990']) expect(told).not.toContain(never)
  }
})

test('of what nobody knows there is no entry, agreed or not', () => {
  const unknown: Sharable = { values: {}, need: of.need }
  expect(sharedOf(referralItems, unknown, now)).toEqual({ need: of.need })
})

const codeOf = (act: () => unknown) => {
  try {
    act()
    return 'done'
  } catch (error) {
    return error instanceof Failure ? error.code : String(error)
  }
}
const one = (state: ReferralState, more: Partial<rules.Referral> = {}): rules.Referral => ({
  ...{ id: 'f', request: 'r', state, items: ['name'] },
  ...more,
})
const said = { consent: 'c', text: 't', wording: 'w', language: 'fr', medium: 'text' } as const

describe('nothing leaves', () => {
  test.each(referralStates)('without a record of consent, whatever its state says: %s', (state) => {
    expect(codeOf(() => rules.sendReferral(one(state), 'copy'))).toBe('referral:no_consent')
  })

  test.each(referralStates)('with one only while it stands: %s', (state) => {
    const stands = state === 'agreed' || state === 'sent' || state === 'accepted'
    const sent = codeOf(() => rules.sendReferral(one(state, { consent: 'c' }), 'copy'))
    expect(sent === 'done').toBe(stands)
  })
})

describe('whom to ask', () => {
  const it = { id: 'r', state: 'open', person: 'p', visibility: 'open' } as Request
  const whom: rules.Askable = { address: 'a', live: true, minor: false, country: 'ML' }
  const wish: rules.ReferralWish = {
    partner: { id: 'o', services: ['training'], active: true },
    ...{ service: 'training', urgency: 'today', reason: 'training', items: ['name'], ask: true },
  }
  const propose = (
    request: Partial<Request>,
    askable: Partial<rules.Askable>,
    more: Partial<rules.ReferralWish> = {},
  ) =>
    codeOf(() =>
      rules.proposeReferral({ ...it, ...request }, 'f', { ...wish, ...more }, { ...whom, ...askable }),
    )

  test.each([
    ['an open matter of a grown person', {}, {}, 'done'],
    ['a restricted matter', { visibility: 'restricted' }, {}, 'referral:not_by_chat'],
    ['a sealed matter', { visibility: 'sealed' }, {}, 'referral:not_by_chat'],
    ['a child', {}, { minor: true }, 'referral:not_by_chat'],
    ['somebody who cannot be written to', {}, { live: false }, 'referral:not_by_chat'],
    ['nobody', { person: undefined }, {}, 'referral:nobody'],
    ['a closed matter', { state: 'closed' }, {}, 'request:closed'],
  ] as const)('%s', (_name, request, askable, expected) => {
    expect(propose(request, askable)).toBe(expected)
  })

  test('staff may ask of all of these but who is nobody', () => {
    expect(propose({ visibility: 'sealed' }, { minor: true, live: false }, { ask: false })).toBe('done')
  })

  test('nobody goes to a partner who does not do this, or takes nobody any more', () => {
    const partner = { id: 'o', services: ['food'], active: true } as const
    expect(propose({}, {}, { partner })).toBe('referral:not_theirs')
    expect(propose({}, {}, { partner: { ...wish.partner, active: false } })).toBe('referral:not_theirs')
  })
})

describe('taking it back', () => {
  test.each(referralStates)('%s', (state) => {
    const gone = state === 'refused' || state === 'withdrawn'
    const [it] = rules.withdrawReferral(one(state, { sentAt: now }), said)
    expect(it?.type).toBe(gone ? undefined : 'referral_withdrawn')
  })

  test('ends every way on', () => {
    const it = one('withdrawn', { consent: 'c', sentAt: now })
    for (const act of [
      () => rules.sendReferral(it, 'copy'),
      () => rules.acceptReferral(it, 'chat'),
      () => rules.declineReferral(it, 'full', 'chat'),
      () => rules.endReferral(it, 'given'),
      () => rules.hearPerson(it, true, said),
    ]) {
      expect(codeOf(act)).toBe('referral:ended')
    }
    expect(rules.removeReferral(it)).toHaveLength(1)
  })
})

describe('what the partner answered', () => {
  test('is news once, and none after it was taken back', () => {
    const sent = one('sent', { sentAt: now })
    expect(rules.acceptReferral(sent, 'chat')).toEqual([
      { type: 'referral_accepted', referral: 'f', request: 'r' },
    ])
    expect(rules.acceptReferral(sent, 'staff')).toMatchObject([{ byStaff: true }])
    expect(rules.acceptReferral(one('accepted'), 'chat')).toEqual([])
    expect(rules.declineReferral(one('declined'), 'full', 'chat')).toEqual([])
    expect(codeOf(() => rules.acceptReferral(one('declined'), 'chat'))).toBe('referral:ended')
  })

  test.each([
    ['accepted', 13, 'accepted'],
    ['accepted', 14, 'outcome'],
    ['declined', 14, 'declined'],
    ['consent', 14, 'consent'],
  ] as const)('%s, unsaid for %i days: %s is said', (prompt, days, said) => {
    const later = new Date(now.getTime() + days * 86_400_000)
    expect(promptNow(prompt, now, { country: 'ML', now: later })).toBe(said)
  })
})

test('a no may become a yes, and a yes not a no: that is taken back', () => {
  expect(rules.hearPerson(one('refused'), true, said)[0]?.type).toBe('referral_agreed')
  expect(codeOf(() => rules.hearPerson(one('agreed'), false, said))).toBe('referral:ended')
})
