/** What holders of a sealed matter see of who reads it, through the real sign-in. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sealWords } from '../../src/job/seal-words.ts'
import {
  Browser,
  type Counter,
  hiddenFields,
  hire,
  makeCounter,
  type Opened,
  password,
  say,
} from './counter.ts'

const words = 'il attend devant la porte'
let counter: Counter
let opened: Opened
let mine: Browser
let theirs: Browser
beforeAll(async () => {
  counter = await makeCounter({ settings: { passwordAlone: true } })
  const [fanta, binta] = [
    await hire(counter, 'Fanta', ['psea'], 'fr'),
    await hire(counter, 'Binta', ['psea'], 'en'),
  ]
  mine = await signedIn(fanta.email)
  theirs = new Browser(counter.app)
  opened = await say(counter, {
    from: 'awa',
    kind: 'complaint.sea',
    text: words,
    holders: [fanta.id, binta.id],
  })
  await sealWords({ ...counter.database, clock: counter.clock, mediaFolder: counter.mediaFolder })
  theirs = await signedIn(binta.email)
})
afterAll(() => counter.close())

async function signedIn(email: string): Promise<Browser> {
  const browser = new Browser(counter.app)
  const answer = await browser.send('/login', '/login', { email, password })
  expect(answer.statusCode).toBe(303)
  return browser
}

test('its holder reads it, and is told who waits', async () => {
  const { body } = await mine.get(opened.path)
  expect(body).toContain(words)
  expect(body).toContain('ouvrent seulement pour ceux qui gardent')
  expect(body).toContain('Binta garde aussi cette affaire')
})

test('who was not let in is told whom to ask, in their language, on every part of the page', async () => {
  const { body, statusCode } = await theirs.get(opened.path)
  expect(statusCode).toBe(200)
  expect(body).not.toContain(words)
  expect(body).toContain('Ask Fanta to open them to you')
  expect(body).toContain('These words do not open for you yet')
  expect(body).not.toContain('let-in')
  expect((await theirs.get(`${opened.path}/thread`)).body).not.toContain(words)
})

test('one press opens it, and history says so', async () => {
  const action = `${opened.path}/let-in`
  const answer = await mine.send(opened.path, action, {})
  expect(answer.statusCode).toBe(303)
  const { body } = await theirs.get(opened.path)
  expect(body).toContain(words)
  expect(body).toContain('Fanta opened these words to Binta')
  expect((await mine.get(opened.path)).body).not.toContain('Binta garde aussi')
})

test('a password that is chosen by the owner keeps it open in the next session', async () => {
  const next = 'une autre phrase, assez longue'
  const answer = await theirs.send('/console/me', '/console/me/password', {
    old: password,
    password: next,
    again: next,
  })
  expect(answer.statusCode).toBe(303)
  const browser = new Browser(counter.app)
  await browser.send('/login', '/login', { email: 'binta@bureau.invalid', password: next })
  expect((await browser.get(opened.path)).body).toContain(words)
})

test('whoever guards such matters and does not hold this one asks in writing, and a holder decides', async () => {
  await hire(counter, 'Dede', ['protection'], 'fr')
  const other = await signedIn('dede@bureau.invalid')
  const ask = (reference: string) =>
    other.send('/console/approvals', '/console/approvals/open', { reference, reason: 'sa sœur m’a appelée' })
  const [real, none] = [await ask(opened.reference), await ask('12345678')]
  expect(real.headers.location).toBe(none.headers.location)
  expect((await other.get('/console/approvals?done=asked')).body).toContain('Si une telle affaire existe')
  expect((await other.get(opened.path)).statusCode).toBe(404)
  expect(await counter.database.prisma.opening.count()).toBe(1)
  // Asked again it waits once.
  await ask(opened.reference)
  expect(await counter.database.prisma.opening.count()).toBe(1)
  const { body } = await mine.get(opened.path)
  expect(body).toContain('Dede demande à lire cette affaire')
  expect(body).toContain('sa sœur m’a appelée')
  const action = `${opened.path}/decide-opening`
  expect((await mine.send(opened.path, action, { agreed: 'yes' })).statusCode).toBe(303)
  const page = await other.get(opened.path)
  expect(page.body).toContain(words)
  expect(page.body).toContain('Fanta a ouvert cette affaire à Dede')
  expect(await counter.database.prisma.alert.count({ where: { cause: 'opening' } })).toBe(1)
})

test('a refusal opens nothing, and who is barred reaches nobody', async () => {
  const eve = await hire(counter, 'Eve', ['psea'], 'fr')
  const barred = await hire(counter, 'Barred', ['psea'], 'fr')
  const { prisma } = counter.database
  await prisma.requestBarred.create({
    data: { requestId: opened.id, staffId: barred.id, since: counter.clock.now() },
  })
  for (const email of [eve.email, barred.email]) {
    const browser = await signedIn(email)
    await browser.send('/console/approvals', '/console/approvals/open', {
      ...{ reference: opened.reference, reason: 'pour voir' },
    })
  }
  const waiting = await prisma.opening.findMany({ where: { decidedAt: null } })
  expect(waiting.map(({ staffId }) => staffId)).toEqual([eve.id])
  await mine.send(opened.path, `${opened.path}/decide-opening`, { agreed: 'no' })
  expect((await (await signedIn(eve.email)).get(opened.path)).statusCode).toBe(404)
  expect(await prisma.requestHolder.count({ where: { staffId: eve.id } })).toBe(0)
})

test('whoever guards such matters no longer is let in by nobody, and a press that comes late decides nothing', async () => {
  const gone = await hire(counter, 'Gone', ['psea', 'case_worker'], 'fr')
  await (await signedIn(gone.email)).send('/console/approvals', '/console/approvals/open', {
    ...{ reference: opened.reference, reason: 'je suis de garde' },
  })
  const { prisma } = counter.database
  await prisma.queueStaff.deleteMany({ where: { staffId: gone.id, queue: 'psea' } })
  const refusals = () => prisma.event.count({ where: { requestId: opened.id, type: 'opening_refused' } })
  const before = await refusals()
  const action = `${opened.path}/decide-opening`
  const { body } = await mine.get(opened.path)
  const fields = hiddenFields(body, action)
  await mine.post(action, { ...fields, agreed: 'yes' })
  expect(await prisma.requestHolder.count({ where: { staffId: gone.id } })).toBe(0)
  expect(await refusals()).toBe(before + 1)
  await mine.post(action, { ...fields, once: counter.clock.id(), agreed: 'no' })
  expect(await refusals()).toBe(before + 1)
})
