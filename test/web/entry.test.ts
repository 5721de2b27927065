import { generate } from 'otplib'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { conductVersion } from '../../src/core/entry.ts'
import { invite } from '../../src/store/invitation.ts'
import { keepFactor, makeSecret, stepOf } from '../../src/store/second-factor.ts'
import { Browser, browserOf, type Counter, hire, makeCounter, password } from '../console/counter.ts'

let counter: Counter
beforeEach(async () => {
  counter = await makeCounter()
  onTestFinished(() => counter.close())
})

const signIn = (browser: Browser, email: string, word = password) =>
  browser.send('/login', '/login', { email, password: word })
const codeOf = (secret: string, secondsAhead = 0) =>
  generate({ secret, epoch: Math.floor(counter.clock.now().getTime() / 1000) + secondsAhead })
const secretIn = (html: string) => /name="secret" value="([A-Z2-7]{32})"/.exec(html)?.[1] ?? ''
const codesIn = (html: string) =>
  [...html.matchAll(/<li>([A-Z2-9]{4}-[A-Z2-9]{4})<\/li>/g)].map(([, it]) => it ?? '')

/** Somebody with a second factor that was set up a while ago. */
async function hireWithFactor(name: string) {
  const one = await hire(counter, name, ['supervisor'])
  const secret = makeSecret()
  const now = counter.clock.now()
  const codes = await keepFactor(
    counter.database,
    { staff: one.id, secret, step: 1, key: counter.clock.id() },
    now,
  )
  return { ...one, secret, codes }
}

