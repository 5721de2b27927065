/** What breaks: every way in which a session dies, and that the next one stands soon, with nothing lost or doubled. */
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noFiles, until } from '../ears.ts'
import { chaos } from './chaos.ts'
import { type Desk, openDesk } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
}, 120_000)
afterAll(async () => {
  await desk?.close()
})

const awa = '22370000001@c.us'
const texts = () => desk.ears.texts()

/** Breaks the session; resolves when the next one is ready. Meanwhile Awa writes. */
async function survives(what: string, breaks: () => Promise<unknown>): Promise<void> {
  const { standIn, ears, keeping } = desk
  const compared = ears.compared.length
  const pages = standIn.pages
  const told = keeping.told.length
  await breaks().catch(() => undefined)
  await until(
    `${what}: it is noticed`,
    () => keeping.told.slice(told).some(({ state }) => state === 'down'),
    20_000,
  )
  await standIn.says(awa, { text: what })
  await until(`${what}: it stands again`, () => standIn.pages > pages && standIn.isReady, 60_000)
  await until(`${what}: what came meanwhile is heard`, () => texts().includes(what), 60_000)
  await until(`${what}: it is up`, () => desk.channel.state() === 'up', 60_000)
  const late = keeping.found.flatMap(({ content }) => (content.kind === 'text' ? content.text : []))
  expect(late).toContain(what)
  await until(`${what}: it is compared`, () => ears.compared.length > compared)
  expect(ears.compared.at(-1)).toBe(0)
  const sent = await desk.channel.send(awa, { text: `Bien reçu : ${what}`, language: 'fr' }, noFiles)
  expect(sent.externalId).not.toBe('')
}

test('a killed browser is replaced, and what came meanwhile arrives with its own time', async () => {
  await survives('navigateur', async () => desk.page().browser().process()?.kill('SIGKILL'))
})

test('so is one whose page crashed', async () => {
  const { failures } = desk
  await survives('page', async () => {
    const line = await desk.page().createCDPSession()
    await line.send('Page.crash')
  })
  expect(failures.some(({ facts }) => facts['theirs'] === 'page_crashed')).toBe(true)
})

test('so is one whose page was closed', async () => {
  await survives('onglet', () => desk.page().close())
})

test('so is one that another session took over', async () => {
  await survives('conflit', () => desk.standIn.tell({ t: 'state', state: 'CONFLICT' }))
}, 60_000)

test('so is one whose page answers no more, once the limit for an answer is over', async () => {
  const { failures } = desk
  const before = performance.now()
  await survives('silence', () =>
    desk.page().evaluate(() => {
      // The page's own module; there is no window where this is compiled.
      const { require } = globalThis as unknown as { require: (name: string) => { Socket: object } }
      Object.defineProperty(require('WAWebSocketModel').Socket, 'state', { get: () => new Promise(() => {}) })
    }),
  )
  expect(failures.at(-1)?.facts).toMatchObject({ theirs: 'silent' })
  expect(performance.now() - before).toBeGreaterThan(10_000)
}, 60_000)

test('a send while nothing stands is refused before anything is said, and held back', async () => {
  const { channel, standIn, page } = desk
  const sent = standIn.sent.length
  page().browser().process()?.kill('SIGKILL')
  await until('it is noticed', () => channel.state() === 'down')
  expect(channel.holdsBack?.()).toBe('down')
  const send = channel.send(awa, { text: 'non', language: 'fr' }, noFiles)
  await expect(send).rejects.toMatchObject({ code: 'channel:unreachable' })
  expect(standIn.sent.length).toBe(sent)
  await desk.ready()
})

test('everything was heard once, in order, whatever broke', () => {
  const said = texts().filter((text) => !text.startsWith('Bien'))
  expect(said).toEqual(['navigateur', 'page', 'onglet', 'conflit', 'silence'])
})

test('broken at random while people write and are answered: nothing is lost or doubled', async () => {
  desk.ears.arrivals.length = 0
  const { slowestReturnSeconds, ...tally } = await chaos(desk, 8)
  expect(tally).toMatchObject({ lost: 0, doubled: 0, answersLost: 0, answersDoubled: 0 })
  expect(slowestReturnSeconds).toBeLessThan(60)
})

test('a log-out on the phone wants a code again; paired anew it works', async () => {
  const { standIn, keeping, channel } = desk
  standIn.paired = false
  const told = keeping.told.length
  await standIn.tell({ t: 'logout' })
  await until(
    'a code is wanted',
    () => keeping.told.slice(told).some(({ code }) => code !== undefined),
    30_000,
  )
  expect(channel.state()).toBe('unauthorized')
  await standIn.renew()
  await until('the renewed code is told', () => Boolean(keeping.told.at(-1)?.code?.startsWith(standIn.ref)))
  await standIn.scan()
  await desk.ready()
  await standIn.says(awa, { text: 'de retour' })
  await until('it hears', () => texts().includes('de retour'))
})

test('unlinked by staff, the phone forgets us and the folder is empty', async () => {
  const { standIn, keeping, channel } = desk
  const told = keeping.told.length
  keeping.set = { ...keeping.set, unlink: true }
  await until(
    'a code is wanted',
    () => keeping.told.slice(told).some(({ code }) => code !== undefined),
    30_000,
  )
  expect(standIn.paired).toBe(false)
  expect(keeping.set.unlink).toBe(false)
  expect(channel.state()).toBe('unauthorized')
  await standIn.scan()
  await desk.ready()
})

test('after a start over a dead process and its locks it goes on without a code, and hears what was missed', async () => {
  const { standIn, folder, cursor } = desk
  await standIn.says(awa, { text: 'avant' })
  await until('it is heard', () => texts().includes('avant'))
  await desk.channel.close()
  const profile = join(folder, 'profile')
  await mkdir(profile, { recursive: true })
  // Some builds of Chromium leave theirs when they are closed.
  await rm(join(profile, 'SingletonLock'), { force: true })
  await symlink(`another-machine-4242`, join(profile, 'SingletonLock'))
  await writeFile(join(folder, 'session.lock'), `${hostname()} 999999999`)
  await standIn.says(awa, { text: 'entre-temps' })
  const next = await openDesk({ standIn, folder, cursor, paired: false })
  try {
    await next.ready()
    await until('it is heard', () => next.ears.texts().includes('entre-temps'))
    expect(next.keeping.told.some(({ code }) => code !== undefined)).toBe(false)
  } finally {
    await next.close()
  }
})
