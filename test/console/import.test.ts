/** A caseload taken in through the console: the file, its columns, the run, and what of it needs a second look. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importingAlone } from '../../src/store/import-lock.ts'
import type { Browser } from './counter.ts'
import { browserOf, type Counter, hiddenFields, hire, makeCounter } from './counter.ts'

let counter: Counter
let supervisor: Browser
let token: string
beforeAll(async () => {
  counter = await makeCounter()
  supervisor = await browserOf(counter, await hire(counter, 'Salif', ['supervisor']))
  token = hiddenFields((await supervisor.get('/console/import')).body, '/console/import')['_csrf'] ?? ''
})
afterAll(() => counter.close())

const gens = 'Dossier;Nom;Téléphone;Remarque\nML-1;<b>Awa</b> Traoré;76123456;x\nML-2;Issa Maïga;12;=1+1\n'

/** Brings a file as a browser does. */
async function bring(browser: Browser, name: string, content: string | Buffer, csrf = token) {
  const edge = 'baro-edge'
  const part = (head: string, body: string | Buffer) =>
    Buffer.concat([
      Buffer.from(`--${edge}\r\ncontent-disposition: form-data; ${head}\r\n\r\n`),
      Buffer.from(body),
      Buffer.from('\r\n'),
    ])
  const payload = Buffer.concat([
    part('name="_csrf"', csrf),
    part(`name="file"; filename="${name}"\r\ncontent-type: application/octet-stream`, content),
    Buffer.from(`--${edge}--\r\n`),
  ])
  const cookie = [...browser.cookies].map(([key, value]) => `${key}=${value}`).join('; ')
  const headers = { cookie, 'content-type': `multipart/form-data; boundary=${edge}` }
  return counter.app.inject({ method: 'POST', url: '/console/import', payload, headers })
}

/** Waits until the run at this address has ended. */
async function ended(browser: Browser, path: string): Promise<string> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { body } = await browser.get(path)
    if (!body.includes('hx-trigger="every 2s"')) return body
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error('the run does not end')
}

test('a file is shown with columns that were guessed, taken in the background, and forgotten', async () => {
  const sent = await bring(supervisor, 'gens.csv', gens)
  expect(sent.statusCode).toBe(303)
  const path = String(sent.headers.location)
  const page = await supervisor.get(path)
  expect(page.body).toContain('&lt;b>Awa&lt;/b> Traoré')
  const chosen = [...page.body.matchAll(/<option[^>]*value="(\w+)"[^>]* selected/g)].map(([, value]) => value)
  expect(chosen).toEqual(['case_number', 'name', 'phone'])
  // Looking takes nobody.
  expect(await counter.database.prisma.person.count()).toBe(0)

  const columns = { c0: 'case_number', c1: 'name', c2: 'phone', c3: '' }
  expect((await supervisor.send(path, `${path}/start`, columns)).statusCode).toBe(303)
  const done = await ended(supervisor, path)
  expect(done).toContain("L'import est terminé")
  expect(done).toContain("Aucun pays n'a un tel numéro.")
  expect(await counter.database.prisma.person.count()).toBe(1)
  const row = await counter.database.prisma.caseloadImport.findFirstOrThrow()
  expect([row.state, row.fileEnc]).toEqual(['done', null])

  const report = await supervisor.get(`${path}/report.csv`)
  expect(report.headers['content-type']).toContain('text/csv')
  expect(report.body).toContain('3;refusée;Téléphone;')
})

test('what a report repeats is never a formula for the next spreadsheet', async () => {
  const sent = await bring(supervisor, 'gens.csv', 'Dossier;Nom;Tel\nML-50;Awa;=cmd|x\n')
  const path = String(sent.headers.location)
  await supervisor.send(path, `${path}/start`, { c0: 'case_number', c1: 'name', c2: 'phone' })
  await ended(supervisor, path)
  expect((await supervisor.get(`${path}/report.csv`)).body).toContain("'=cmd|x")
})

