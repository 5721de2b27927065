import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { makeOneTimeCode } from '../../src/web/one-time-code.ts'
import {
  Browser,
  browserOf,
  type Counter,
  hire,
  makeClock,
  makeCounter,
  password,
} from '../console/counter.ts'

let counter: Counter
let mariam: { id: string; email: string }
beforeEach(async () => {
  counter = await makeCounter()
  onTestFinished(() => counter.close())
  mariam = await hire(counter, 'Mariam', ['case_worker'])
})

const signIn = (browser: Browser, email: string, word: string, headers = {}) =>
  browser.send('/login', '/login', { email, password: word }, headers)

describe('signing in', () => {
  test('leads to the console and keeps who one is in a cookie that no script reads', async () => {
    const browser = new Browser(counter.app)
    const answer = await signIn(browser, ' MARIAM@bureau.invalid ', password)
    expect(answer.statusCode).toBe(303)
    expect(answer.headers.location).toBe('/console')
    const cookie = answer.cookies.find(({ name }) => name === 'baro')
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
    expect((await browser.get('/console/requests')).statusCode).toBe(200)
  })

  test('marks its cookies for https and this host alone where people come by https', async () => {
    const safe = await makeCounter({ settings: { publicUrl: 'https://baro.invalid' } })
    onTestFinished(() => safe.close())
    await hire(safe, 'Mariam', ['case_worker'])
    const answer = await signIn(new Browser(safe.app), mariam.email, password)
    const cookie = answer.cookies.find(({ name }) => name === '__Host-baro')
    expect(cookie).toMatchObject({ httpOnly: true, secure: true })
    expect(answer.headers['strict-transport-security']).toBeDefined()
  })

  test('with a wrong password says the same as without an account, and keeps the address', async () => {
    const wrong = await signIn(new Browser(counter.app), mariam.email, 'pas le bon mot de passe')
    const nobody = await signIn(new Browser(counter.app), 'nobody@bureau.invalid', 'pas le bon mot de passe')
    expect(wrong.statusCode).toBe(401)
    expect(nobody.statusCode).toBe(401)
    const plain = (text: string) =>
      text.replace(/name="_csrf" value="[^"]+"/g, '').replaceAll('nobody@', 'mariam@')
    expect(plain(nobody.body)).toBe(plain(wrong.body))
    expect(wrong.body).toContain('value="mariam@bureau.invalid"')
    expect(wrong.body).not.toContain('pas le bon mot')
  })

  test('makes no difference in work between an account and none', async () => {
    const time = async (email: string) => {
      const from = performance.now()
      await signIn(new Browser(counter.app), email, 'pas le bon mot de passe')
      return performance.now() - from
    }
    await time('warm@bureau.invalid')
    const ratios: number[] = []
    for (let round = 0; round < 5; round++) {
      const known = await time(mariam.email)
      ratios.push((await time(`other${round}@bureau.invalid`)) / known)
    }
    // The middle one: a machine that pauses once says nothing of the work.
    expect(ratios.sort((a, b) => a - b)[2]).toBeGreaterThan(1 / 4)
  })

  test('gives a fresh session whatever cookie the browser came with', async () => {
    const browser = new Browser(counter.app)
    browser.cookies.set('baro', 'chosen-by-somebody-else')
    await signIn(browser, mariam.email, password)
    const first = browser.cookies.get('baro')
    expect(first).not.toBe('chosen-by-somebody-else')
    await browser.send('/console/requests', '/logout', {})
    await signIn(browser, mariam.email, password)
    expect(browser.cookies.get('baro')).not.toBe(first)
    expect(await counter.database.prisma.signIn.count()).toBe(1)
  })

  test('goes back to the page that was asked for, and never away from here', async () => {
    const asked = await new Browser(counter.app).get('/console/requests?view=mine')
    expect(asked.headers.location).toBe('/login?next=%2Fconsole%2Frequests%3Fview%3Dmine')
    const browser = new Browser(counter.app)
    const answer = await browser.send(String(asked.headers.location), '/login', {
      email: mariam.email,
      password,
    })
    expect(answer.headers.location).toBe('/console/requests?view=mine')
    for (const next of [
      'https://evil.invalid',
      '//evil.invalid',
      '/console//evil',
      '/console\\evil',
      '/chat',
    ]) {
      const other = new Browser(counter.app)
      const away = await other.send('/login', '/login', { email: mariam.email, password, next })
      expect(away.headers.location).toBe('/console')
    }
  })

  test('is refused for an account that is no longer active, and its open sessions end', async () => {
    const browser = await browserOf(counter, mariam)
    await counter.database.prisma.staff.update({ where: { id: mariam.id }, data: { active: false } })
    expect((await browser.get('/console/requests')).statusCode).toBe(303)
    expect((await signIn(new Browser(counter.app), mariam.email, password)).statusCode).toBe(401)
  })
})

