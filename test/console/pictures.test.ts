/** Photos at the counter: shown as pictures made anew, saved as they came, and never a danger to whoever looks. */
import { readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeDice } from '../../src/demo/dice.ts'
import { makePicture } from '../../src/demo/tones.ts'
import { storeMedia, sweepMedia } from '../../src/store/media.ts'
import { makeOggOf } from '../ogg.ts'
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
let photo: Buffer
beforeAll(async () => {
  counter = await makeCounter()
  browser = await browserOf(counter, await hire(counter, 'Mariam', ['case_worker', 'supervisor']))
  photo = await sharp(makePicture(makeDice('exif')))
    .resize(2400, 1600, { fit: 'fill' })
    .jpeg()
    // Taken with the phone on its side, at a place.
    .withExif({ IFD0: { Make: 'Telefon' }, IFD3: { GPSLatitude: '12/1 38/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .toBuffer()
})
afterAll(() => counter.close())

/** Somebody sends this file; gives the request and the address of the file. */
async function sent(
  kind: 'photo' | 'voice',
  bytes: Buffer,
): Promise<{ request: Opened; id: string; path: string }> {
  const file = { kind, handle: 'h', ...(kind === 'voice' ? { seconds: 3 } : {}) }
  const request = await say(counter, { from: counter.clock.id(), content: { kind: 'file', file } })
  const { id } = await counter.database.prisma.media.findFirstOrThrow({
    where: { message: { requestId: request.id } },
  })
  await storeMedia(counter.database, counter.mediaFolder, id, {
    bytes,
    mime: kind === 'photo' ? 'image/jpeg' : 'audio/ogg',
  })
  return { request, id, path: `/console/media/${id}` }
}
const open = async (path: string) => {
  const { location = '' } = (await browser.get(path)).headers
  return browser.get(String(location))
}

test('a photo is shown upright and small, without where and with what it was taken; the original is saved', async () => {
  const { path } = await sent('photo', photo)
  for (const [as, most] of [
    ['preview', 480],
    ['whole', 1600],
  ] as const) {
    const shown = await open(`${path}?as=${as}`)
    expect([shown.headers['content-type'], shown.headers['content-disposition']]).toEqual([
      'image/jpeg',
      'inline',
    ])
    const { width = 0, height = 0, exif } = await sharp(shown.rawPayload).metadata()
    expect([height, exif]).toEqual([most, undefined])
    expect(width).toBeLessThan(height)
    // The second look is at what the first has made.
    expect((await open(`${path}?as=${as}`)).rawPayload).toEqual(shown.rawPayload)
  }
  const original = await open(path)
  expect(original.headers['content-disposition']).toContain('attachment')
  expect(original.rawPayload).toEqual(photo)
  // Signed for one size: the address of a preview does not open the original.
  const { location = '' } = (await browser.get(`${path}?as=preview`)).headers
  expect((await browser.get(String(location).replace('?as=preview', ''))).statusCode).toBe(404)
})

test('what lies beside a photo is encrypted', async () => {
  const { path, id } = await sent('photo', photo)
  const shown = await open(`${path}?as=preview`)
  const names = (await readdir(counter.mediaFolder, { recursive: true })).filter((name) => name.includes(id))
  expect(names.some((name) => name.endsWith('.preview'))).toBe(true)
  expect(shown.rawPayload.subarray(0, 2).toString('hex')).toBe('ffd8')
  for (const name of names) {
    const head = (await import('node:fs')).readFileSync(join(counter.mediaFolder, name)).subarray(0, 2)
    expect(head.toString('hex')).not.toBe('ffd8')
  }
})

test('a photo that is broken is told of in words, and can be saved', async () => {
  const { request, path } = await sent('photo', photo.subarray(0, 2000))
  expect((await open(`${path}?as=preview`)).statusCode).toBe(422)
  const { body } = await browser.get(request.path)
  expect(body).toContain('Impossible à montrer ici')
  expect(body).not.toContain(`${path}?as=`)
  expect((await open(path)).statusCode).toBe(200)
  const voice = await sent('voice', makeOggOf([Buffer.alloc(60, 72), Buffer.alloc(60, 72)]))
  expect((await open(`${voice.path}?as=preview`)).statusCode).toBe(422)
})

test('a photo that staff send has nothing in it but the picture', async () => {
  const request = await say(counter, { from: counter.clock.id(), text: 'bonjour' })
  const action = `${request.path}/answer`
  const fields = { ...hiddenFields((await browser.get(request.path)).body, action), text: '' }
  expect(
    (await browser.upload(action, fields, [{ field: 'files', name: 'p.jpg', bytes: photo }])).statusCode,
  ).toBe(303)
  const row = await counter.database.prisma.media.findFirstOrThrow({
    where: { message: { requestId: request.id, direction: 'out' } },
  })
  const { rawPayload } = await open(`/console/media/${row.id}`)
  expect((await sharp(rawPayload).metadata()).exif).toBeUndefined()
  expect(rawPayload.includes('Telefon')).toBe(false)
})

test('a voice note is drawn as loud as it is, also one that was stored before anybody measured it', async () => {
  const { request, id, path } = await sent(
    'voice',
    makeOggOf([Buffer.alloc(60, 72), Buffer.alloc(90, 72), Buffer.alloc(20, 72)]),
  )
  expect((await browser.get(request.path)).body).toContain('class="wave"')
  await counter.database.prisma.media.update({ where: { id }, data: { loudness: null } })
  expect((await browser.get(request.path)).body).not.toContain('class="wave"')
  await open(path)
  expect((await browser.get(request.path)).body).toContain('class="wave"')
})

test('files that no message used are swept after a day, and nothing else', async () => {
  const { path } = await sent('photo', photo)
  await open(`${path}?as=preview`)
  const left = counter.clock.id()
  const folder = (await readdir(counter.mediaFolder))[0] ?? ''
  const file = join(counter.mediaFolder, folder, left)
  await writeFile(file, 'x')
  const day = 24 * 60 * 60_000
  const sweep = () => sweepMedia(counter.database.prisma, counter.mediaFolder, new Date(Date.now() - day))
  expect(await sweep()).toBe(0)
  await utimes(file, new Date(Date.now() - 2 * day), new Date(Date.now() - 2 * day))
  expect(await sweep()).toBe(1)
  expect((await open(`${path}?as=preview`)).statusCode).toBe(200)
})