describe('the second factor', () => {
  test('is set up before anything else by whoever needs one, with recovery codes shown once', async () => {
    const mariam = await hire(counter, 'Mariam', ['supervisor'])
    const browser = new Browser(counter.app)
    await signIn(browser, mariam.email)
    const shut = await browser.get('/console/requests?view=mine')
    expect(shut.headers.location).toBe('/login/factor?next=%2Fconsole%2Frequests%3Fview%3Dmine')
    expect((await browser.get('/console/counts', { 'hx-request': 'true' })).statusCode).toBe(401)
    const page = await browser.get(String(shut.headers.location))
    expect(page.body).toContain('<svg class="qr"')
    expect(page.body).not.toContain('style=')
    const secret = secretIn(page.body)
    expect(page.body).toContain(secret.replace(/(.{4})(?=.)/g, '$1 '))

    const wrong = await browser.send(String(shut.headers.location), '/login/factor', { code: '000000' })
    expect(wrong.statusCode).toBe(422)
    const again = { ...{ secret, code: await codeOf(secret) }, next: '/console/requests?view=mine' }
    const token = /name="_csrf" value="([^"]+)"/.exec(wrong.body)?.[1] ?? ''
    const kept = await browser.post('/login/factor', { _csrf: token, ...again })
    expect(kept.statusCode).toBe(200)
    expect(codesIn(kept.body)).toHaveLength(10)
    expect(kept.body).toContain('href="/console/requests?view=mine"')
    expect((await browser.get('/console/requests?view=mine')).statusCode).toBe(200)
    expect((await browser.get('/login/factor')).headers.location).toBe('/console')
  })

  test('keeps its secret when the first code was wrong: the app has it by then', async () => {
    const mariam = await hire(counter, 'Mariam', ['supervisor'])
    const browser = new Browser(counter.app)
    await signIn(browser, mariam.email)
    const page = await browser.get('/login/factor')
    const wrong = await browser.send('/login/factor', '/login/factor', {
      secret: secretIn(page.body),
      code: '12',
    })
    expect(secretIn(wrong.body)).toBe(secretIn(page.body))
  })

  test('lies in the database encrypted, and its recovery codes as hashes', async () => {
    const mariam = await hireWithFactor('Mariam')
    const { pool } = counter.database
    const factor = await pool.query("select encode(secret_enc, 'escape') as text from second_factor")
    expect(factor.rows[0].text).not.toContain(mariam.secret)
    const codes = await pool.query("select encode(code_hash, 'escape') as text from recovery_code")
    expect(codes.rows).toHaveLength(10)
    expect(JSON.stringify(codes.rows)).not.toContain(mariam.codes[0])
  })

  test('is asked for after the password, and a code works once', async () => {
    const mariam = await hireWithFactor('Mariam')
    const browser = new Browser(counter.app)
    await signIn(browser, mariam.email)
    expect((await browser.get('/console')).headers.location).toBe('/login/code?next=%2Fconsole')
    const before = browser.cookies.get('baro')
    const code = await codeOf(mariam.secret)
    const answer = await browser.send('/login/code', '/login/code', {
      code: `${code.slice(0, 3)} ${code.slice(3)}`,
    })
    expect(answer.headers.location).toBe('/console')
    expect(browser.cookies.get('baro')).not.toBe(before)
    expect((await browser.get('/console/requests')).statusCode).toBe(200)

    const second = new Browser(counter.app)
    await signIn(second, mariam.email)
    expect((await second.send('/login/code', '/login/code', { code })).statusCode).toBe(422)
    const next = await codeOf(mariam.secret, 30)
    expect((await second.send('/login/code', '/login/code', { code: next })).statusCode).toBe(303)
  })

  test('takes one of two that bring the same code at once', async () => {
    const mariam = await hireWithFactor('Mariam')
    const browsers = [new Browser(counter.app), new Browser(counter.app)]
    for (const browser of browsers) await signIn(browser, mariam.email)
    const code = await codeOf(mariam.secret)
    const answers = await Promise.all(
      browsers.map((browser) => browser.send('/login/code', '/login/code', { code })),
    )
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([303, 422])
  })

  test('takes a code one step early or late and no more', async () => {
    const secret = makeSecret()
    const now = new Date('2026-03-02T12:00:15Z')
    const at = (seconds: number) => generate({ secret, epoch: now.getTime() / 1000 + seconds })
    const present = now.getTime() / 30_000
    for (const [seconds, taken] of [
      [-60, false],
      [-30, true],
      [0, true],
      [30, true],
      [60, false],
    ] as const) {
      const step = await stepOf(secret, await at(seconds), now)
      expect([seconds, step]).toEqual([seconds, taken ? Math.floor(present) + seconds / 30 : undefined])
    }
    for (const code of ['', 'abcdef', '1234567', '12345', '１２３４５６']) {
      expect(await stepOf(secret, code, now)).toBeUndefined()
    }
  })

  test('takes a recovery code once, however it is typed', async () => {
    const mariam = await hireWithFactor('Mariam')
    const [code = ''] = mariam.codes
    const browser = new Browser(counter.app)
    await signIn(browser, mariam.email)
    const typed = ` ${code.toLowerCase().replace('-', ' ')} `
    expect((await browser.send('/login/code', '/login/code', { code: typed })).statusCode).toBe(303)
    const second = new Browser(counter.app)
    await signIn(second, mariam.email)
    expect((await second.send('/login/code', '/login/code', { code })).statusCode).toBe(422)
  })

  test('does not take a recovery code of somebody else', async () => {
    const [mariam, issa] = [await hireWithFactor('Mariam'), await hireWithFactor('Issa')]
    const browser = new Browser(counter.app)
    await signIn(browser, mariam.email)
    const answer = await browser.send('/login/code', '/login/code', { code: issa.codes[0] ?? '' })
    expect(answer.statusCode).toBe(422)
  })

  test('may be tried five times in a quarter of an hour', async () => {
    const mariam = await hireWithFactor('Mariam')
    const browser = new Browser(counter.app)
    await signIn(browser, mariam.email)
    for (let n = 0; n < 5; n++) {
      expect((await browser.send('/login/code', '/login/code', { code: '000000' })).statusCode).toBe(422)
    }
    const code = await codeOf(mariam.secret)
    expect((await browser.send('/login/code', '/login/code', { code })).statusCode).toBe(429)
  })

  test('is not asked of a case worker, and none is needed where the password alone is the rule', async () => {
    const issa = await hire(counter, 'Issa', ['case_worker'])
    const browser = new Browser(counter.app)
    await signIn(browser, issa.email)
    expect((await browser.get('/console/requests')).statusCode).toBe(200)
    const demo = await makeCounter({ settings: { passwordAlone: true } })
    onTestFinished(() => demo.close())
    const mariam = await hire(demo, 'Mariam', ['admin', 'supervisor'])
    const other = new Browser(demo.app)
    await signIn(other, mariam.email)
    expect((await other.get('/console/requests')).statusCode).toBe(200)
  })

  test('is asked for in open sessions as soon as a role needs it', async () => {
    const issa = await hire(counter, 'Issa', ['case_worker'])
    const browser = new Browser(counter.app)
    await signIn(browser, issa.email)
    expect((await browser.get('/console/requests')).statusCode).toBe(200)
    await counter.database.prisma.staff.update({ where: { id: issa.id }, data: { roles: ['supervisor'] } })
    expect((await browser.get('/console/requests')).headers.location).toMatch(/^\/login\/factor/)
  })
})