describe('tries', () => {
  test('of one account from one address stop after five, and begin again after a quarter of an hour', async () => {
    for (let n = 0; n < 5; n++) {
      expect((await signIn(new Browser(counter.app), mariam.email, 'faux, encore faux')).statusCode).toBe(401)
    }
    const sixth = await signIn(new Browser(counter.app), mariam.email, password)
    expect(sixth.statusCode).toBe(429)
    expect(Number(sixth.headers['retry-after'])).toBeGreaterThan(800)
    expect(sixth.body).toContain('Trop d')
    counter.clock.ahead(15 * 60_000 + 1000)
    expect((await signIn(new Browser(counter.app), mariam.email, password)).statusCode).toBe(303)
  })

  test('of a colleague do not lock out the others of the same office', async () => {
    const issa = await hire(counter, 'Issa', ['assistant'])
    for (let n = 0; n < 8; n++) await signIn(new Browser(counter.app), mariam.email, 'faux, encore faux')
    expect((await signIn(new Browser(counter.app), issa.email, password)).statusCode).toBe(303)
  })

  test('are forgotten after a success', async () => {
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < 4; n++) await signIn(new Browser(counter.app), mariam.email, 'faux, encore faux')
      expect((await signIn(new Browser(counter.app), mariam.email, password)).statusCode).toBe(303)
    }
  })

  test('that succeed count against nobody: a whole office comes in by one address in the morning', async () => {
    const { attempt } = counter.database.prisma
    await signIn(new Browser(counter.app), mariam.email, 'faux, encore faux')
    await attempt.updateMany({ where: { kind: 'sign_in_address' }, data: { count: 99 } })
    await attempt.updateMany({ where: { kind: 'sign_in_account' }, data: { count: 49 } })
    for (let n = 0; n < 4; n++) {
      const answer = await signIn(new Browser(counter.app), mariam.email, password)
      expect([n, answer.statusCode]).toEqual([n, 303])
    }
  })

  test('of a stranger at the same address lock out nobody who was here before', async () => {
    const own = new Browser(counter.app)
    expect((await signIn(own, mariam.email, password)).statusCode).toBe(303)
    own.cookies.delete('baro')
    const where = { kind: { in: ['sign_in_address', 'sign_in_account'] } }
    await signIn(new Browser(counter.app), mariam.email, 'faux, encore faux')
    await counter.database.prisma.attempt.updateMany({ where, data: { count: 1_000 } })
    expect((await signIn(new Browser(counter.app), mariam.email, password)).statusCode).toBe(429)
    expect((await signIn(own, mariam.email, password)).statusCode).toBe(303)
  })

  test('of somebody at the desk of a colleague stop as well', async () => {
    const own = new Browser(counter.app)
    await signIn(own, mariam.email, password)
    own.cookies.delete('baro')
    for (let n = 0; n < 10; n++)
      expect((await signIn(own, mariam.email, 'faux, encore faux')).statusCode).toBe(401)
    expect((await signIn(own, mariam.email, password)).statusCode).toBe(429)
  })

  test('of many accounts from one address, and of one account from many, stop with room to spare', async () => {
    const from = (n: number, email: string) =>
      counter.app.inject({
        ...{ method: 'POST', url: '/login', remoteAddress: `10.0.0.${n}` },
        ...{ headers: { ...form.headers }, payload: `${form.token}&email=${email}&password=faux` },
      })
    const browser = new Browser(counter.app)
    const page = await browser.get('/login')
    const token = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const type = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' }
    const form = { token: `_csrf=${encodeURIComponent(token)}`, headers: { ...type, cookie } }
    await from(1, 'a@bureau.invalid')
    await counter.database.prisma.attempt.updateMany({
      where: { kind: 'sign_in_address' },
      data: { count: 100 },
    })
    expect((await from(1, 'b@bureau.invalid')).statusCode).toBe(429)
    expect((await from(2, 'b@bureau.invalid')).statusCode).toBe(401)
    await counter.database.prisma.attempt.updateMany({
      where: { kind: 'sign_in_account' },
      data: { count: 50 },
    })
    expect((await from(3, 'b@bureau.invalid')).statusCode).toBe(429)
    expect((await from(3, 'c@bureau.invalid')).statusCode).toBe(401)
  })

  test('are not kept by name', async () => {
    await signIn(new Browser(counter.app), mariam.email, 'faux, encore faux')
    const rows = await counter.database.prisma.attempt.findMany()
    expect(rows.length).toBe(3)
    expect(JSON.stringify(rows)).not.toContain('mariam')
  })
})

