/** Accounts as administrators change them, what waits for agreement, and one's own account. */
import { generate } from 'otplib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Failure } from '../../src/failure.ts'
import { keepFactor, makeSecret } from '../../src/store/second-factor.ts'
import {
  Browser,
  browserOf,
  type Counter,
  hiddenFields,
  hire,
  makeCounter,
  password,
  say,
} from './counter.ts'

let counter: Counter
/** What the mail server took; while it takes nothing, links are shown. */
let letters: { readonly to: string; readonly subject: string; readonly text: string }[] | undefined
let yaya: { id: string }
let admin: Browser
beforeAll(async () => {
  counter = await makeCounter({
    async sendLetter(letter) {
      if (!letters) throw new Failure('mail:unreachable')
      letters.push(letter)
    },
  })
})
afterAll(() => counter.close())
let round = 0
beforeEach(async () => {
  round += 1
  letters = undefined
  const { prisma, pool } = counter.database
  await pool.query(
    'truncate approval, alert, sign_in, queue_staff, request_holder, invitation, attempt cascade',
  )
  await prisma.staff.updateMany({ data: { active: false, roles: [] } })
  yaya = await named('Yaya', ['admin'])
  admin = await browserOf(counter, yaya)
})

/** Names are used again in every test; addresses are not. */
const named = (name: string, roles: Parameters<typeof hire>[2]) =>
  hire(counter, `${name}${'abcdefghijklmnopqrstuvwxyz'[round] ?? ''}`, roles)
const staffOf = (id: string) =>
  counter.database.prisma.staff.findUniqueOrThrow({ where: { id }, include: { queues: true } })
const waiting = () => counter.database.prisma.approval.findMany({ where: { state: 'waiting' } })
const pathOf = (id: string) => `/console/admin/staff/${id}`

/** The whole form, as a browser sends it: several of one name. */
async function edit(browser: Browser, id: string, fields: Record<string, string | readonly string[]>) {
  const { body } = await browser.get(pathOf(id))
  const all = new URLSearchParams(hiddenFields(body, pathOf(id)))
  for (const [name, values] of Object.entries({ name: 'Nom', ...fields }))
    for (const value of [values].flat()) all.append(name, value)
  return browser.post(pathOf(id), all)
}

async function decide(staff: { id: string }, agreed: 'yes' | 'no', approval?: string) {
  const browser = await browserOf(counter, staff)
  const [first] = await waiting()
  const { body } = await browser.get('/console/me')
  const { _csrf = '' } = hiddenFields(body, '/console/me/password')
  return browser.post('/console/approvals/decide', { _csrf, approval: approval ?? first?.id ?? '', agreed })
}

