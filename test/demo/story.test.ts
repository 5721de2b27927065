/** The story of the demo office, without a database: everybody and everything is in it, and nothing contradicts itself. */

import { isValidPhoneNumber } from 'libphonenumber-js/max'
import { beforeAll, describe, expect, test } from 'vitest'
import { dutyLines } from '../../src/core/duty.ts'
import { languages } from '../../src/core/language.ts'
import { needCategories, needResults } from '../../src/core/need.ts'
import { requestKinds, requestStates } from '../../src/core/request.ts'
import { roles } from '../../src/core/staff.ts'
import { storyDays } from '../../src/demo/rhythm.ts'
import type { Story } from '../../src/demo/story.ts'
import { readPlaces } from '../../src/flow/answer/files.ts'
import { countBy, now, rowsOf, shelf, tell } from './story-kit.ts'

let story: Story

beforeAll(() => {
  story = tell()
})

describe('the office is full of life', () => {
  test('more than four hundred people wrote, from every region, in three languages', () => {
    const people = rowsOf(story, 'person')
    expect(people.length).toBeGreaterThanOrEqual(400)
    const regions = countBy(people, 'region')
    for (const { id } of readPlaces(shelf.places).regions) expect(regions[id], id).toBeGreaterThan(0)
    const spoken = countBy(people, 'language')
    expect(Object.keys(spoken).sort()).toEqual([...languages].sort())
    expect(spoken['bm']).toBeGreaterThan(spoken['fr'] ?? 0)
  })

  test('there are staff of every role, and somebody on duty on every line at any moment', () => {
    expect(new Set(story.cast.staff.flatMap((one) => one.roles))).toEqual(new Set(roles))
    expect(story.cast.staff.every(({ email }) => email.endsWith('@demo.invalid'))).toBe(true)
    for (const line of dutyLines) {
      for (let day = -180; day <= 21; day++) {
        const at = new Date(now.getTime() + day * 86_400_000)
        const on = story.cast.duties.filter(
          (one) => one.line === line && one.rank === 0 && one.from <= at && at < one.until,
        )
        expect(on, `${line} ${day}`).toHaveLength(1)
      }
    }
  })

  test('every kind, state, category and result of requests is there', () => {
    const requests = rowsOf(story, 'request')
    expect(Object.keys(countBy(requests, 'kind')).sort()).toEqual(Object.keys(requestKinds).sort())
    expect(Object.keys(countBy(requests, 'state')).sort()).toEqual([...requestStates].sort())
    const needs = rowsOf(story, 'need')
    expect(Object.keys(countBy(needs, 'category')).sort()).toEqual([...needCategories].sort())
    for (const result of needResults) expect(countBy(needs, 'result')[result], result).toBeGreaterThan(0)
    expect(requests.length).toBeGreaterThanOrEqual(800)
  })

  test('at this moment some work is late, some is due, some has an owner and some has none', () => {
    const open = rowsOf(story, 'request').filter(({ plain }) => plain['state'] === 'open')
    const late = open.filter(({ plain }) => (plain['due_at'] as Date) < now)
    expect(late.length).toBeGreaterThanOrEqual(3)
    expect(open.length - late.length).toBeGreaterThanOrEqual(10)
    const owned = open.filter(({ plain }) => plain['owner_id'])
    expect(owned.length).toBeGreaterThan(3)
    expect(open.length - owned.length).toBeGreaterThan(3)
  })

  test('the half year is told from its first week to the last hour, and never beyond now', () => {
    const moments = [...story.ledger.messages.values()].map(({ at }) => at.getTime())
    expect(Math.max(...moments)).toBeLessThanOrEqual(now.getTime())
    expect(Math.max(...moments)).toBeGreaterThan(now.getTime() - 3 * 3_600_000)
    expect(Math.min(...moments)).toBeLessThan(now.getTime() - (storyDays - 10) * 86_400_000)
    const weeks = new Set(moments.map((at) => Math.floor((now.getTime() - at) / (7 * 86_400_000))))
    expect(weeks.size).toBeGreaterThanOrEqual(25)
  })

  test('six people tell the same rumour within one week', () => {
    const week = rowsOf(story, 'feedback').filter(
      ({ plain, secret }) =>
        plain['kind'] === 'rumour' &&
        (plain['at'] as Date).getTime() > now.getTime() - 7 * 86_400_000 &&
        /2 ?000/.test(secret['text_enc']?.text ?? ''),
    )
    expect(week).toHaveLength(6)
    expect(new Set(week.map(({ plain }) => plain['address_id'])).size).toBe(6)
    expect(Object.keys(countBy(rowsOf(story, 'feedback'), 'kind'))).toEqual(
      expect.arrayContaining(['praise', 'suggestion', 'rumour']),
    )
  })

  test('phones are shared, messages stopped, addresses blocked, files sent and messages corrected', () => {
    const addresses = rowsOf(story, 'address')
    const speakers = countBy(rowsOf(story, 'person_address'), 'address_id')
    expect(Object.values(speakers).filter((count) => count > 1).length).toBeGreaterThan(5)
    expect(countBy(addresses, 'stopped')).toMatchObject({
      campaigns: expect.any(Number),
      all: expect.any(Number),
    })
    expect(countBy(addresses, 'state')['blocked']).toBeGreaterThan(0)
    const files = [...story.ledger.messages.values()].flatMap(
      ({ said }) => ('in' in said && said.media) || [],
    )
    expect(files.filter(({ kind }) => kind === 'voice').length).toBeGreaterThan(50)
    expect(files.filter(({ kind }) => kind === 'photo').length).toBeGreaterThan(10)
    expect([...story.ledger.messages.values()].some(({ said }) => 'in' in said && said.edit > 0)).toBe(true)
    for (const { kind, bytes } of files) {
      expect(bytes.subarray(0, 4).toString('latin1')).toBe(kind === 'voice' ? 'RIFF' : '\x89PNG')
    }
  })
})

