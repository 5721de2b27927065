/** What the web server promises besides pages: headers, health, hooks, files, failures, hints. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Channel, ChannelState } from '../../src/channel/contract.ts'
import { Failure } from '../../src/failure.ts'
import { storeMedia } from '../../src/store/media.ts'
import { type Browser, browserOf, type Counter, hire, makeCounter, say } from '../console/counter.ts'

let counter: Counter
let mariam: { id: string }
const heard: { body: Buffer; query: unknown; secret: unknown }[] = []
let state: ChannelState = 'up'
beforeAll(async () => {
  counter = await makeCounter({ channels: [hookedChannel()], settings: { metricsToken: secret('geheim') } })
  mariam = await hire(counter, 'Mariam', ['case_worker'])
})
afterAll(() => counter.close())

function secret(value: string) {
  return { reveal: () => value, toString: () => '•••', toJSON: () => '•••' }
}

/** A channel that only has hooks. */
function hookedChannel(): Channel {
  const no = async () => {
    throw new Error('not in this test')
  }
  return {
    id: '0192f0c0-0000-7000-8000-00000000000a',
    kind: 'telegram',
    abilities: { buttons: undefined, textLength: 4096, files: {}, edits: true, typing: true },
    start: no,
    send: no,
    fetch: no,
    state: () => state,
    close: async () => {},
    hooks: [
      {
        method: 'POST',
        path: '/hooks/telegram',
        async handle({ headers, query, body }) {
          if (headers['x-secret'] === 'wrong') throw new Failure('channel:bad_signature')
          if (headers['x-secret'] === 'broken') throw new Error('with a detail')
          heard.push({ body, query, secret: headers['x-secret'] })
          return { status: 200, body: 'ok' }
        },
      },
    ],
  }
}

describe('a hook', () => {
  test('gets the body byte by byte, whatever its type says, and needs no token', async () => {
    const bytes = Buffer.from('{"a": 1 , broken \u00ff')
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'x/y']) {
      const answer = await counter.app.inject({
        method: 'POST',
        url: '/hooks/telegram?a=1&a=2',
        payload: bytes,
        headers: { 'content-type': type, 'x-secret': 'right' },
      })
      expect([type, answer.statusCode, answer.body]).toEqual([type, 200, 'ok'])
      expect(heard.at(-1)).toEqual({ body: bytes, query: { a: '1' }, secret: 'right' })
    }
  })

  test('answers a failure by its status and tells no detail', async () => {
    const knock = (word: string) =>
      counter.app.inject({
        method: 'POST',
        url: '/hooks/telegram',
        payload: '{}',
        headers: { 'x-secret': word },
      })
    const wrong = await knock('wrong')
    expect([wrong.statusCode, wrong.body]).toEqual([401, ''])
    const broken = await knock('broken')
    expect([broken.statusCode, broken.body]).toEqual([500, ''])
    expect(counter.errors.splice(0).length).toBe(2)
  })

  test('refuses a body larger than any provider sends', async () => {
    const answer = await counter.app.inject({
      method: 'POST',
      url: '/hooks/telegram',
      payload: 'x'.repeat(5_000_000),
    })
    expect(answer.statusCode).toBe(413)
    counter.errors.splice(0)
  })
})

describe('health', () => {
  test('says that it lives, and what is ready, without a count', async () => {
    expect((await counter.app.inject('/health/live')).statusCode).toBe(200)
    const ready = await counter.app.inject('/health/ready')
    expect(ready.statusCode).toBe(200)
    expect(ready.json()).toEqual({
      ready: true,
      database: true,
      lines: true,
      channels: [{ kind: 'telegram', state: 'up' }],
    })
  })

  test('tells of a channel that is down and stays in service', async () => {
    state = 'down'
    onTestFinished(() => {
      state = 'up'
    })
    const ready = await counter.app.inject('/health/ready')
    expect(ready.statusCode).toBe(200)
    expect(ready.json()).toMatchObject({ channels: [{ state: 'down' }] })
  })

  test('is not ready when the job lines do not answer', async () => {
    const lame = await makeCounter({ lines: { ready: () => new Promise(() => {}) } })
    onTestFinished(() => lame.close())
    const ready = await lame.app.inject('/health/ready')
    expect(ready.statusCode).toBe(503)
    expect(ready.json()).toMatchObject({ ready: false, database: true, lines: false })
  })

  test('shows figures to this machine and to whoever has the token, and to nobody else', async () => {
    const ask = (remoteAddress: string, headers: Record<string, string> = {}) =>
      counter.app.inject({ url: '/metrics', remoteAddress, headers })
    expect((await ask('127.0.0.1')).body).toContain('baro_up 1')
    expect((await ask('10.1.2.3')).statusCode).toBe(404)
    expect((await ask('127.0.0.1', { 'x-forwarded-for': '10.1.2.3' })).statusCode).toBe(404)
    expect((await ask('10.1.2.3', { authorization: 'Bearer nein' })).statusCode).toBe(404)
    const told = await ask('10.1.2.3', { authorization: 'Bearer geheim' })
    expect(told.statusCode).toBe(200)
    expect(told.body).not.toMatch(/request|sealed|restricted|protection|person/)
  })
})

