/** Reaching people from the console: the desk at the door, a first word, tries, invitation cards. */
import jsqr from 'jsqr'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCardCode } from '../../src/core/card.ts'
import { readReference } from '../../src/core/reference.ts'
import { type Browser, browserOf, type Counter, hire, makeClock, makeCounter } from './counter.ts'

let counter: Counter
let browser: Browser
let officer: Browser
let guard: Browser
let workerId: string
const clock = makeClock(new Date('2026-11-23T10:00:00Z'))
beforeAll(async () => {
  counter = await makeCounter({}, clock)
  const worker = await hire(counter, 'Mariam', ['case_worker'])
  workerId = worker.id
  browser = await browserOf(counter, worker)
  officer = await browserOf(counter, await hire(counter, 'Oumou', ['officer']))
  guard = await browserOf(counter, await hire(counter, 'Kadiatou', ['protection']))
})
afterAll(() => counter.close())

/** The package's types name its default twice. */
const decode = jsqr as unknown as typeof jsqr.default
const here = '/console/reception'
const given = {
  ...{ name: 'Awa <b>Test</b>', phone: '76 12 34 56', place: 'Kayes', language: 'bm', consent: 'given' },
  ...{ how: 'came', kind: 'request.info', category: '', urgency: '', text: 'où est mon kit ?' },
}

/** The reference on a slip. */
const referenceOn = (html: string) => readReference(/class="code">([\d-]+)</.exec(html)?.[1] ?? '') ?? ''

/** Puts somebody new on record; gives their id. */
async function receive(
  fields: Partial<typeof given> = {},
): Promise<{ reference: string; person: string | null }> {
  // Everybody here shares a phone, and each is somebody else.
  const slip = await browser.send(here, here, { ...given, other: 'yes', ...fields })
  expect(slip.statusCode).toBe(200)
  const reference = referenceOn(slip.body)
  const row = await counter.database.prisma.request.findUniqueOrThrow({ where: { reference } })
  return { reference, person: row.personId }
}

test('somebody who came is put on record with consent heard by staff, and takes a reference home', async () => {
  const { reference, person } = await receive()
  const { prisma } = counter.database
  const row = await prisma.request.findUniqueOrThrow({ where: { reference }, include: { person: true } })
  expect(row).toMatchObject({ kind: 'request.info', cause: 'staff', state: 'open', region: 'ml-kayes' })
  const consent = await prisma.consent.findFirstOrThrow({ where: { personId: person } })
  expect(consent).toMatchObject({ answer: 'given', medium: 'staff', staffId: workerId, addressId: null })
  expect(consent.wording).toMatch(/^[0-9a-f]{12}$/)
  const page = await browser.get(`/console/people/${person}`)
  expect(page.body).toContain('Awa &lt;b>Test')
  const thread = await browser.get(`/console/requests/${reference}`)
  expect(thread.body).toContain('où est mon kit ?')
  expect(thread.body).toContain('Venue au bureau')
})