test('a file that is none is refused in words, and nothing of it is kept', async () => {
  const before = await counter.database.prisma.caseloadImport.count()
  for (const [name, content] of [
    ['gens.xlsx', 'Dossier;Nom'],
    ['gens.csv', Buffer.from('PK\x03\x04rest')],
    ['gens.csv', ''],
    ['gens.exe', 'MZ'],
    ['gens.csv', Buffer.alloc(11 * 1024 * 1024, 'a')],
  ] as const) {
    const answer = await bring(supervisor, name, content)
    expect([name, answer.statusCode]).toEqual([name, 422])
    expect(answer.body).toContain('role="alert"')
  }
  expect(await counter.database.prisma.caseloadImport.count()).toBe(before)
})

test('columns that contradict each other are asked again, as they were chosen', async () => {
  const path = String((await bring(supervisor, 'gens.csv', gens)).headers.location)
  const twice = await supervisor.send(path, `${path}/start`, { c0: 'name', c1: 'name' })
  expect([twice.statusCode, twice.body.includes('Deux colonnes portent la même chose')]).toEqual([422, true])
  const none = await supervisor.send(path, `${path}/start`, { c1: 'name', c3: 'region' })
  expect(none.statusCode).toBe(422)
  const chosen = [...none.body.matchAll(/<option[^>]*value="(\w+)"[^>]* selected/g)].map(([, value]) => value)
  expect(chosen).toEqual(['name', 'region'])
  expect((await supervisor.send(path, `${path}/discard`, {})).statusCode).toBe(303)
  expect((await supervisor.get(path)).statusCode).toBe(404)
})

test('a table is its bringer’s alone, and most roles have no such page', async () => {
  const path = String((await bring(supervisor, 'gens.csv', gens)).headers.location)
  const officer = await browserOf(counter, await hire(counter, 'Oumou', ['officer']))
  expect((await officer.get(path)).statusCode).toBe(404)
  expect((await officer.get('/console/import')).statusCode).toBe(200)
  for (const role of ['case_worker', 'admin', 'monitoring', 'protection'] as const) {
    const other = await browserOf(counter, await hire(counter, role, [role]))
    expect([role, (await other.get('/console/import')).statusCode]).toEqual([role, 404])
  }
  expect((await bring(supervisor, 'gens.csv', gens, 'made up')).statusCode).toBe(403)
})

test('while another table is taken in this one waits, and goes on afterwards', async () => {
  const path = String((await bring(supervisor, 'gens.csv', 'Dossier;Nom\nML-80;Awa\n')).headers.location)
  const columns = { c0: 'case_number', c1: 'name' }
  await importingAlone(counter.database.pool, async () => {
    await supervisor.send(path, `${path}/start`, columns)
    expect(await ended(supervisor, path)).toContain('Un autre import est en cours')
  })
  await supervisor.send(path, `${path}/start`, {})
  expect(await ended(supervisor, path)).toContain("L'import est terminé")
})

test('a run that went silent may be started again, and takes nobody twice', async () => {
  const path = String((await bring(supervisor, 'gens.csv', 'Dossier;Nom\nML-90;Awa\n')).headers.location)
  const id = path.split('/').at(-1) ?? ''
  const { prisma } = counter.database
  const long = new Date(counter.clock.now().getTime() - 120_000)
  await prisma.caseloadImport.update({
    where: { id },
    data: { state: 'running', mapping: { case_number: 0, name: 1 }, seenAt: long },
  })
  const stalled = await supervisor.get(path)
  expect(stalled.body).toContain("L'import s'est arrêté en route")
  const before = await prisma.person.count()
  expect((await supervisor.send(path, `${path}/start`, {})).statusCode).toBe(303)
  await ended(supervisor, path)
  expect(await prisma.person.count()).toBe(before + 1)
  expect(counter.errors).toEqual([])
})