describe('every answer', () => {
  test('lets nothing run that does not come from here, and nobody frame it', async () => {
    const { headers } = await counter.app.inject('/login')
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['cache-control']).toBe('no-store')
  })

  test('of a shipped file may be kept for ever, and its name changes with its content', async () => {
    const page = await counter.app.inject('/login')
    const [, path = ''] = /href="(\/assets\/[^"]+\.css)"/.exec(page.body) ?? []
    const file = await counter.app.inject({ url: path, headers: { 'accept-encoding': 'gzip, br' } })
    expect(file.statusCode).toBe(200)
    expect(file.headers['cache-control']).toContain('immutable')
    expect(file.headers['content-encoding']).toBe('br')
    expect((await counter.app.inject(path.replace('/assets/', '/assets/x'))).statusCode).toBe(404)
  })

  test('to a first visit is under 60 kB, and to a later one under 10 kB', async () => {
    for (let n = 0; n < 40; n++) {
      await say(counter, {
        from: `p${n}`,
        kind: 'request.info',
        text: `${n} N mago bɛ kunnafoni na, sabali.`,
      })
    }
    const browser = await browserOf(counter, mariam)
    const encoded = { 'accept-encoding': 'br, gzip' }
    const list = await browser.get('/console/requests?view=queues')
    const [, request = ''] = /class="row" href="([^"]+)"/.exec(list.body) ?? []
    for (const path of ['/console/requests?view=queues', request.replaceAll('&amp;', '&')]) {
      const page = await browser.get(path, encoded)
      expect(page.headers['content-encoding']).toBe('br')
      const named = list.body.matchAll(/(?:src|href)="(\/assets\/[^"#]+)/g)
      const files = new Set([...named].map(([, file = '']) => file))
      expect(files.size).toBe(3)
      const sizes = await Promise.all(
        [...files].map(async (file) => (await browser.get(file, encoded)).rawPayload.length),
      )
      const later = page.rawPayload.length
      expect(later).toBeLessThan(10_000)
      expect(later + sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(60_000)
    }
  })

  test('to a bug is a number and a sentence, in the language of the reader', async () => {
    const broken = await makeCounter({ lines: { ready: async () => true } })
    onTestFinished(() => broken.close())
    const someone = await browserOf(broken, await hire(broken, 'Awa', ['case_worker'], 'en'))
    await broken.database.prisma.$executeRawUnsafe('alter table request rename to elsewhere')
    const answer = await someone.get('/console/requests')
    // Other tests get this database after it.
    await broken.database.prisma.$executeRawUnsafe('alter table elsewhere rename to request')
    expect(answer.statusCode).toBe(500)
    expect(answer.body).toContain('Something broke on our side')
    expect(answer.body).not.toMatch(/prisma|elsewhere|relation|stack/i)
    expect(broken.errors.length).toBe(1)
  })

  test('to too many requests of one browser is 429, and other browsers go on', async () => {
    const busy = await makeCounter()
    onTestFinished(() => busy.close())
    const [one, other] = await Promise.all([hire(busy, 'A', ['assistant']), hire(busy, 'B', ['assistant'])])
    const browser = await browserOf(busy, one)
    const answers: number[] = []
    for (let n = 0; n < 605; n++) {
      answers.push((await browser.get('/console/media/x', { 'hx-request': '1' })).statusCode)
    }
    expect(answers.slice(0, 600)).not.toContain(429)
    expect(answers.slice(600)).toEqual([429, 429, 429, 429, 429])
    expect((await (await browserOf(busy, other)).get('/console/requests')).statusCode).toBe(200)
  })
})