describe('an invitation', () => {
  const fields = { name: 'Fanta', email: 'fanta@bureau.invalid', roles: 'assistant', language: 'fr' }

  test('makes an account with its seats, and shows a link once that opens it', async () => {
    const email = `fanta${round}@bureau.invalid`
    const answer = await admin.send('/console/admin/staff', '/console/admin/staff', { ...fields, email })
    expect(answer.statusCode).toBe(200)
    const [, path = ''] = /value="http:\/\/[^"/]+(\/invitation\/[\w-]+)"/.exec(answer.body) ?? []
    const row = await counter.database.prisma.staff.findUniqueOrThrow({
      where: { email },
      include: { queues: true },
    })
    expect(row).toMatchObject({ active: false, passwordHash: null, roles: ['assistant'] })
    expect(row.queues.map(({ queue }) => queue).toSorted()).toEqual([
      'identity',
      'information',
      'intake',
      'needs',
    ])
    expect(answer.body).toContain("L'e-mail n'est pas parti")
    expect((await admin.get(pathOf(row.id))).body).not.toContain(path)
    const browser = new Browser(counter.app)
    const chosen = { password: 'encore une autre phrase', again: 'encore une autre phrase' }
    expect((await browser.send(path, path, chosen)).statusCode).toBe(303)
    expect(await staffOf(row.id)).toMatchObject({ active: true })
  })

  test('goes by mail where the house has a mail server, in the language of the colleague, and stands on no page', async () => {
    letters = []
    const email = `kate${round}@bureau.invalid`
    const wish = { ...fields, name: 'Kate', email, language: 'en' }
    const answer = await admin.send('/console/admin/staff', '/console/admin/staff', wish)
    expect(answer.body).toContain(`parti par e-mail à ${email}`)
    expect(answer.body).not.toContain('/invitation/')
    expect(letters).toMatchObject([{ to: email, subject: 'Your Baro account' }])
    const [, path = ''] = /http:\/\/[^/\s]+(\/invitation\/[\w-]+)/.exec(letters[0]?.text ?? '') ?? []
    const chosen = { password: 'encore une autre phrase', again: 'encore une autre phrase' }
    expect((await new Browser(counter.app).send(path, path, chosen)).statusCode).toBe(303)
    const { id } = await counter.database.prisma.staff.findUniqueOrThrow({ where: { email } })
    await admin.send(pathOf(id), `${pathOf(id)}/link`, {})
    expect(letters).toHaveLength(2)
  })

  test('is refused in words for what cannot be, and makes nothing', async () => {
    const before = await counter.database.prisma.staff.count()
    const taken = (await staffOf(yaya.id)).email
    const wrong: Record<string, string>[] = [
      { name: '' },
      { name: 'x'.repeat(200) },
      { email: 'no address' },
      { email: taken },
      { roles: '' },
      { roles: 'emperor' },
      { office: counter.clock.id() },
      { supervisor: 'nobody' },
      { speaks: 'klingon' },
    ]
    for (const one of wrong) {
      const answer = await admin.send('/console/admin/staff', '/console/admin/staff', { ...fields, ...one })
      expect([one, answer.statusCode]).toEqual([one, 422])
      expect(answer.body).toContain('role="alert"')
    }
    expect(await counter.database.prisma.staff.count()).toBe(before)
  })

  test('shows hostile names as text', async () => {
    const name = '<img src=x onerror=alert(1)>'
    const email = `evil${round}@bureau.invalid`
    const answer = await admin.send('/console/admin/staff', '/console/admin/staff', {
      ...fields,
      name,
      email,
    })
    expect(answer.body).not.toContain('<img')
    expect(answer.body).toContain('&lt;img')
  })
})

