/** The web chat over HTTP, scripts off: who is who, what is kept, what is refused, and that strangers' words stay words. */
import { mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { WebChatSettings } from '../../src/channel/web-chat.ts'
import type { WebChatParts } from '../../src/channel/web-chat-routes.ts'
import { oggVoice } from './benches.ts'
import { noFiles, until } from './ears.ts'
import { Browser, type OpenWebChat, openWebChat } from './web-chat-browser.ts'

let chat: OpenWebChat

async function open(more: Partial<WebChatParts> = {}, settings: Partial<WebChatSettings> = {}) {
  chat = await openWebChat(more, settings)
  await chat.browser.opens()
  return chat
}

afterEach(() => chat.close())

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
)
const spoken = (text: string) => ({ text, language: 'fr' as const })

test('each browser is its own address and sees only its own conversation', async () => {
  const { app, browser, ears } = await open()
  const other = new Browser(app)
  await other.opens()
  await browser.writes('je suis Awa')
  await other.writes('je suis Issa')
  expect(new Set(ears.rows.map((it) => it.from)).size).toBe(2)
  expect(await browser.opens()).not.toContain('Issa')
  expect(await other.opens()).not.toContain('Awa')
})

test('the cookie is closed to scripts and other sites, and a forged one is nobody', async () => {
  const { app, browser, ears } = await open()
  const set = (await new Browser(app).gets('/chat')).headers['set-cookie']
  expect(set).toMatch(/; Path=\/chat; Max-Age=15552000; HttpOnly; SameSite=Lax$/)
  await browser.writes('bonjour')
  const address = ears.rows[0]?.from ?? ''
  browser.cookie = `baro_chat=${address}.${'A'.repeat(43)}`
  expect((await browser.gets('/chat/thread')).statusCode).toBe(403)
  expect(await browser.opens()).not.toContain('bonjour</p>')
})

test('the cookie is marked secure where people come by https', async () => {
  const { app } = await open({ secure: true })
  expect((await new Browser(app).gets('/chat')).headers['set-cookie']).toContain('; Secure')
})

test('looking at the page leaves no arrival', async () => {
  const { browser, ears } = await open()
  await browser.opens()
  await browser.submits({ key: browser.key('say'), text: '  \r\n ' })
  expect(ears.tries).toBe(0)
})

test('a message sent twice from one page is one, and other words from the same old page are another', async () => {
  const { browser, ears } = await open()
  const key = browser.key('say')
  await browser.submits({ key, text: 'un' })
  await browser.submits({ key, text: 'un' })
  await browser.submits({ key, text: 'deux' })
  expect(ears.texts()).toEqual(['un', 'deux'])
})

test('after sending, the next page already shows the answer', async () => {
  const { browser, channel, ears } = await open({ answerWithin: 5000 })
  const heard = ears.arrived.bind(ears)
  ears.arrived = async (arrivals) => {
    await heard(arrivals)
    for (const text of ['Bonjour.', 'Que voulez-vous ?']) {
      setTimeout(() => void channel.send(arrivals[0]?.from ?? '', spoken(text), noFiles), 40)
    }
  }
  const answer = await browser.submits({ key: browser.key('say'), text: 'salut' })
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/chat#end'])
  expect(browser.readable(await browser.opens())).toMatch(/salut.*Bonjour\..*Que voulez-vous/s)
})

test("a stranger's words stay words", async () => {
  const { browser } = await open()
  await browser.writes('<script>alert("x")</script><b>gras</b>')
  expect(browser.page).toContain('&lt;script>alert(&quot;x&quot;)&lt;/script>&lt;b>gras')
  expect(browser.page.match(/<script/g)).toHaveLength(1)
})

test('the page holds no inline script or style and says so to the browser', async () => {
  const { browser, channel, ears } = await open()
  await browser.writes('bonjour')
  const buttons = [{ label: '1 Oui', list: 'k1', number: 1 }]
  await channel.send(ears.rows[0]?.from ?? '', { ...spoken('Oui ?'), buttons }, noFiles)
  const answer = await browser.gets('/chat')
  expect(answer.headers['content-security-policy']).toMatch(/^default-src 'self';(?!.*unsafe)/)
  expect(answer.headers['cache-control']).toBe('no-store')
  expect(answer.payload).not.toMatch(/\sstyle=|\son[a-z]+=|<style|<script>/)
})