describe('nobody real is in it', () => {
  test('no number in the story is one that somebody could have', () => {
    for (const { phone } of story.people) {
      expect(phone).toMatch(/^\+2233\d{7}$/)
      expect(isValidPhoneNumber(phone)).toBe(false)
      expect(isValidPhoneNumber(phone.slice(4), 'ML')).toBe(false)
    }
    const secrets = [...story.ledger.tables.values()].flatMap((table) =>
      [...table.values()].flatMap(({ secret }) => Object.values(secret).map(({ text }) => text)),
    )
    const said = [...story.ledger.messages.values()].map(({ said }) =>
      JSON.stringify('in' in said ? said.in : said.out),
    )
    const numbers = [...secrets, ...said].flatMap((text) => text.match(/\+?\d[\d .]{6,}\d/g) ?? [])
    const possible = numbers.map((text) => text.replace(/[ .]/g, '')).filter((text) => text.length >= 8)
    expect(possible.filter((text) => text.startsWith('+') && isValidPhoneNumber(text))).toEqual([])
    expect(
      possible.filter((text) => /^(00)?223/.test(text) && isValidPhoneNumber(`+${text.replace(/^00/, '')}`)),
    ).toEqual([])
  })

  test('no phone, chat or e-mail address leads anywhere', () => {
    for (const { address } of story.people) {
      if (address.channel !== 'whatsapp_web') expect(address.external).toMatch(/^demo-/)
    }
  })
})

describe('what must not be seen is not seen', () => {
  test('every sealed request has holders, and whoever touched it is one of them', () => {
    const holders = story.ledger.tables.get('request_holder')
    const sealed = rowsOf(story, 'request').filter(({ plain }) => plain['visibility'] === 'sealed')
    expect(sealed.length).toBeGreaterThan(20)
    for (const { plain } of sealed) {
      const id = String(plain['id'])
      const held = [...(holders?.values() ?? [])].filter((row) => row.plain['request_id'] === id)
      expect(held.length).toBeGreaterThan(0)
      if (plain['owner_id']) expect(holders?.has(`${id}/${String(plain['owner_id'])}`)).toBe(true)
    }
  })

  test('messages and events of a sealed request are sealed with it', () => {
    const sealed = new Set(
      rowsOf(story, 'request')
        .filter(({ plain }) => plain['visibility'] === 'sealed')
        .map(({ plain }) => plain['id']),
    )
    const open = [...story.ledger.messages.values(), ...story.ledger.events.values()].filter(
      ({ request, visibility }) => request !== undefined && sealed.has(request) && visibility !== 'sealed',
    )
    expect(open).toEqual([])
  })

  test('whoever refused to be kept has no person, and refused less than three days ago', () => {
    const refused = rowsOf(story, 'consent').filter(
      ({ plain }) => plain['item'] === 'keep_data' && plain['answer'] === 'refused',
    )
    expect(refused.length).toBeGreaterThan(0)
    for (const { plain } of refused) {
      expect(plain['person_id']).toBeNull()
      expect((plain['at'] as Date).getTime()).toBeGreaterThan(now.getTime() - 72 * 3_600_000)
    }
  })

  test('of minors no name is asked or kept', () => {
    const minors = story.people.filter(({ minor }) => minor)
    const addresses = new Set(minors.map(({ address }) => address.id))
    const links = rowsOf(story, 'person_address').filter(({ plain }) =>
      addresses.has(String(plain['address_id'])),
    )
    for (const { plain } of links) {
      expect(story.ledger.get('person', String(plain['person_id'])).secret['name_enc']).toBeUndefined()
    }
    const kinds = rowsOf(story, 'request').filter(({ plain }) => plain['kind'] === 'protection.child')
    expect(kinds.length).toBeGreaterThanOrEqual(minors.length)
  })
})

describe('the same seed and the same now', () => {
  test('tell the same story, word for word', () => {
    const whole = ({ ledger: { tables, messages, events, sessions } }: Story) =>
      JSON.stringify(
        [
          [...tables].map(([name, rows]) => [name, ...rows]),
          ...[messages, events, sessions].map((one) => [...one]),
        ],
        short,
      )
    const [one, other] = [whole(tell()), whole(story)]
    expect(one.length).toBeGreaterThan(1_000_000)
    expect(one === other).toBe(true)
  })

  test('another seed tells another one, and a Sunday night has its office too', () => {
    const other = tell({ now: new Date('2026-08-02T23:30:00Z'), seed: 'another' })
    expect(rowsOf(other, 'person').length).toBeGreaterThanOrEqual(400)
    expect(Object.keys(countBy(rowsOf(other, 'request'), 'state')).sort()).toEqual([...requestStates].sort())
    expect([...other.ledger.messages.keys()]).not.toEqual([...story.ledger.messages.keys()])
  })
})

/** A file by its length and its middle: the bytes themselves would be a hundred megabytes of JSON. */
function short(this: Record<string, unknown>, name: string, value: unknown): unknown {
  const raw = this[name]
  return raw instanceof Uint8Array && raw.length > 64 ? [raw.length, ...raw.subarray(1000, 1040)] : value
}