describe('an account', () => {
  test('is changed: roles with their seats, supervisor, languages', async () => {
    const moussa = await named('Moussa', ['case_worker'])
    const answer = await edit(admin, moussa.id, {
      ...{ roles: ['assistant'], queues: ['followup', 'needs', 'information'] },
      ...{ speaks: ['fr', 'snk'], supervisor: yaya.id, sex: 'man' },
    })
    expect(answer.headers.location).toBe(`${pathOf(moussa.id)}?done=1`)
    const row = await staffOf(moussa.id)
    expect(row).toMatchObject({
      roles: ['assistant'],
      speaks: ['fr', 'snk'],
      supervisorId: yaya.id,
      sex: 'man',
    })
    expect(row.queues.map(({ queue }) => queue).toSorted()).toEqual([
      'identity',
      'information',
      'intake',
      'needs',
    ])
  })

  test('that comes to need a second factor loses its open sessions', async () => {
    const moussa = await named('Moussa', ['case_worker'])
    const theirs = await browserOf(counter, moussa)
    await edit(admin, moussa.id, { roles: ['case_worker', 'supervisor'] })
    expect((await theirs.get('/console/me')).statusCode).toBe(303)
  })

  test('is closed at once and opened again, but nobody closes their own, and one administrator stays', async () => {
    const moussa = await named('Moussa', ['case_worker'])
    const theirs = await browserOf(counter, moussa)
    await admin.send(pathOf(moussa.id), `${pathOf(moussa.id)}/close`, {})
    expect((await theirs.get('/console/me')).statusCode).toBe(303)
    expect(await staffOf(moussa.id)).toMatchObject({ active: false })
    await admin.send(pathOf(moussa.id), `${pathOf(moussa.id)}/open`, {})
    expect(await staffOf(moussa.id)).toMatchObject({ active: true, suspended: [] })
    const { _csrf = '' } = hiddenFields((await admin.get('/console/me')).body, '/console/me/password')
    expect((await admin.post(`${pathOf(yaya.id)}/close`, { _csrf })).statusCode).toBe(422)
    expect((await edit(admin, yaya.id, { roles: ['monitoring'] })).statusCode).toBe(422)
    expect(await staffOf(yaya.id)).toMatchObject({ active: true, roles: ['admin'] })
  })

  test('is no business of anybody but administrators; supervisors see who works here', async () => {
    const moussa = await named('Moussa', ['case_worker'])
    for (const role of ['supervisor', 'officer', 'protection'] as const) {
      const browser = await browserOf(counter, await named(role, [role]))
      const { _csrf = '' } = hiddenFields((await browser.get('/console/me')).body, '/console/me/password')
      const list = await browser.get('/console/admin/staff')
      expect([role, list.statusCode]).toEqual([role, role === 'supervisor' ? 200 : 404])
      expect(list.body).not.toContain(pathOf(moussa.id))
      expect((await browser.get(pathOf(moussa.id))).statusCode).toBe(404)
      for (const act of ['', '/link', '/factor', '/close', '/open']) {
        const answer = await browser.post(`${pathOf(moussa.id)}${act}`, { _csrf, name: 'x', roles: 'admin' })
        expect([role, act, answer.statusCode]).toEqual([role, act, 404])
      }
    }
    expect(await staffOf(moussa.id)).toMatchObject({ active: true, roles: ['case_worker'] })
  })
})

