/** Lists at the counter, by forms as a browser without scripts sends them: filters, kept views, several at once. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import {
  actOn,
  type Browser,
  browserOf,
  type Counter,
  hiddenFields,
  hire,
  makeCounter,
  type Opened,
  say,
} from './counter.ts'

let counter: Counter
let mariam: { id: string }
let moussa: { id: string }
let browser: Browser
beforeEach(async () => {
  counter = await makeCounter()
  onTestFinished(() => counter.close())
  mariam = await hire(counter, 'Mariam', ['case_worker', 'supervisor'])
  moussa = await hire(counter, 'Moussa', ['case_worker'])
  browser = await browserOf(counter, mariam)
})

const row = ({ id }: Opened) => counter.database.prisma.request.findUniqueOrThrow({ where: { id } })
const shown = async (query: string) => {
  const { body } = await browser.get(`/console/requests${query}`)
  return [...body.matchAll(/name="request" value="([^"]+)"/g)].map(([, id]) => id)
}
/** Sends the form of several with these boxes ticked, as a browser does. */
async function bulk(requests: readonly Opened[], fields: Record<string, string>, page = '?view=queues') {
  const { body } = await browser.get(`/console/requests${page}`)
  const hidden = hiddenFields(body, '/console/requests/bulk')
  const all = [...Object.entries({ ...hidden, ...fields }), ...requests.map(({ id }) => ['request', id])]
  const payload = new URLSearchParams(all as [string, string][]).toString()
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' }
  return counter.app.inject({ method: 'POST', url: `/console/requests/bulk${page}`, payload, headers })
}

describe('filters', () => {
  test('narrow together, in whatever order the form sends them, and stand as links that take them away', async () => {
    const need = await say(counter, {
      from: 'a',
      kind: 'request.need',
      plain: { category: 'health', region: 'mopti' },
    })
    const other = await say(counter, { from: 'b', kind: 'request.need', plain: { category: 'work' } })
    const french = await say(counter, { from: 'c', kind: 'request.info', language: 'fr' })
    expect(await shown('?view=queues')).toEqual([need.id, other.id, french.id])
    expect(await shown('?view=queues&kind=request.need')).toEqual([need.id, other.id])
    expect(await shown('?view=queues&kind=request.need&category=health')).toEqual([need.id])
    expect(await shown('?view=queues&category=health&category=work')).toEqual([need.id, other.id])
    expect(await shown('?view=queues&language=fr')).toEqual([french.id])
    expect(await shown('?view=queues&region=mopti')).toEqual([need.id])
    expect(await shown('?view=queues&queue=information')).toEqual([french.id])
    expect(await shown('?view=queues&channel=web_chat')).toEqual([])
    expect(await shown('?view=queues&age=over_3')).toEqual([])
    expect(await shown('?view=queues&age=today&priority=3')).toHaveLength(3)
    const { body } = await browser.get('/console/requests?view=queues&kind=request.need&category=health')
    expect(body).toContain('href="/console/requests?view=queues&amp;category=health"')
    const list = await browser.get('/console/list?view=queues&kind=request.need&category=health')
    expect([...list.body.matchAll(/id="row-/g)]).toHaveLength(1)
  })

  test('sent with empty fields lead to the plain address', async () => {
    const answer = await browser.get('/console/requests?view=queues&kind=&category=health&order=due')
    expect([answer.statusCode, answer.headers.location]).toEqual([
      303,
      '/console/requests?view=queues&category=health',
    ])
  })

  test('the newest come first when asked, page by page', async () => {
    const made: Opened[] = []
    for (let n = 0; n < 33; n++) made.push(await say(counter, { from: `p${n}`, dueIn: 100 + n }))
    const newest = made.map(({ id }) => id).reverse()
    const first = await browser.get('/console/requests?view=queues&order=newest')
    const next = /href="(\/console\/requests\?view=queues&amp;order=newest&amp;after=[^"]+)"/.exec(
      first.body,
    )?.[1]
    const second = await shown((next ?? '').replaceAll('&amp;', '&').replace('/console/requests', ''))
    expect([...(await shown('?view=queues&order=newest')), ...second]).toEqual(newest)
  })
})

