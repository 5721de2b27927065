/** Notes that name a colleague: heard by whoever may see the request, and by nobody else. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserOf, type Counter, hire, makeCounter, type Opened, say } from './counter.ts'

let counter: Counter
let mariam: { id: string }
let moussa: { id: string }
let nana: { id: string }
let open: Opened
let sealed: Opened
beforeAll(async () => {
  counter = await makeCounter()
  mariam = await hire(counter, 'Mariam Koumaré', ['assistant'])
  moussa = await hire(counter, 'Moussa Samaké', ['assistant'])
  nana = await hire(counter, 'Nana Kassogué', ['protection'])
  open = await say(counter, { from: 'awa', text: 'bonjour' })
  sealed = await say(counter, { from: 'eve', kind: 'protection.gbv', text: 'aide', holders: [nana.id] })
})
afterAll(() => counter.close())

const unread = async (staff: { id: string }) => {
  const { body } = await (await browserOf(counter, staff)).get('/console/counts')
  return /Pour moi<\/span><span class="count[^"]*">(\d+)/.exec(body)?.[1]
}
const write = async (staff: { id: string }, request: Opened, note: string) => {
  const answer = await (await browserOf(counter, staff)).send(request.path, `${request.path}/note`, { note })
  expect(answer.statusCode).toBe(303)
}

test('a colleague who is named has a line and a count until they open the request', async () => {
  await write(mariam, open, 'Voyez ceci, @moussa samake, avec <elle>')
  expect([await unread(moussa), await unread(mariam), await unread(nana)]).toEqual(['1', '0', '0'])
  const browser = await browserOf(counter, moussa)
  const page = (await browser.get('/console/for-me')).body
  expect(page).toContain('Mariam Koumaré vous a cité')
  expect(page).toContain('avec &lt;elle>')
  await browser.get(open.path)
  expect(await unread(moussa)).toBe('0')
  expect((await browser.get('/console/for-me')).body).toContain('avec &lt;elle>')
})

test('whoever may not see the request is neither offered nor told', async () => {
  const offered = async (staff: { id: string }, request: Opened) => {
    const { body } = await (await browserOf(counter, staff)).get(`${request.path}/colleagues`)
    return [...body.matchAll(/data-name="([^"]+)"/g)].map(([, name]) => name)
  }
  expect(await offered(mariam, open)).toEqual(['Moussa Samaké'])
  expect(await offered(nana, sealed)).toEqual([])
  await write(nana, sealed, 'Pour @Moussa Samaké et @Mariam Koumaré')
  expect([await unread(moussa), await unread(mariam)]).toEqual(['0', '0'])
  expect(await counter.database.prisma.mention.count({ where: { requestId: sealed.id } })).toBe(0)
})

test('a request that goes where they do not see it takes its mention with it', async () => {
  await write(moussa, open, 'Et vous @Mariam Koumaré ?')
  expect(await unread(mariam)).toBe('1')
  await counter.database.prisma.request.update({
    where: { id: open.id },
    data: { visibility: 'sealed', queue: 'protection' },
  })
  expect(await unread(mariam)).toBe('0')
  expect((await (await browserOf(counter, mariam)).get('/console/for-me')).body).not.toContain('Et vous')
})
