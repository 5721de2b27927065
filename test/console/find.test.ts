/** Finding people, requests and messages at the counter: by whatever somebody knows, and never what is not theirs. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keepAllWords } from '../../src/job/keep-words.ts'
import { type Browser, browserOf, type Counter, hire, makeCounter, type Opened, say } from './counter.ts'
import { meet } from './people.ts'

let counter: Counter
let officer: Browser
let worker: Browser
let outsider: Browser
let holder: Browser
let monitor: Browser
let djeneba: string
let pump: Opened
let secret: Opened

beforeAll(async () => {
  counter = await makeCounter()
  const moussa = await hire(counter, 'Moussa', ['case_worker'])
  const guard = await hire(counter, 'Kadiatou', ['protection'])
  officer = await browserOf(counter, await hire(counter, 'Awa', ['officer']))
  worker = await browserOf(counter, moussa)
  outsider = await browserOf(counter, await hire(counter, 'Issa', ['data_protection']))
  holder = await browserOf(counter, guard)
  monitor = await browserOf(counter, await hire(counter, 'Mo', ['monitoring']))
  djeneba = await meet(counter, {
    ...{ name: 'Traoré Djénéba', phone: '+22370000042', caseNumber: 'ML-TEST-042', owner: moussa.id },
  })
  await meet(counter, { name: 'Traoré Sékou <b>x</b>', phone: '+22370000142', caseNumber: 'ML-TEST-142' })
  pump = await say(counter, {
    ...{ from: 'awa', kind: 'complaint.service', text: "La pompe du quartier n'est pas réparée" },
    reply: [],
  })
  secret = await say(counter, {
    ...{ from: 'bintou', kind: 'protection.gbv', text: 'il a cassé la pompe et il me frappe' },
    ...{ holders: [guard.id], reply: [] },
  })
  await keepAllWords({ ...counter.database, clock: counter.clock })
})
afterAll(() => counter.close())

async function find(browser: Browser, sought: string) {
  const { body } = await browser.get('/console/find')
  const token = /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? ''
  const answer = await browser.post('/console/find', { _csrf: token, sought })
  expect(answer.statusCode).toBe(303)
  const to = String(answer.headers.location)
  return { to, body: to.startsWith('/console/find') ? (await browser.get(to)).body : '' }
}

describe('a person is found', () => {
  test.each([
    'Djénéba Traoré',
    'jeneba tarawele',
    'TARAWELE Jɛnɛba',
    'Traoré Djénéba Kayes',
    '70 00 00 42',
    '+223 70000042',
    '0042',
    'ml-test-042',
  ])('by %s', async (sought) => {
    const { body } = await find(officer, sought)
    expect(body).toContain(`/console/people/${djeneba}"`)
  })

  test('not by the end of another number', async () => {
    expect((await find(officer, '1042')).body).not.toContain('/console/people/')
  })

  test('with their name as it was given, whatever signs are in it', async () => {
    const { body } = await find(officer, 'Sékou')
    expect(body).toContain('Traoré Sékou &lt;b>x&lt;/b>')
  })

  test('by nobody who may not see them, and by those who follow them', async () => {
    for (const sought of ['Djénéba Traoré', '0042', 'ML-TEST-042', '70000042']) {
      expect((await find(worker, sought)).body).toContain(djeneba)
      expect((await find(outsider, sought)).body).not.toContain(djeneba)
      expect((await find(monitor, sought)).body).not.toContain(djeneba)
    }
    expect((await find(worker, 'Sékou Traoré')).body).not.toContain('Sékou &lt;')
  })
})

describe('a message is found by its words', () => {
  test('whatever their spelling, marked, with its request', async () => {
    const { body } = await find(officer, 'POMPE repares')
    expect(body).not.toContain(pump.path)
    const found = await find(officer, 'Réparée pompe')
    expect(found.body).toContain('La <mark>pompe</mark> du quartier')
    expect(found.body).toContain(`${pump.path}#item-`)
  })

  test('of a sealed matter by nobody, not even by those who hold it', async () => {
    expect((await find(officer, 'pompe frappe')).body).not.toContain(secret.path)
    expect((await find(officer, 'frappe')).body).not.toContain('<mark>')
    expect((await find(holder, 'pompe frappe')).body).not.toContain(secret.path)
    expect((await find(holder, 'réparée')).body).not.toContain(pump.path)
  })

  test('and what is hidden is answered as what is not there', async () => {
    const hidden = (await find(officer, 'frappe')).body
    const absent = (await find(officer, 'absent')).body
    const bare = (html: string) => html.replace(/value="[^"]*"/g, '').replace(/frappe|absent/g, '')
    expect(bare(hidden)).toBe(bare(absent))
  })
})

describe('a search', () => {
  test('for a reference goes straight there, and for a hidden one finds nothing', async () => {
    expect((await find(officer, pump.reference)).to).toBe(pump.path)
    const hidden = await find(officer, secret.reference)
    expect(hidden.body).toContain('Rien de trouvé')
  })

  test('shows nothing of what was typed in its address, and reads no address made for another', async () => {
    const { to } = await find(officer, 'Djénéba Traoré')
    // Longer words only: two letters stand in a sealed address by chance.
    expect(to).not.toMatch(/traor|djen|dj%C3/i)
    expect(Buffer.from(to.split('=')[1] ?? '', 'base64url').toString('latin1')).not.toMatch(/traor/i)
    expect((await worker.get(to)).body).not.toContain(djeneba)
    expect((await officer.get('/console/find?for=AAAA')).statusCode).toBe(200)
    expect((await officer.get(`/console/find?for=${'A'.repeat(4_000)}`)).statusCode).toBe(200)
  })

  test('with hostile or endless words is answered calmly', async () => {
    for (const sought of ["'; drop table person; --", '%', '\u0000', '<script>', 'é'.repeat(100_000), '😀']) {
      const { body } = await find(officer, sought)
      expect(body).not.toContain('<script>alert')
    }
    expect(counter.errors).toEqual([])
  })
})

test('the keys by which people are found cannot be read', async () => {
  const { rows } = await counter.database.pool.query('select word::text from person_word')
  expect(rows.length).toBeGreaterThan(4)
  expect(JSON.stringify(rows)).not.toMatch(/[a-z]{4}[a-z]*o?re/)
})