describe('a session', () => {
  test('ends an hour after the last page', async () => {
    const browser = await browserOf(counter, mariam)
    counter.clock.ahead(50 * 60_000)
    expect((await browser.get('/console/requests')).statusCode).toBe(200)
    counter.clock.ahead(50 * 60_000)
    expect((await browser.get('/console/requests')).statusCode).toBe(200)
    counter.clock.ahead(61 * 60_000)
    expect((await browser.get('/console/requests')).statusCode).toBe(303)
  })

  test('is not kept alive by what a page fetches by itself', async () => {
    const browser = await browserOf(counter, mariam)
    counter.clock.ahead(50 * 60_000)
    await browser.get('/console/counts', { 'hx-request': 'true' })
    counter.clock.ahead(11 * 60_000)
    expect((await browser.get('/console/requests')).statusCode).toBe(303)
  })

  test('ends twelve hours after the sign-in at the latest', async () => {
    const browser = await browserOf(counter, mariam)
    for (let n = 0; n < 14; n++) {
      counter.clock.ahead(51 * 60_000)
      await browser.get('/console/requests')
    }
    expect((await browser.get('/console/requests')).statusCode).toBe(200)
    counter.clock.ahead(10 * 60_000)
    expect((await browser.get('/console/requests')).statusCode).toBe(303)
  })

  test('ends at sign-out, also for who kept a copy of the cookie', async () => {
    const browser = await browserOf(counter, mariam)
    const copy = new Browser(counter.app)
    copy.cookies.set('baro', browser.cookies.get('baro') ?? '')
    await browser.send('/console/requests', '/logout', {})
    expect((await copy.get('/console/requests')).statusCode).toBe(303)
  })

  test('lies in the database as a hash', async () => {
    const browser = await browserOf(counter, mariam)
    const [row] = await counter.database.prisma.signIn.findMany()
    expect(Buffer.from(row?.idHash ?? []).toString('base64url')).not.toContain(browser.cookies.get('baro'))
    expect(row?.idHash.length).toBe(17)
  })
})

describe('the first sign-in', () => {
  const fields = (code: string) => ({ code, name: 'Awa', email: 'awa@bureau.invalid', password })

  test('takes the code that was printed, makes an administrator, and is over', async () => {
    const fresh = await makeCounter()
    onTestFinished(() => fresh.close())
    const browser = new Browser(fresh.app)
    expect((await browser.send('/login', '/login', fields('AAAA-AAAA'))).statusCode).toBe(422)
    const answer = await browser.send('/login', '/login', fields(fresh.code.shown.toLowerCase()))
    expect(answer.headers.location).toBe('/console/admin')
    // An administrator's password alone opens nothing.
    expect((await browser.get('/console/admin')).headers.location).toMatch(/^\/login\/factor\?next=/)
    const later = await new Browser(fresh.app).get('/login')
    expect(later.body).not.toContain('name="code"')
  })

  test('tells what is wrong and keeps what was written', async () => {
    const fresh = await makeCounter()
    onTestFinished(() => fresh.close())
    const browser = new Browser(fresh.app)
    const short = { ...fields(fresh.code.shown), password: 'court' }
    const answer = await browser.send('/login', '/login', short)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('trop court')
    expect(answer.body).toContain('value="awa@bureau.invalid"')
    expect((await browser.send('/login', '/login', fields(fresh.code.shown))).statusCode).toBe(303)
  })

  test('knows the code for thirty minutes, once, and ten wrong tries', () => {
    const clock = makeClock()
    const code = makeOneTimeCode(clock)
    expect(code.use('x')).toBe(false)
    expect(code.use(code.shown)).toBe(true)
    expect(code.use(code.shown)).toBe(false)
    const old = makeOneTimeCode(clock)
    clock.ahead(30 * 60_000)
    expect(old.use(old.shown)).toBe(false)
    const guessed = makeOneTimeCode(clock)
    for (let n = 0; n < 10; n++) guessed.use('ABCD-EFGH')
    expect(guessed.use(guessed.shown)).toBe(false)
  })
})