test('a session that has not come in ends after a quarter of an hour', async () => {
  const mariam = await hireWithFactor('Mariam')
  const browser = new Browser(counter.app)
  await signIn(browser, mariam.email)
  counter.clock.ahead(15 * 60_000)
  expect((await browser.get('/login/code')).headers.location).toBe('/login')
})

describe('the code of conduct', () => {
  test('is accepted once, and its version is kept', async () => {
    const issa = await hire(counter, 'Issa', ['case_worker'])
    await counter.database.prisma.staff.update({ where: { id: issa.id }, data: { conduct: null } })
    const browser = new Browser(counter.app)
    await signIn(browser, issa.email)
    const shut = await browser.get('/console/requests')
    expect(shut.headers.location).toBe('/login/conduct?next=%2Fconsole%2Frequests')
    const page = await browser.get(String(shut.headers.location))
    expect(page.body).toContain('Code de conduite')
    expect((await browser.send('/login/conduct', '/login/conduct', {})).statusCode).toBe(422)
    const answer = await browser.send(String(shut.headers.location), '/login/conduct', { accept: 'yes' })
    expect(answer.headers.location).toBe('/console/requests')
    expect((await browser.get('/console/requests')).statusCode).toBe(200)
    const row = await counter.database.prisma.staff.findUniqueOrThrow({ where: { id: issa.id } })
    expect(row).toMatchObject({ conduct: conductVersion, conductAt: expect.any(Date) })
    const second = new Browser(counter.app)
    expect((await signIn(second, issa.email)).headers.location).toBe('/console')
    expect((await second.get('/console/requests')).statusCode).toBe(200)
  })
})

describe('an invitation', () => {
  const chosen = { password: 'une autre phrase assez longue', again: 'une autre phrase assez longue' }

  test('opens the account with a password that only its owner knows, once', async () => {
    const issa = await hire(counter, 'Issa', ['case_worker'])
    const { prisma } = counter.database
    await prisma.staff.update({
      where: { id: issa.id },
      data: { active: false, passwordHash: null, conduct: null },
    })
    expect((await signIn(new Browser(counter.app), issa.email)).statusCode).toBe(401)
    const path = `/invitation/${await invite(counter.database, issa.id, counter.clock.now())}`
    const browser = new Browser(counter.app)
    expect((await browser.get(path)).body).toContain('Bienvenue, Issa')
    const short = await browser.send(path, path, { password: 'court', again: 'court' })
    expect(short.statusCode).toBe(422)
    const differs = await browser.send(path, path, { ...chosen, again: password })
    expect(differs.body).toContain('pas les mêmes')
    const both = [new Browser(counter.app), new Browser(counter.app)]
    const answers = await Promise.all(both.map((one) => one.send(path, path, chosen)))
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([303, 410])
    expect((await browser.get(path)).statusCode).toBe(410)
    const later = new Browser(counter.app)
    await signIn(later, issa.email, chosen.password)
    expect((await later.get('/console')).headers.location).toMatch(/^\/login\/conduct/)
  })

  test('is good for seven days, and no longer than the next one', async () => {
    const issa = await hire(counter, 'Issa', ['case_worker'])
    const first = await invite(counter.database, issa.id, counter.clock.now())
    const second = await invite(counter.database, issa.id, counter.clock.now())
    const browser = new Browser(counter.app)
    expect((await browser.get(`/invitation/${first}`)).statusCode).toBe(410)
    expect((await browser.get(`/invitation/${second}`)).statusCode).toBe(200)
    counter.clock.ahead(7 * 24 * 60 * 60_000)
    expect((await browser.get(`/invitation/${second}`)).statusCode).toBe(410)
    expect((await browser.get('/invitation/made-up')).body).toContain('plus valable')
  })

  test('of a lost password ends every session of the old one', async () => {
    const issa = await hire(counter, 'Issa', ['case_worker'])
    const old = await browserOf(counter, issa)
    const path = `/invitation/${await invite(counter.database, issa.id, counter.clock.now())}`
    expect((await old.get('/console/requests')).statusCode).toBe(200)
    await new Browser(counter.app).send(path, path, chosen)
    expect((await old.get('/console/requests')).statusCode).toBe(303)
    expect((await signIn(new Browser(counter.app), issa.email)).statusCode).toBe(401)
    expect((await signIn(new Browser(counter.app), issa.email, chosen.password)).statusCode).toBe(303)
  })

  test('lies in the database as a hash', async () => {
    const issa = await hire(counter, 'Issa', ['case_worker'])
    const code = await invite(counter.database, issa.id, counter.clock.now())
    const rows = await counter.database.prisma.invitation.findMany()
    expect(Buffer.from(rows[0]?.codeHash ?? []).toString('latin1')).not.toContain(code)
  })
})