describe('a file that came with a message', () => {
  test('is played in parts, and never run as a page', async () => {
    const file = { kind: 'voice' as const, handle: 'h', mime: 'audio/ogg', seconds: 18 }
    const request = await say(counter, { from: 'voice', dueIn: 1, content: { kind: 'file', file } })
    const { id } = await counter.database.prisma.media.findFirstOrThrow({
      where: { message: { requestId: request.id } },
    })
    const bytes = Buffer.from('0123456789')
    await storeMedia(counter.database, counter.mediaFolder, id, { bytes, mime: 'audio/ogg; codecs=opus' })
    const browser = await browserOf(counter, mariam)
    expect((await browser.get(request.path)).body).toContain(`src="/console/media/${id}"`)
    expect((await browser.get('/console/requests?view=queues')).body).toContain('Note vocale 0:18')
    const open = (headers: Record<string, string> = {}) => throughDoor(browser, id, headers)
    const whole = await open()
    expect([whole.statusCode, whole.headers['content-type'], whole.body]).toEqual([
      200,
      'audio/ogg',
      '0123456789',
    ])
    const part = await open({ range: 'bytes=2-4' })
    expect([part.statusCode, part.headers['content-range'], part.body]).toEqual([206, 'bytes 2-4/10', '234'])
    const end = await open({ range: 'bytes=-3' })
    expect(end.body).toBe('789')
    await storeMedia(counter.database, counter.mediaFolder, id, { bytes, mime: 'text/html' })
    const page = await open()
    expect(page.headers['content-type']).toBe('application/octet-stream')
    expect(page.headers['content-disposition']).toContain('attachment')
    expect(page.headers['content-security-policy']).toContain('sandbox')
  })

  test('is opened by an address that is good for one session, one file and one minute', async () => {
    const file = { kind: 'document' as const, handle: 'h', name: 'Été "à" lire.html' }
    const request = await say(counter, { from: 'signed', dueIn: 1, content: { kind: 'file', file } })
    const { id } = await counter.database.prisma.media.findFirstOrThrow({
      where: { message: { requestId: request.id } },
    })
    await storeMedia(counter.database, counter.mediaFolder, id, { bytes: Buffer.from('<script>') })
    const browser = await browserOf(counter, mariam)
    const signed = String((await browser.get(`/console/media/${id}`)).headers.location)
    const opened = await browser.get(signed)
    expect(opened.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="fichier"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'cache-control': 'no-store',
    })
    const other = await browserOf(counter, mariam)
    expect((await other.get(signed)).statusCode).toBe(404)
    expect((await browser.get(signed.replace(id, counter.clock.id()))).statusCode).toBe(404)
    const later = signed.replace(/\/(\d+)\//, (_, until) => `/${Number(until) + 1000}/`)
    expect((await browser.get(later)).statusCode).toBe(404)
    counter.clock.ahead(61_000)
    expect((await browser.get(signed)).headers.location).toBe(`/console/media/${id}`)
  })

  test('does not exist for whoever may not see its message', async () => {
    const file = { kind: 'photo' as const, handle: 'h', mime: 'image/jpeg' }
    const request = await say(counter, {
      from: 'hidden',
      kind: 'protection.child',
      content: { kind: 'file', file },
    })
    const { id } = await counter.database.prisma.media.findFirstOrThrow({
      where: { message: { requestId: request.id } },
    })
    const browser = await browserOf(counter, mariam)
    const hidden = await browser.get(`/console/media/${id}`)
    const absent = await browser.get('/console/media/0192f0c0-0000-7000-8000-000000000000')
    expect([hidden.statusCode, hidden.body]).toEqual([404, absent.body])
  })
})

/** What a browser shows after it was led on from the door. */
async function throughDoor(browser: Browser, id: string, headers: Record<string, string>) {
  const door = await browser.get(`/console/media/${id}`, headers)
  return browser.get(String(door.headers.location), headers)
}
