/** What staff send is looked at as well: what is dangerous goes nowhere, and so does what nobody could look at. */
import { readdir } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeDice } from '../../src/demo/dice.ts'
import { makePicture } from '../../src/demo/tones.ts'
import { makeScanner } from '../../src/job/virus-scan.ts'
import { createCampaign, loadCampaign } from '../../src/store/campaign.ts'
import { startClamd } from '../clamd.ts'
import { makeOgg } from '../ogg.ts'
import { type Browser, browserOf, type Counter, hiddenFields, hire, makeCounter, say } from './counter.ts'

const picture = makePicture(makeDice('scan'))
const voice = makeOgg(3)
const pdf = (text: string) =>
  Buffer.from(`%PDF-1.7\n% ${text}\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n`)
const found = () => 'stream: Eicar-Test FOUND'

let scanner: ReturnType<typeof makeScanner>
let counter: Counter
let officer: Browser
beforeEach(async () => {
  // Whichever daemon the test has started.
  counter = await makeCounter({ scanner: { scan: (bytes) => scanner.scan(bytes) } })
  officer = await browserOf(counter, await hire(counter, 'Oumou', ['officer', 'case_worker']))
})
afterEach(() => counter.close())

type File = { readonly field: string; readonly name: string; readonly bytes: Buffer }
async function give(
  page: string,
  action: string,
  files: readonly File[],
  fields: Record<string, string> = {},
) {
  const form = hiddenFields((await officer.get(page)).body, action)
  return officer.upload(action, { ...form, ...fields }, files)
}
async function answer(files: readonly File[]) {
  const { path } = await say(counter, { from: 'issa', text: 'bonjour' })
  return give(path, `${path}/answer`, files, { text: 'Mon texte' })
}
const sent = () => counter.database.prisma.message.count({ where: { staffId: { not: null } } })
const onDisk = async () => (await readdir(counter.mediaFolder, { recursive: true })).length
const plain = (html: string) => html.replaceAll('&#39;', '’').replaceAll("'", '’')

describe('a file that goes with an answer', () => {
  test('goes out when it is clean, and the bytes that were looked at are those that came', async () => {
    const seen: Buffer[] = []
    scanner = makeScanner(await startClamd((bytes) => (seen.push(bytes) ? 'stream: OK' : '')))
    const files = [pdf('un'), picture].map((bytes, n) => ({
      field: 'files',
      name: n ? 'p.png' : 'a.pdf',
      bytes,
    }))
    expect((await answer(files)).statusCode).toBe(303)
    expect(await sent()).toBe(2)
    expect(new Set(seen.map((one) => one.toString('hex')))).toEqual(
      new Set(files.map(({ bytes }) => bytes.toString('hex'))),
    )
  })

  test('in which something is found stops the whole answer: nothing is kept, and the words stay', async () => {
    const bad = pdf('deux')
    scanner = makeScanner(await startClamd((bytes) => (bytes.equals(bad) ? found() : 'stream: OK')))
    const refused = await answer([
      { field: 'files', name: 'ok.pdf', bytes: pdf('un') },
      { field: 'files', name: 'facture.pdf', bytes: bad },
    ])
    expect(refused.statusCode).toBe(422)
    expect(plain(refused.body)).toContain('facture.pdf » n’est pas parti : l’antivirus y a trouvé')
    expect(refused.body).toContain('Mon texte</textarea>')
    expect([await sent(), await onDisk()]).toEqual([0, 0])
  })

  test.each([
    ['nobody listens', undefined],
    ['the scanner gives up', () => 'INSTREAM size limit exceeded. ERROR'],
  ])('is not sent unseen while %s, and whoever runs it hears so', async (_, says) => {
    scanner = makeScanner(says ? await startClamd(says) : '/nowhere/clamd.sock')
    const refused = await answer([{ field: 'voice', name: '', bytes: voice }])
    expect(refused.statusCode).toBe(422)
    expect(plain(refused.body)).toContain('l’antivirus ne répond pas. Rien n’est parti')
    expect([await sent(), await onDisk()]).toEqual([0, 0])
    expect(counter.errors).toMatchObject([{ code: 'media:unscanned' }])
  })
})

test('the recording of a sentence and the files of a campaign are looked at too', async () => {
  scanner = makeScanner(await startClamd(found))
  const { clock, database } = counter
  const studio = '/console/studio/help.what'
  const recorded = await give(`${studio}?language=fr`, `${studio}/clip`, [
    { field: 'voice', name: '', bytes: voice },
  ])
  expect([recorded.statusCode, plain(recorded.body).includes('l’antivirus y a trouvé')]).toEqual([422, true])
  expect(await database.prisma.clip.count()).toBe(0)

  const id = clock.id()
  await createCampaign(database.prisma, {
    ...{ id, form: clock.id(), writer: clock.id(), at: clock.now() },
    content: { name: 'Kits', texts: { fr: { text: 'Bonjour' } } },
  })
  const media = `/console/campaigns/${id}/media`
  const kinds = [
    ['clip', 'voix.ogg', voice],
    ['picture', 'p.png', picture],
  ] as const
  for (const [action, name, bytes] of kinds) {
    const refused = await give(media, `${media}/${action}`, [{ field: 'file', name, bytes }], {
      language: 'fr',
    })
    expect([refused.statusCode, plain(refused.body).includes('l’antivirus y a trouvé')]).toEqual([422, true])
  }
  expect((await loadCampaign(database.prisma, id)).campaign.picture).toBeUndefined()
  expect(await database.prisma.campaignFile.count()).toBe(0)
})

test('so are tables: a caseload, and the numbers of a list', async () => {
  scanner = makeScanner(await startClamd(found))
  const table = { field: 'file', name: 'gens.csv', bytes: Buffer.from('case_number\nML-TEST-1\n') }
  const bring = async (page: string, fields: Record<string, string> = {}) => {
    const form = hiddenFields((await officer.get(page)).body, page)
    const refused = await officer.upload(page, { ...form, ...fields }, [table])
    return [refused.statusCode, plain(refused.body).includes('gens.csv » n’est pas parti')]
  }
  expect(await bring('/console/import')).toEqual([422, true])
  expect(await bring('/console/campaigns/lists', { name: 'Kits' })).toEqual([422, true])
  const { prisma } = counter.database
  expect([await prisma.caseloadImport.count(), await prisma.caseList.count()]).toEqual([0, 0])
})
