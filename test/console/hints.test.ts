/** The line on which open pages hear that something changed. */
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { browserOf, type Counter, hire, makeCounter, type Opened, say } from './counter.ts'

let counter: Counter
let root: string
let mariam: { id: string }
let holder: { id: string }
let open: Opened
let sealed: Opened
beforeAll(async () => {
  counter = await makeCounter()
  await counter.hints.start()
  await counter.app.listen({ port: 0, host: '127.0.0.1' })
  root = `http://127.0.0.1:${(counter.app.server.address() as AddressInfo).port}`
  mariam = await hire(counter, 'Mariam', ['assistant'])
  holder = await hire(counter, 'Nana', ['protection'])
  open = await say(counter, { from: 'awa', kind: 'request.info', text: 'bonjour' })
  sealed = await say(counter, { from: 'eve', kind: 'protection.gbv', text: 'aide', holders: [holder.id] })
})
afterAll(() => counter.close())

/** The names that a member of staff hears on a line of their own; `until` waits for one of them. */
async function listen(staff: { id: string }, headers: Record<string, string> = {}) {
  const browser = await browserOf(counter, staff)
  const stop = new AbortController()
  onTestFinished(() => stop.abort())
  const answer = await fetch(`${root}/console/hints`, {
    headers: { cookie: `baro=${browser.cookies.get('baro')}`, ...headers },
    signal: stop.signal,
  })
  const heard: string[] = []
  let text = ''
  const reading = (async () => {
    if (!answer.body) return
    for await (const chunk of answer.body) text += Buffer.from(chunk).toString()
  })().catch(() => {})
  const read = () => {
    heard.splice(0, heard.length, ...[...text.matchAll(/^event: (.+)$/gm)].map(([, name = '']) => name))
    return heard
  }
  return {
    answer,
    read,
    reading,
    browser,
    async until(name: string) {
      await expect.poll(read, { timeout: 5_000 }).toContain(name)
    },
  }
}

describe('a page that is open', () => {
  test('hears of a request that its reader may see, and that lists changed', async () => {
    const line = await listen(mariam)
    expect(line.answer.headers.get('content-type')).toContain('text/event-stream')
    await line.until('hello')
    counter.hints.changed([`request-${open.id}`, 'queue-information'])
    await line.until(`request-${open.id}`)
    await line.until('list')
  })

  test('hears that a message has come further, and fetches no list for it', async () => {
    const [stranger, line] = [await listen(holder), await listen(mariam)]
    await Promise.all([stranger.until('hello'), line.until('hello')])
    counter.hints.changed([`thread-${open.id}`, `thread-${sealed.id}`])
    await line.until(`thread-${open.id}`)
    await stranger.until(`thread-${sealed.id}`)
    expect(line.read()).toEqual(['hello', `thread-${open.id}`])
    expect(stranger.read()).toEqual(['hello', `thread-${sealed.id}`])
  })

  test('hears nothing at all of a sealed one, which its holder does', async () => {
    const [stranger, keeper] = [await listen(mariam), await listen(holder)]
    await stranger.until('hello')
    counter.hints.changed([`request-${sealed.id}`])
    await keeper.until(`request-${sealed.id}`)
    counter.hints.changed([`request-${open.id}`])
    await stranger.until(`request-${open.id}`)
    expect(stranger.read()).toEqual(['hello', `request-${open.id}`, 'list'])
  })

  test('hears nothing of queues and people that are not its reader’s', async () => {
    const line = await listen(mariam)
    await line.until('hello')
    counter.hints.changed([
      'queue-psea',
      `staff-${holder.id}`,
      `person-${counter.clock.id()}`,
      'request-nonsense',
    ])
    counter.hints.changed(['queue-information'])
    await line.until('list')
    expect(line.read()).toEqual(['hello', 'list'])
  })

  test('that comes back after a cut is told that it missed something', async () => {
    const line = await listen(mariam, { 'last-event-id': 'x' })
    await line.until('missed')
    expect(line.read()).not.toContain('hello')
  })

  test('hears what staff do', async () => {
    const line = await listen(mariam)
    await line.until('hello')
    const browser = await browserOf(counter, await hire(counter, 'Sitan', ['assistant']))
    await browser.send(open.path, `${open.path}/take`, {})
    await line.until(`request-${open.id}`)
  })

  test('may be open twenty times, not more', async () => {
    const many = await Promise.all(Array.from({ length: 22 }, () => listen(holder)))
    const statuses = many.map(({ answer }) => answer.status)
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(2)
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(20)
  })
})

test('closing the server ends the lines', async () => {
  const other = await makeCounter()
  await other.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = other.app.server.address() as AddressInfo
  const awa = await hire(other, 'Awa', ['assistant'])
  const browser = await browserOf(other, awa)
  const answer = await fetch(`http://127.0.0.1:${port}/console/hints`, {
    headers: { cookie: `baro=${browser.cookies.get('baro')}` },
  })
  const reader = answer.body?.getReader()
  await reader?.read()
  await other.close()
  await expect(reader?.read()).resolves.toMatchObject({ done: true })
})