describe('views', () => {
  test('what is put aside is in its own view and not late; what was answered waits for the person', async () => {
    const [late, aside, answered] = [
      await say(counter, { from: 'a', dueIn: -60 }),
      await say(counter, {
        ...{ from: 'b', dueIn: -60 },
        plain: {
          snoozed_until: new Date(counter.clock.now().getTime() + 300_000),
          snoozed_at: counter.clock.now(),
        },
      }),
      await say(counter, { from: 'c', plain: { state: 'answered' } }),
    ]
    expect(await shown('?view=overdue')).toEqual([late.id])
    expect(await shown('?view=snoozed')).toEqual([aside.id])
    expect(await shown('?view=waiting')).toEqual([answered.id])
    expect(await shown('?view=queues')).toEqual([late.id, answered.id])
    const counts = (await browser.get('/console/counts')).body
    const of = (view: string) => /count[^"]*">(\d+)/.exec(counts.split(`view=${view}"`)[1] ?? '')?.[1]
    expect(['queues', 'waiting', 'overdue', 'snoozed'].map(of)).toEqual(['2', '1', '1', '1'])
    counter.clock.ahead(360_000)
    expect(await shown('?view=overdue')).toEqual([late.id, aside.id])
    expect(await shown('?view=snoozed')).toEqual([])
  })

  const keep = async (who: Browser, query: string, name: string) => {
    const fields = hiddenFields((await who.get(`/console/requests${query}`)).body, '/console/views')
    return who.post(`/console/views${query}`, { ...fields, name })
  }
  const kept = (staff: { id: string }) =>
    counter.database.prisma.savedView.findMany({ where: { staffId: staff.id }, select: { query: true } })

  test('are kept under a name with a count, replaced under the same name, and forgotten', async () => {
    await say(counter, { from: 'a', kind: 'request.need', plain: { category: 'health' } })
    const query = '?view=queues&category=health'
    const answer = await keep(browser, query, '<b>Santé</b>')
    expect(answer.headers.location).toBe(`/console/requests${query}`)
    const { body } = await browser.get('/console/requests?view=mine')
    expect(body).toContain('&lt;b>Santé&lt;/b>')
    expect(body).toMatch(/view=queues&amp;category=health"[\s\S]*?<span class="count">1</)
    await keep(browser, '?view=mine', '<b>Santé</b>')
    expect(await kept(mariam)).toEqual([{ query: 'view=mine' }])
    const other = await browserOf(counter, moussa)
    expect((await other.get('/console/requests')).body).not.toContain('Santé')
    const shownAgain = (await browser.get('/console/requests?view=mine')).body
    await browser.post('/console/views/remove?view=mine', hiddenFields(shownAgain, '/console/views/remove'))
    expect(await kept(mariam)).toEqual([])
  })

  test('of a colleague are not theirs to forget, and a forged look is an ordinary one', async () => {
    await keep(browser, '?view=mine', 'une')
    const { id: view } = await counter.database.prisma.savedView.findFirstOrThrow()
    const other = await browserOf(counter, moussa)
    const fields = hiddenFields((await other.get('/console/requests?view=mine')).body, '/console/views')
    await other.post('/console/views/remove?view=mine', { ...fields, view })
    expect(await kept(mariam)).toHaveLength(1)
    await other.post('/console/views?view=%3Cx%3E&kind=y', { ...fields, name: 'x' })
    expect(await kept(moussa)).toEqual([{ query: 'view=queues' }])
  })

  test('a thirteenth and an empty name are refused kindly', async () => {
    const fields = hiddenFields((await browser.get('/console/requests?view=closed')).body, '/console/views')
    for (let n = 0; n < 12; n++)
      await browser.post('/console/views?view=mine', { ...fields, name: `vue ${n}` })
    const more = await browser.post('/console/views?view=closed', { ...fields, name: 'treize' })
    expect([more.statusCode, (await kept(mariam)).length]).toEqual([409, 12])
    expect(more.body).toContain('douze vues')
    const empty = await browser.post('/console/views?view=closed', { ...fields, name: '  ' })
    expect(empty.statusCode).toBe(422)
    expect(empty.body).toContain('role="alert"')
  })
})

describe('several at once', () => {
  test('are taken, told with what could not be done, and undone by one press', async () => {
    const free = await say(counter, { from: 'a' })
    const taken = await say(counter, { from: 'b', plain: { owner_id: moussa.id } })
    const done = await bulk([free, taken], { act: 'take' })
    expect(done.statusCode).toBe(303)
    const place = String(done.headers.location)
    const { body } = await browser.get(place)
    expect(body).toContain('Fait pour 1 demande')
    expect(body).toContain('Un collègue a déjà pris cette demande')
    expect((await row(free)).ownerId).toBe(mariam.id)
    const undone = await browser.send(place, '/console/requests/bulk/undo', {})
    expect(undone.statusCode).toBe(303)
    const after = await browser.get(String(undone.headers.location))
    expect(after.body).toContain('1 demande est comme avant')
    expect(after.body).not.toContain('/console/requests/bulk/undo')
    expect((await row(free)).ownerId).toBeNull()
    // The result is nobody else's to see or undo.
    const other = await browserOf(counter, moussa)
    expect((await other.get(place)).body).not.toContain('Fait pour')
  })

  const wrong: readonly [string, Record<string, string>][] = [
    ['without an act', {}],
    ['with an act that there is not', { act: 'erase' }],
    ['to nobody', { act: 'assign' }],
    ['to a queue that there is not', { act: 'hand_over', queue: 'x', note_hand_over: 'x' }],
    ['without a reason', { act: 'hand_over', queue: 'needs' }],
    ['until no time', { act: 'snooze', until: 'date', at: 'demain' }],
    ['without an outcome', { act: 'close', outcome: '' }],
    ['with a priority of six', { act: 'priority', priority: '6' }],
    [
      'with a note of a hundred thousand signs',
      { act: 'close', outcome: 'answered', note_close: 'x'.repeat(100_000) },
    ],
  ]
  test('are left alone when the form is not whole', async () => {
    const free = await say(counter, { from: 'a' })
    const { version } = await row(free)
    for (const [what, fields] of wrong) {
      const answer = await bulk([free], fields)
      expect([what, answer.statusCode]).toEqual([what, 422])
      expect(answer.body).toContain('role="alert"')
    }
    expect((await row(free)).version).toBe(version)
  })

  test('need at least one that is chosen, and ids that are some', async () => {
    await say(counter, { from: 'a' })
    expect((await bulk([], { act: 'take' })).statusCode).toBe(422)
    const forged = { id: '../../x', reference: '', path: '', address: '' }
    expect((await bulk([forged], { act: 'take' })).statusCode).toBe(422)
  })

  test('are put aside, given and handed over', async () => {
    const [one, two] = [await say(counter, { from: 'a' }), await say(counter, { from: 'b' })]
    await bulk([one, two], { act: 'snooze', until: 'week' })
    expect((await row(one)).snoozedUntil?.getTime()).toBeGreaterThan(
      counter.clock.now().getTime() + 5 * 86_400_000,
    )
    await bulk([two], { act: 'assign', owner: moussa.id, note_assign: 'il connaît' }, '?view=snoozed')
    expect((await row(two)).ownerId).toBe(moussa.id)
    await bulk([one], { act: 'hand_over', queue: 'needs', note_hand_over: 'un besoin' }, '?view=snoozed')
    expect(await row(one)).toMatchObject({ queue: 'needs', snoozedUntil: null })
  })
})

describe('one request', () => {
  const act = (request: Opened, name: string, fields: Record<string, string> = {}) =>
    actOn(browser, request, name, fields)

  test('is put aside and taken back, joined and parted, given by a supervisor', async () => {
    const office = await counter.database.prisma.office.create({
      data: { id: counter.clock.id(), key: 'mopti', name: 'Mopti', regions: ['mopti'] },
    })
    await counter.database.prisma.staff.updateMany({ data: { officeId: office.id } })
    const plain = { office_id: office.id }
    const [one, two] = [await say(counter, { from: 'a', plain }), await say(counter, { from: 'a', plain })]
    const { keyId } = await row(one)
    const person = await counter.database.prisma.person.create({
      data: { id: counter.clock.id(), keyId: keyId ?? '', createdAt: counter.clock.now() },
    })
    await counter.database.prisma.request.updateMany({ data: { personId: person.id } })
    await act(one, 'snooze', { until: 'tomorrow' })
    expect((await browser.get(one.path)).body).toContain('Mise de côté par Mariam')
    await act(one, 'wake')
    expect((await row(one)).snoozedUntil).toBeNull()
    await act(one, 'assign', { owner: moussa.id })
    expect((await row(one)).ownerId).toBe(moussa.id)
    await act(two, 'merge', { other: one.id })
    expect(await row(two)).toMatchObject({ state: 'closed', mergedIntoId: one.id })
    const merged = await browser.get(two.path)
    expect(merged.body).toContain('Cette demande continue dans')
    expect(merged.body).not.toContain(`${two.path}/reopen`)
    await browser.send(one.path, `${two.path}/part`, {})
    expect(await row(two)).toMatchObject({ state: 'open', mergedIntoId: null })
    expect(counter.errors).toEqual([])
  })

  test('is not put aside for a time that is none, nor in the past', async () => {
    const one = await say(counter, { from: 'a' })
    for (const at of ['', '2026-13-45T99:99', '2001-01-01T08:00', 'x'.repeat(100_000)]) {
      expect((await act(one, 'snooze', { until: 'date', at })).statusCode).toBe(422)
    }
    expect((await row(one)).snoozedUntil).toBeNull()
  })
})