describe('what is guarded', () => {
  test('is given only when a holder agrees, who is told, and never twice', async () => {
    const nana = await named('Nana', ['protection'])
    const moussa = await named('Moussa', ['case_worker'])
    for (let n = 0; n < 2; n++) await edit(admin, moussa.id, { roles: ['case_worker', 'protection'] })
    expect(await waiting()).toMatchObject([{ kind: 'grant', guard: 'protection', staffId: moussa.id }])
    expect((await staffOf(moussa.id)).roles).toEqual(['case_worker'])
    const page = await (await browserOf(counter, nana)).get('/console/approvals')
    expect(page.body).toContain('donner le rôle « protection »')
    expect(page.body).toContain('Accords</span><span class="count count-late">1</span>')
    // On the road of duty, and once: that something waits, to whoever may decide it.
    const alerts = () =>
      counter.database.prisma.alert.findMany({ where: { endedAt: null }, include: { notices: true } })
    expect(await alerts()).toMatchObject([{ cause: 'approval', requestId: null }])
    const told = (await alerts()).flatMap(({ notices }) => notices.map(({ staffId, way }) => [staffId, way]))
    expect(told.toSorted()).toEqual(['console', 'email', 'telegram'].map((way) => [nana.id, way]))
    expect(page.body).toContain('Une décision vous attend')

    expect((await decide(yaya, 'yes')).statusCode).toBe(403)
    expect((await decide(moussa, 'yes')).statusCode).toBe(404)
    const [approval] = await waiting()
    expect((await decide(nana, 'yes')).statusCode).toBe(303)
    const row = await staffOf(moussa.id)
    expect(row.roles).toEqual(['case_worker', 'protection'])
    expect(row.queues.map(({ queue }) => queue)).toContain('protection')
    expect(await alerts()).toEqual([])
    expect((await decide(nana, 'no', approval?.id)).statusCode).toBe(409)
  })

  test('refused is not given', async () => {
    const nana = await named('Nana', ['psea'])
    const moussa = await named('Moussa', ['officer'])
    await edit(admin, moussa.id, { roles: ['officer'], queues: ['psea'] })
    expect(await waiting()).toMatchObject([{ kind: 'seat', guard: 'psea' }])
    expect((await decide(nana, 'no')).statusCode).toBe(303)
    expect((await staffOf(moussa.id)).queues.map(({ queue }) => queue)).not.toContain('psea')
  })

  test('takes a second administrator while nobody holds it and something was entrusted to us', async () => {
    await say(counter, { from: `awa${round}`, kind: 'protection.gbv', text: 'il me frappe' })
    const moussa = await named('Moussa', ['case_worker'])
    await edit(admin, moussa.id, { roles: ['case_worker', 'protection'] })
    expect((await admin.get('/console/approvals')).body).toContain('deuxième administrateur')
    const second = await named('Second', ['admin'])
    expect((await decide(second, 'yes')).statusCode).toBe(303)
    expect((await staffOf(moussa.id)).roles).toContain('protection')
  })

  test('is given at once by the only administrator of a new office', async () => {
    const moussa = await named('Moussa', ['case_worker'])
    await edit(admin, moussa.id, { roles: ['case_worker', 'data_protection'] })
    expect(await waiting()).toEqual([])
    expect((await staffOf(moussa.id)).roles).toContain('data_protection')
  })

  test('is not given to an account that nobody has opened', async () => {
    const nana = await named('Nana', ['psea'])
    const fields = { name: 'Fanta', email: `fanta${round}@bureau.invalid`, roles: 'psea', language: 'fr' }
    await admin.send('/console/admin/staff', '/console/admin/staff', fields)
    expect((await decide(nana, 'yes')).statusCode).toBe(403)
    expect(await waiting()).toHaveLength(1)
  })

  test('is closed to whoever got a fresh password, until another holder confirms', async () => {
    const nana = await named('Nana', ['psea'])
    const paul = await named('Paul', ['psea'])
    const sealed = await say(counter, {
      ...{ from: `awa${round}`, kind: 'complaint.sea', text: 'il a demandé' },
      holders: [nana.id, paul.id],
    })
    const theirs = await browserOf(counter, nana)
    expect((await theirs.get(sealed.path)).statusCode).toBe(200)
    const link = await admin.send(pathOf(nana.id), `${pathOf(nana.id)}/link`, {})
    expect(link.body).toContain('/invitation/')
    expect((await theirs.get(sealed.path)).statusCode).toBe(404)
    expect((await theirs.get('/console/me')).body).toContain('a été refait')
    expect((await decide(nana, 'yes')).statusCode).toBe(404)
    expect((await decide(yaya, 'yes')).statusCode).toBe(403)
    expect((await decide(paul, 'yes')).statusCode).toBe(303)
    expect((await theirs.get(sealed.path)).statusCode).toBe(200)
  })

  test('is not read by an administrator who gives themselves a role', async () => {
    const claire = await named('Claire', ['officer'])
    await edit(admin, yaya.id, { roles: ['admin', 'case_worker'] })
    expect((await staffOf(yaya.id)).roles).toEqual(['admin'])
    expect((await decide(claire, 'yes')).statusCode).toBe(303)
    expect((await staffOf(yaya.id)).roles).toEqual(['admin', 'case_worker'])
  })

  test('tells its holders of a closed account', async () => {
    const [nana, paul] = [await named('Nana', ['psea']), await named('Paul', ['psea'])]
    await admin.send(pathOf(nana.id), `${pathOf(nana.id)}/close`, {})
    expect((await (await browserOf(counter, paul)).get('/console/approvals')).body).toContain('compte fermé')
  })
})