test('a form sent twice opens one request and gives the same reference', async () => {
  const { body } = await browser.get(here)
  const hidden = Object.fromEntries(
    [...body.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  ) as Record<string, string>
  const before = await counter.database.prisma.request.count()
  const [one, two] = [
    await browser.post(here, { ...hidden, ...given, other: 'yes' }),
    await browser.post(here, { ...hidden, ...given, other: 'yes' }),
  ]
  expect(referenceOn(one.body)).toBe(referenceOn(two.body))
  expect(await counter.database.prisma.request.count()).toBe(before + 1)
})

test('whoever refuses is heard without a name, and what they said can be read by those in charge alone', async () => {
  const { prisma } = counter.database
  const people = await prisma.person.count()
  const { reference, person } = await receive({
    consent: 'refused',
    kind: 'complaint.service',
    text: 'le kit est cassé',
  })
  expect(person).toBeNull()
  expect(await prisma.person.count()).toBe(people)
  expect((await officer.get(`/console/requests/${reference}`)).body).toContain('le kit est cassé')
})

test('a matter of protection goes to its holders, and whoever wrote it down does not find it again', async () => {
  const { reference } = await receive({ kind: 'protection.gbv', text: 'il me frappe' })
  expect((await browser.get(`/console/requests/${reference}`)).statusCode).toBe(404)
  const held = await guard.get(`/console/requests/${reference}`)
  expect([held.statusCode, held.body.includes('il me frappe')]).toEqual([200, true])
  const { prisma } = counter.database
  expect(await prisma.request.findUniqueOrThrow({ where: { reference } })).toMatchObject({
    ...{ visibility: 'sealed', priority: 0, queue: 'protection' },
  })
})

test('what is missing is asked for in words, and what was typed stays', async () => {
  for (const [fields, sentence] of [
    [{ text: ' ' }, 'Écrivez ce que la personne dit'],
    [{ text: 'x'.repeat(100_000) }, 'value="Awa'],
    [{ phone: '12' }, 'Aucun pays'],
    [{ name: '' }, 'Écrivez le nom'],
    [{ kind: 'request.need' }, 'de quel besoin'],
    [{ kind: 'unclear' }, 'role="alert"'],
  ] as const) {
    const answer = await browser.send(here, here, { ...given, ...fields })
    expect([answer.statusCode, answer.body.includes(sentence)]).toEqual([422, true])
  }
})

test('a phone that somebody known has is shown with that person before anybody new is made of it', async () => {
  const { person } = await receive()
  const asked = await browser.send(here, here, given)
  expect(asked.statusCode).toBe(422)
  expect(asked.body).toContain('Une personne connue a ce numéro')
  expect(asked.body).toMatch(/href="\/console\/reception\?person=[0-9a-f-]+"/)
  const known = await browser.get(`${here}?person=${person}`)
  expect(known.body).toContain('Awa &lt;b>Test')
  const slip = await browser.send(`${here}?person=${person}`, here, {
    ...{ language: 'bm', consent: 'known', how: 'called', kind: 'request.followup', text: 'et ma visite ?' },
  })
  const row = await counter.database.prisma.request.findUniqueOrThrow({
    where: { reference: referenceOn(slip.body) },
  })
  expect(row.personId).toBe(person)
})

test('a need told at the desk is a need like any other', async () => {
  const { reference } = await receive({ kind: 'request.need', category: 'health', urgency: 'today' })
  const row = await counter.database.prisma.request.findUniqueOrThrow({
    where: { reference },
    include: { needs: true },
  })
  expect([row.priority, row.needs[0]?.category]).toEqual([1, 'health'])
})

test('tries on different days are counted until somebody is reached', async () => {
  const { person } = await receive()
  const page = `/console/people/${person}/reach`
  const attempt = (when: string, reached = 'no') =>
    browser.send(page, `${page}/attempt`, { way: 'call', reached, when, note: 'pas de réponse' })
  for (const when of ['2026-11-20T09:00', '2026-11-20T15:00', '2026-11-21T09:00'])
    expect((await attempt(when)).statusCode).toBe(303)
  expect((await browser.get(page)).body).toContain("2 jours d'essai sans réponse, sur 3")
  await attempt('')
  expect((await browser.get(page)).body).toContain("3 jours d'essai sans réponse : une visite")
  await attempt('', 'yes')
  expect((await browser.get(page)).body).not.toContain("jours d'essai")
  for (const wrong of ['2031-01-01T00:00', '2020-01-01T00:00', 'hier'])
    expect((await attempt(wrong)).statusCode).toBe(422)
})

test('a card is printed once, with codes that open an app with the number typed in', async () => {
  await officer.send('/console/cards', '/console/cards/doors', {
    telegram: '@BaroBot',
    whatsapp: '+223 70 00 00 01',
  })
  const { person } = await receive()
  const page = `/console/people/${person}/reach`
  const printed = await browser.send(page, `/console/people/${person}/card`, {})
  expect(printed.statusCode).toBe(200)
  const code = readCardCode(/class="code">([\d ]+)</.exec(printed.body)?.[1] ?? '')
  expect(code).toBeDefined()
  expect(qrTexts(printed.body)).toEqual([
    `https://wa.me/22370000001?text=${code}`,
    `https://t.me/BaroBot?start=${code}`,
  ])
  // Nothing that tells a finder what it is about.
  const slip = /<section class="slip invitation">(.*?)<\/section>/s.exec(printed.body)?.[1] ?? ''
  expect(slip).not.toMatch(/OIM|IOM|Baro<|retour|dossier|Awa/)
  const list = await browser.get('/console/cards')
  expect(list.body).toContain('pas encore utilisée')
  expect(list.body).not.toContain(code)
  expect((await guard.get(page)).statusCode).toBe(404)
})

test('nobody is written to first without an address and consent', async () => {
  const { person } = await receive()
  const page = `/console/people/${person}/reach`
  const { prisma } = counter.database
  expect((await browser.get(page)).body).toContain('ne nous a jamais écrit')
  const { letIn } = await import('../store/turns.ts')
  const met = await letIn(counter.database, counter.channel, 'reach-awa', 1)
  const address = met.standing.address.id
  await prisma.personAddress.create({
    data: { personId: person ?? '', addressId: address, since: clock.now() },
  })
  const write = (text: string) =>
    browser.send(page, `${page}/word`, { address, kind: 'request.followup', text })
  const before = await prisma.request.count()
  expect((await write(' ')).statusCode).toBe(422)
  expect((await write('Bonjour, votre visite est jeudi.')).statusCode).toBe(303)
  const request = await prisma.request.findFirstOrThrow({ orderBy: { id: 'desc' } })
  expect(request).toMatchObject({
    ...{ kind: 'request.followup', cause: 'staff', state: 'answered', ownerId: workerId, addressId: address },
  })
  expect(counter.outgoing).toContain(address)
  const said = await prisma.message.findFirstOrThrow({ where: { requestId: request.id } })
  expect([said.direction, said.state, said.staffId]).toEqual(['out', 'queued', workerId])

  for (const [data, why] of [
    [{ stopped: 'all' }, 'ne veut plus de messages'],
    [{ stopped: 'no', state: 'blocked' }, 'a bloqué ce canal'],
  ] as const) {
    const open = await browser.get(page)
    await prisma.address.update({ where: { id: address }, data })
    const answer = await browser.post(`${page}/word`, {
      ...fieldsOf(open.body),
      ...{ address, kind: 'request.info', text: 'encore' },
    })
    expect([answer.statusCode, answer.body.includes(why), answer.body.includes('encore')]).toEqual([
      409,
      true,
      why.startsWith('a bloqué') ? false : answer.body.includes('encore'),
    ])
  }
  expect(await prisma.request.count()).toBe(before + 1)
  expect(counter.errors).toEqual([])
})

function fieldsOf(html: string): Record<string, string> {
  return Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="(_csrf|once)" value="([^"]*)"/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  ) as Record<string, string>
}

/** What the codes on a page say, read from their paths as a camera would. */
function qrTexts(html: string): (string | undefined)[] {
  return [...html.matchAll(/viewBox="0 0 (\d+) \d+".*?<path class="qr-ink" d="([^"]+)"/gs)].map(
    ([, size = '0', path = '']) => {
      const scale = 4
      const width = Number(size) * scale
      const pixels = new Uint8ClampedArray(width * width * 4).fill(255)
      for (const [, x = '0', y = '0'] of path.matchAll(/M(\d+) (\d+)h/g)) {
        for (let at = 0; at < scale * scale; at += 1) {
          const place =
            (Number(y) * scale + Math.floor(at / scale)) * width + Number(x) * scale + (at % scale)
          pixels.fill(0, place * 4, place * 4 + 3)
        }
      }
      return decode(pixels, width, width)?.data
    },
  )
}