test('everything a first visit needs is under 30 kB, its script under 6 kB', async () => {
  const { browser } = await open()
  const assets = [...browser.page.matchAll(/(?:href|src)="(\/chat\/[^"]+)"/g)].map((it) => it[1] ?? '')
  const sizes = await Promise.all(assets.map(async (it) => (await browser.gets(it)).rawPayload.length))
  expect(assets).toHaveLength(2)
  expect(sizes.reduce((sum, it) => sum + it, browser.page.length)).toBeLessThan(30_000)
  expect(sizes[1]).toBeLessThan(6 * 1024)
})

test.each([
  ['fr-FR,fr;q=0.9,en;q=0.8', 'lang="fr"', 'Envoyer'],
  ['en-GB,en;q=0.9', 'lang="en"', 'Send'],
  ['bm', 'lang="bm"', 'A ci'],
  ['de-DE,de', 'lang="fr"', 'Envoyer'],
])('a browser in %s gets %s', async (accepted, lang, word) => {
  const { app } = await open()
  const browser = new Browser(app)
  browser.language = accepted
  await browser.opens()
  expect(browser.page).toContain(lang)
  expect(browser.page).toContain(`aria-label="${word}"`)
})

test('the language chosen in the conversation wins over that of the browser', async () => {
  const { browser } = await open({ language: async () => 'bm' })
  expect(await browser.opens()).toContain('lang="bm"')
})

test.each([
  ['a photo', 'file', png, { kind: 'photo', mime: 'image/png' }],
  ['a sound file', 'file', oggVoice, { kind: 'voice', mime: 'audio/ogg' }],
  ['a recording of Chrome', 'voice', webm(), { kind: 'voice', mime: 'audio/webm' }],
  ['a film', 'file', webm(), { kind: 'video', mime: 'video/webm' }],
  ['a PDF', 'file', Buffer.from('%PDF-1.4\n%%EOF'), { kind: 'document', mime: 'application/pdf' }],
])('%s arrives as what it is, its words beside it', async (_, field, bytes, file) => {
  const { browser, ears, channel } = await open()
  await browser.submits({ key: browser.key('say'), text: 'voici', [field]: { name: 'x', bytes } })
  const content = ears.rows[0]?.content
  expect(content).toEqual({ kind: 'file', text: 'voici', file: expect.objectContaining(file) })
  if (content?.kind === 'file') expect((await channel.fetch(content.file, 10_000)).equals(bytes)).toBe(true)
})

/** The head of a webm file: an EBML element that names its kind. */
function webm(): Buffer {
  const head = Buffer.from(
    '1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701',
    'hex',
  )
  return Buffer.concat([head, Buffer.alloc(200)])
}

test('a file that nobody here can open, or that is too large, is refused in words and the text is kept', async () => {
  const { browser, ears } = await open()
  const program = { name: 'x.exe', bytes: Buffer.from('MZ this is a program') }
  const refused = await browser.submits({ key: browser.key('say'), text: 'regardez', file: program })
  expect(refused.statusCode).toBe(415)
  expect(refused.payload).toMatch(/role="alert"[^>]*>Nous ne pouvons pas ouvrir/)
  expect(refused.payload).toContain('regardez</textarea>')
  const large = { name: 'x.png', bytes: Buffer.concat([png, Buffer.alloc(10 * 1024 * 1024)]) }
  const tooLarge = await browser.submits({ key: browser.key('say'), text: 'et ceci', file: large })
  expect(tooLarge.statusCode).toBe(413)
  expect(tooLarge.payload).toContain('et ceci</textarea>')
  expect(ears.tries).toBe(0)
})

test('a file of some megabytes arrives whole', async () => {
  const { browser, ears, channel } = await open()
  const bytes = Buffer.concat([png, Buffer.alloc(5 * 1024 * 1024, 3)])
  await browser.submits({ key: browser.key('say'), file: { name: 'x.png', bytes } })
  const content = ears.rows[0]?.content
  if (content?.kind !== 'file') throw new Error('no file arrived')
  expect((await channel.fetch(content.file, bytes.length)).equals(bytes)).toBe(true)
})

test('whoever writes too fast is asked to wait, the words stay, and a minute later they go', async () => {
  const { browser, ears, clock } = await open({ limits: { address: 3, network: 600 } })
  for (const text of ['un', 'deux', 'trois']) await browser.writes(text)
  const answer = await browser.submits({ key: browser.key('say'), text: 'quatre' })
  expect(answer.statusCode).toBe(429)
  expect(answer.payload).toContain('quatre</textarea>')
  clock.move(61_000)
  await browser.submits({ key: browser.key('say'), text: 'quatre' })
  expect(ears.texts()).toEqual(['un', 'deux', 'trois', 'quatre'])
})

