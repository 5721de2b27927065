/** Files that go with an answer: taken for what they are, refused with a sentence, never half. */
import { readdir } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Channel } from '../../src/channel/contract.ts'
import { makeDice } from '../../src/demo/dice.ts'
import { makePicture } from '../../src/demo/tones.ts'
import { makeOgg } from '../ogg.ts'
import {
  type Browser,
  browserOf,
  type Counter,
  hiddenFields,
  hire,
  makeCounter,
  type Opened,
  say,
} from './counter.ts'

let counter: Counter
let browser: Browser
let mariam: { id: string }
let request: Opened
beforeAll(async () => {
  counter = await makeCounter()
  mariam = await hire(counter, 'Mariam', ['case_worker', 'supervisor'])
  browser = await browserOf(counter, mariam)
})
afterAll(() => counter.close())
beforeEach(async () => {
  request = await say(counter, { from: counter.clock.id(), text: 'bonjour' })
})

const png = makePicture(makeDice('uploads'))
// A few hundred bytes that claim to be ten thousand million points.
const bomb = Buffer.from(png)
bomb.writeUInt32BE(100_000, 16)
bomb.writeUInt32BE(100_000, 20)
bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29)
const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])
const file = (name: string, bytes: Buffer, field = 'files') => ({ field, name, bytes })

type Files = Parameters<Browser['upload']>[2]
const action = () => `${request.path}/answer`
const form = async () => hiddenFields((await browser.get(request.path)).body, action())
const answer = async (files: Files, text = '') => browser.upload(action(), { ...(await form()), text }, files)
const sent = () =>
  counter.database.prisma.message.findMany({
    where: { requestId: request.id, staffId: mariam.id },
    orderBy: { position: 'asc' },
    include: { media: true },
  })
const onDisk = async () =>
  (await readdir(counter.mediaFolder, { recursive: true, withFileTypes: true })).filter((it) => it.isFile())
    .length

test('photos, documents and a voice note go out without scripts, each known for what it is', async () => {
  const files = [
    file('', makeOgg(4.4), 'voice'),
    file('photo.png', png),
    file('C:\\Users\\m\\Attestation n°1.pdf', pdf),
  ]
  expect((await answer(files, 'Voici.')).statusCode).toBe(303)
  const rows = await sent()
  expect(rows.map(({ kind, media: [one] }) => [kind, one?.mime, one?.seconds, one?.state])).toEqual([
    ['voice', 'audio/ogg', 4, 'stored'],
    ['photo', 'image/png', null, 'stored'],
    ['document', 'application/pdf', null, 'stored'],
  ])
  const { body } = await browser.get(request.path)
  expect(body).toContain('Attestation n°1.pdf')
  expect(body).not.toContain('Users')
  expect(body).toContain(`<img src="/console/media/${rows[1]?.media[0]?.id}?as=preview"`)
  expect(body).toContain('Voici.')
})

describe('a file that cannot go', () => {
  test.each([
    ['a program called a document', file('facture.pdf', program), 'facture.pdf » n’est pas un fichier'],
    ['a picture called a document', file('plan.pdf', png), 'plan.pdf » n’est pas ce que son nom dit'],
    ['a page', file('page.html', Buffer.from('<html><script>1</script></html>')), 'page.html'],
    ['a large photo', file('p.png', Buffer.concat([png, Buffer.alloc(6_000_000)])), '5 Mo au plus'],
    ['a far too large one', file('p.pdf', Buffer.concat([pdf, Buffer.alloc(12_000_000)])), '10 Mo au plus'],
    ['a picture that is cut off', file('p.png', png.subarray(0, 300)), 'abîmée ou démesurée'],
    ['a bomb of points', file('p.png', bomb), 'abîmée ou démesurée'],
    ['an endless voice note', file('v.ogg', makeOgg(200), 'voice'), '3 minutes au plus'],
    [
      'a voice that is none',
      file('v.ogg', Buffer.from('OggS and nothing'), 'voice'),
      'enregistrez-le encore',
    ],
  ])('%s is refused with a clear sentence, and what was written stays', async (_, one, sentence) => {
    const before = await onDisk()
    const refused = await answer([file('ok.pdf', pdf), one], 'Mon texte')
    expect(refused.statusCode).toBe(422)
    expect(plain(refused.body)).toContain(sentence)
    expect(refused.body).toContain('Mon texte</textarea>')
    expect(await sent()).toEqual([])
    expect(await onDisk()).toBe(before)
  })

  test('is one too many, or on a form without anything', async () => {
    const six = Array.from({ length: 6 }, (_, n) => file(`${n}.pdf`, pdf))
    expect(plain((await answer(six)).body)).toContain('5 fichiers au plus')
    expect((await answer([])).statusCode).toBe(422)
    expect((await answer([file('vide.pdf', Buffer.alloc(0))])).statusCode).toBe(422)
    expect(await sent()).toEqual([])
  })

  test('sends nothing when a colleague was faster, and leaves nothing on the disk', async () => {
    const other = await hire(counter, 'Moussa', ['case_worker'])
    const fields = await form()
    await counter.database.prisma.request.update({ where: { id: request.id }, data: { ownerId: other.id } })
    const before = await onDisk()
    expect((await browser.upload(action(), fields, [file('a.pdf', pdf)])).statusCode).toBe(409)
    expect(await sent()).toEqual([])
    expect(await onDisk()).toBe(before)
  })

  test('is one that broke off on its way', async () => {
    const broken = await browser.post(action(), await form(), {
      'content-type': 'multipart/form-data; boundary=x',
    })
    expect(broken.statusCode).toBe(422)
    expect(await sent()).toEqual([])
  })
})

test('a form sent twice sends its files once', async () => {
  const fields = await form()
  const before = await onDisk()
  const press = () => browser.upload(action(), { ...fields, text: '' }, [file('a.pdf', pdf)])
  expect((await press()).statusCode).toBe(303)
  expect((await press()).statusCode).toBe(303)
  expect(await sent()).toHaveLength(1)
  expect(await onDisk()).toBe(before + 1)
})

test('a field that only looks like a file is none', async () => {
  const fake = await browser.send(request.path, `${request.path}/answer`, {
    ...{ text: '', uploads: '[{"bytes":"x"}]', files: 'x' },
  })
  expect(fake.statusCode).toBe(422)
})

test('a channel that carries no file says so on the page, and is not sent one', async () => {
  const channels: Channel[] = []
  const small = await makeCounter({ channels })
  const abilities = { files: { photo: 1_000 } }
  // Only what a page asks of an account.
  channels.push({ id: small.channel, kind: 'telegram', abilities } as unknown as Channel)
  try {
    const staff = await hire(small, 'Awa', ['case_worker'])
    const opened = await say(small, { from: 'issa', text: 'bonjour' })
    const there = await browserOf(small, staff)
    const { body } = await there.get(opened.path)
    expect(body).toContain('ne porte pas de note vocale')
    const to = `${opened.path}/answer`
    const refused = await there.upload(to, { ...hiddenFields(body, to), text: '' }, [file('a.pdf', pdf)])
    expect([refused.statusCode, plain(refused.body).includes('ne peut pas porter ce fichier')]).toEqual([
      422,
      true,
    ])
    expect(await small.database.prisma.message.count({ where: { staffId: staff.id } })).toBe(0)
  } finally {
    await small.close()
  }
})

function plain(html: string): string {
  return html.replaceAll('&quot;', '"').replaceAll("'", '’').replaceAll('&#39;', '’')
}
