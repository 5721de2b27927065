/** The rail: what each role finds there opens, stands there once, and nothing that opens for them is left without a way. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { railPlaces } from '../../src/console/places.ts'
import { type Role, roles } from '../../src/core/staff.ts'
import { type Browser, browserOf, type Counter, hire, makeCounter } from './counter.ts'

let counter: Counter
const browsers = {} as Record<Role, Browser>

beforeAll(async () => {
  counter = await makeCounter()
  for (const role of roles) browsers[role] = await browserOf(counter, await hire(counter, role, [role]))
})
afterAll(() => counter.close())

/** Addresses that links and forms of this html lead to, without what is asked of them. */
const ledTo = (html: string) =>
  [...html.matchAll(/<(?:a|form) [^>]*(?:href|action)="(\/console[^"?#]*)/g)].map(([, path = '']) => path)

function railOf(html: string): { readonly foot: string; readonly groups: readonly string[] } {
  const foot = /<div class="rail-foot">(.*?)<form method="post" action="\/console\/language"/s.exec(html)?.[1]
  return { foot: foot ?? '', groups: (foot ?? '').split('<section ').slice(1) }
}

/** Pages that have one address for everybody; what only completes a page, and files to take away, are none. */
function pages(): readonly string[] {
  const parts =
    /\/(?:counts|list|part|waiting|hints|alerts|held-back|returned|picture|count|csv|xlsx|ics|template)$/
  return counter.routes
    .filter(({ method, path }) => method === 'GET' && path.startsWith('/console') && !path.includes(':'))
    .map(({ path }) => path)
    .filter((path) => !parts.test(path))
}

describe.each(roles)('the rail of %s', (role) => {
  test('shows no group without a page or without a name, and no page twice', async () => {
    const { foot, groups } = railOf((await browsers[role].get('/console/duty')).body)
    expect(groups.length).toBeGreaterThan(0)
    for (const group of groups) {
      expect(ledTo(group)).not.toEqual([])
      expect(group).toMatch(/^aria-label="[^".]+"><p class="rail-title" aria-hidden="true">[^<.]+</)
    }
    const shown = ledTo(foot)
    expect(shown).toEqual([...new Set(shown)])
  })

  test('leads nowhere that they may not open, and every page shows where one is', async () => {
    const shown = ledTo(railOf((await browsers[role].get('/console/duty')).body).foot)
    for (const path of shown) {
      const { statusCode, body } = await browsers[role].get(path)
      expect([path, statusCode]).toEqual([path, 200])
      const here = [...railOf(body).foot.matchAll(/<a [^>]*aria-current="page"[^>]*>/g)].map(String)
      expect([path, here.length, ledTo(here.join(''))]).toEqual([path, 1, [path]])
      const daily = railPlaces.find(({ href }) => href === path)?.group === 'daily'
      expect([path, /<details class="rail-more"[^>]* open/.test(body)]).toEqual([path, !daily])
    }
  })

  test('or a page that it leads to leads to every page that opens for them', async () => {
    const led = new Set(ledTo((await browsers[role].get('/console/duty')).body))
    for (const path of [...led])
      for (const next of ledTo((await browsers[role].get(path)).body)) led.add(next)
    const lost: string[] = []
    for (const path of pages()) {
      if (led.has(path)) continue
      if ((await browsers[role].get(path)).statusCode === 200) lost.push(path)
    }
    expect(lost).toEqual([])
  })
})