test('one network address cannot keep the page busy for everybody', async () => {
  const { browser } = await open({ limits: { address: 20, network: 5 } })
  const answers = await Promise.all(Array.from({ length: 8 }, () => browser.gets('/chat')))
  expect(answers.filter((it) => it.statusCode === 429).length).toBe(4)
})

test('when the row cannot be written the words are kept and said to be kept', async () => {
  const { browser, ears } = await open()
  ears.failing = 1
  const answer = await browser.submits({ key: browser.key('say'), text: 'important' })
  expect(answer.statusCode).toBe(503)
  expect(answer.payload).toContain('important</textarea>')
  const script = { accept: 'application/json' }
  ears.failing = 1
  const told = await browser.submits({ key: 'a-one-time-key', text: 'important' }, script)
  expect(told.json()).toEqual({ note: "Le message n'est pas parti. Envoyez-le encore." })
})

test('a form from another site, without a key or cut off half-way brings nothing', async () => {
  const { app, browser, ears } = await open()
  const cross = { 'sec-fetch-site': 'cross-site' }
  expect((await browser.submits({ key: browser.key('say'), text: 'x' }, cross)).statusCode).toBe(403)
  expect((await browser.submits({ text: 'x' })).statusCode).toBe(422)
  expect((await browser.submits({ key: 'a b', text: 'x' })).statusCode).toBe(422)
  const torn = await app.inject({
    method: 'POST',
    url: '/chat',
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    payload: '--b\r\ncontent-disposition: form-data; name="text"\r\n\r\nhal',
  })
  expect(torn.statusCode).toBeGreaterThanOrEqual(400)
  expect(ears.tries).toBe(0)
})

test('the thread is fetched again only when it changed', async () => {
  const { browser } = await open()
  await browser.writes('un')
  const first = await browser.gets('/chat/thread')
  const tag = String(first.headers.etag)
  expect((await browser.gets('/chat/thread', { 'if-none-match': tag })).statusCode).toBe(304)
  await browser.writes('deux')
  expect((await browser.gets('/chat/thread', { 'if-none-match': tag })).statusCode).toBe(200)
})

test('while the database is away the page shows what this process remembers', async () => {
  const { browser } = await open({ history: () => Promise.reject(new Error('away')) })
  await browser.writes('bonjour')
  expect(await browser.opens()).toContain('bonjour')
})

test('uploads wait in the folder unreadable without their row, and go after three days', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'baro-web-chat-'))
  try {
    const { browser, ears, channel, clock } = await open({}, { folder })
    await browser.submits({ key: browser.key('say'), file: { name: 'x.png', bytes: png } })
    const content = ears.rows[0]?.content
    if (content?.kind !== 'file') throw new Error('no file arrived')
    const [name = ''] = await readdir(folder)
    expect((await readFile(join(folder, name))).includes(png.subarray(0, 8))).toBe(false)
    expect((await channel.fetch(content.file, 1000)).equals(png)).toBe(true)
    const stranger = `${name}.${'A'.repeat(43)}`
    await expect(channel.fetch({ kind: 'photo', handle: stranger }, 1000)).rejects.toMatchObject({
      code: 'media:gone',
    })
    await expect(
      channel.fetch({ kind: 'photo', handle: `../../etc/passwd.${'A'.repeat(43)}` }, 9),
    ).rejects.toThrow('media:gone')
    const old = new Date(clock.now().getTime() - 4 * 24 * 3_600_000)
    await utimes(join(folder, name), old, old)
    clock.move(2 * 3_600_000)
    await browser.opens()
    await browser.submits({
      key: browser.key('say'),
      file: { name: 'y.png', bytes: Buffer.concat([png, png]) },
    })
    expect(await readdir(folder)).not.toContain(name)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('an open page is nudged without being told what was said, and closing the server ends its line', async () => {
  const { app, browser, channel, ears } = await open()
  await browser.writes('bonjour')
  const root = await app.listen({ port: 0, host: '127.0.0.1' })
  const line = await fetch(`${root}/chat/live`, { headers: { cookie: browser.cookie ?? '' } })
  let told = ''
  const reading = (async () => {
    for await (const chunk of line.body ?? []) told += Buffer.from(chunk).toString()
  })()
  await until('the line is open', () => told.includes('retry'))
  await channel.send(ears.rows[0]?.from ?? '', spoken('une réponse secrète'), noFiles)
  await until('the page is nudged', () => told.includes('event: said'))
  expect(told).not.toContain('secrète')
  const before = performance.now()
  await app.close()
  await reading
  expect(performance.now() - before).toBeLessThan(1000)
})