describe('one’s own account', () => {
  const me = '/console/me'

  test('changes its password with the old one, and other sessions end', async () => {
    const moussa = await named('Moussa', ['case_worker'])
    const [here, there] = [await browserOf(counter, moussa), await browserOf(counter, moussa)]
    const wish = { password: 'une tout autre phrase', again: 'une tout autre phrase' }
    const wrong = await here.send(me, `${me}/password`, { ...wish, old: 'pas celui-ci' })
    expect(wrong.statusCode).toBe(422)
    expect((await here.send(me, `${me}/password`, { ...wish, old: password })).statusCode).toBe(303)
    expect((await here.get(me)).statusCode).toBe(200)
    expect((await there.get(me)).statusCode).toBe(303)
    const again = new Browser(counter.app)
    const signed = await again.send('/login', '/login', { email: moussa.email, password: wish.password })
    expect(signed.statusCode).toBe(303)
  })

  test('says which languages its owner speaks', async () => {
    const moussa = await named('Moussa', ['case_worker'])
    const browser = await browserOf(counter, moussa)
    const { _csrf = '' } = hiddenFields((await browser.get('/console/me')).body, '/console/me/speaks')
    const spoken = (...speaks: string[]) =>
      new URLSearchParams([['_csrf', _csrf], ...speaks.map((one) => ['speaks', one])])
    expect((await browser.post('/console/me/speaks', spoken('bm', 'snk'))).statusCode).toBe(303)
    expect((await staffOf(moussa.id)).speaks).toEqual(['bm', 'snk'])
    expect((await browser.get('/console/me')).body).toMatch(/value="snk" checked/)
    expect((await browser.post('/console/me/speaks', spoken('klingon'))).statusCode).toBe(422)
    expect((await staffOf(moussa.id)).speaks).toEqual(['bm', 'snk'])
    await browser.post('/console/me/speaks', spoken())
    expect((await staffOf(moussa.id)).speaks).toEqual([])
  })

  test('lists its sessions and ends each of them, and nobody else’s', async () => {
    const [moussa, issa] = [await named('Moussa', ['case_worker']), await named('Issa', ['case_worker'])]
    const here = await browserOf(counter, moussa)
    const agent = { 'user-agent': 'Mozilla/5.0 (X11) Gecko/20100101 Firefox/140.0' }
    const there = new Browser(counter.app)
    await there.send('/login', '/login', { email: moussa.email, password }, agent)
    const page = await here.get(me)
    expect(page.body).toContain('<strong>Firefox</strong>')
    expect(page.body).toContain('cet appareil')
    const theirs = await browserOf(counter, issa)
    const forged = await counter.database.prisma.signIn.findFirstOrThrow({ where: { staffId: issa.id } })
    const { _csrf = '' } = hiddenFields(page.body, `${me}/sessions/close`)
    const session = Buffer.from(forged.idHash).toString('base64url')
    await here.post(`${me}/sessions/close`, { _csrf, session })
    expect((await theirs.get(me)).statusCode).toBe(200)
    await here.send(me, `${me}/sessions/close`, {})
    expect((await there.get(me)).statusCode).toBe(303)
    expect((await here.get(me)).statusCode).toBe(200)
  })

  test('renews recovery codes and the second factor, each with the password', async () => {
    const moussa = await named('Moussa', ['case_worker'])
    const secret = makeSecret()
    const now = counter.clock.now()
    await keepFactor(counter.database, { staff: moussa.id, secret, step: 1, key: counter.clock.id() }, now)
    const here = await browserOf(counter, moussa)
    expect((await here.send(me, `${me}/recovery`, { old: 'faux' })).statusCode).toBe(422)
    const fresh = await here.send(me, `${me}/recovery`, { old: password })
    expect(fresh.body.match(/<li>[A-Z2-9]{4}-[A-Z2-9]{4}<\/li>/g)).toHaveLength(10)
    const { body } = await here.get(me)
    const fields = hiddenFields(body, `${me}/factor`)
    const code = await generate({ secret: fields['secret'] ?? '', epoch: Math.floor(now.getTime() / 1000) })
    const renewed = await here.post(`${me}/factor`, { ...fields, code, old: password })
    expect(renewed.statusCode).toBe(200)
    expect((await here.get(me)).statusCode).toBe(200)
    expect(await counter.database.prisma.secondFactor.count({ where: { staffId: moussa.id } })).toBe(1)
  })
})
