/** Telegram against the Bot API stand-in: nothing is confirmed before its row, refusals are obeyed. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Channel } from '../../src/channel/contract.ts'
import { makeTelegram, type TelegramSettings } from '../../src/channel/telegram.ts'
import type { Failure } from '../../src/failure.ts'
import { BotApi } from './bot-api.ts'
import { noFiles, TestCursor, TestEars, testClock, until } from './ears.ts'

let api: BotApi
let ears: TestEars
let cursor: TestCursor
const running: Channel[] = []

beforeEach(async () => {
  api = await BotApi.start()
  ears = new TestEars()
  cursor = new TestCursor()
})

afterEach(async () => {
  await Promise.all(running.splice(0).map((it) => it.close()))
  await api.close()
})

const clock = testClock()

function telegram(more: Partial<TelegramSettings> = {}): Channel {
  const { token, root: apiRoot } = api
  const channel = makeTelegram({ id: 'tg', token, apiRoot, clock, pollSeconds: 1, pause: 10, ...more })
  running.push(channel)
  return channel
}

async function polling(more: Partial<TelegramSettings> = {}): Promise<Channel> {
  const channel = telegram(more)
  await channel.start(ears, cursor)
  await until('the channel is up', () => channel.state() === 'up')
  return channel
}

const awa = () => api.chats.person(5550001)
const spoken = (text: string) => ({ text, language: 'fr' as const })

test('an update is confirmed only after its row is written', async () => {
  let open = () => {}
  ears.gate = new Promise((resolve) => {
    open = resolve
  })
  await polling()
  awa().says('bonjour')
  await until('the ears are asked', () => ears.tries === 1)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect({ unconfirmed: api.unconfirmed, cursor: cursor.value }).toEqual({
    unconfirmed: 1,
    cursor: undefined,
  })
  open()
  await until('it is confirmed', () => api.unconfirmed === 0)
  expect(cursor.value).toMatch(/^700002 /)
})

test('what could not be written comes again, in order, and nothing is skipped', async () => {
  ears.failing = 2
  const troubles: string[] = []
  await polling({ noticed: (failure) => troubles.push(failure.code) })
  for (const text of ['un', 'deux', 'trois']) awa().says(text)
  await until('all are heard', () => ears.rows.length === 3)
  expect(ears.texts()).toEqual(['un', 'deux', 'trois'])
  expect(troubles).toEqual(['database:unreachable', 'database:unreachable'])
})

test('a process that dies between the row and the confirmation gives the next one a repeat, not a gap', async () => {
  // The row is written; whatever comes after it is never reached.
  const dying = new TestCursor()
  dying.write = () => Promise.reject(new Error('killed'))
  awa().says('un')
  const first = telegram()
  await first.start(ears, dying)
  await until('it is heard', () => ears.arrivals.length > 0)
  await first.close()
  expect(api.unconfirmed).toBe(1)
  const before = ears.arrivals.length
  awa().says('deux')
  await polling()
  await until('the second is heard', () => ears.rows.length === 2)
  expect(ears.texts()).toEqual(['un', 'deux'])
  expect(ears.arrivals.length).toBe(before + 2)
})

test('the offset kept by the last run spares the next one a repeat', async () => {
  awa().says('un')
  cursor.value = `700002 ${clock.now().getTime() - 60_000}`
  awa().says('deux')
  await polling()
  await until('the second is heard', () => ears.rows.length === 1)
  expect(ears.texts()).toEqual(['deux'])
})

test('numbers that begin again lower after a quiet week lose nothing, while running and after a start', async () => {
  const first = await polling()
  awa().says('avant')
  await until('it is confirmed', () => ears.rows.length === 1 && api.unconfirmed === 0)
  await new Promise((resolve) => setTimeout(resolve, 1200))
  api.restartNumbers(12)
  awa().says('après')
  await until('it is heard', () => ears.rows.length === 2)
  await first.close()
  // The last question of a poller may still be on its way to them: it would confirm what is numbered lower.
  await new Promise((resolve) => setTimeout(resolve, 500))

  cursor.value = `700002 ${clock.now().getTime() - 8 * 24 * 3_600_000}`
  api.restartNumbers(3)
  awa().says('encore')
  await polling()
  await until('it is heard too', () => ears.texts().includes('encore'))
})

test('a web hook that was left behind is taken down before polling', async () => {
  await fetch(`${api.root}/bot${api.token}/setWebhook?url=http://127.0.0.1:1/`)
  awa().says('bonjour')
  await polling()
  await until('it is heard', () => ears.rows.length === 1)
})

test('a second poller of the same bot makes trouble and no loss', async () => {
  await polling()
  const other = new TestEars()
  const second = telegram()
  await second.start(other, new TestCursor())
  for (let count = 0; count < 10; count += 1) {
    awa().says(`${count}`)
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  await until('all are heard', () => new Set([...ears.texts(), ...other.texts()]).size === 10)
})

test('being throttled and blocked are told with what Telegram said', async () => {
  const channel = await polling()
  awa().says('bonjour')
  api.refuse({
    method: 'sendMessage',
    code: 429,
    description: 'Too Many Requests: retry after 7',
    retryAfter: 7,
  })
  await expect(channel.send('5550001', spoken('un'), noFiles)).rejects.toMatchObject({
    code: 'channel:throttled',
    facts: { afterSeconds: 7 },
  })
  await until('the chat began', () => ears.rows.length === 1)
  awa().blocks()
  await until('it is told', () => ears.news.length === 1)
  await expect(channel.send('5550001', spoken('deux'), noFiles)).rejects.toMatchObject({
    code: 'channel:blocked',
  })
  awa().unblocks()
  await channel.send('5550001', spoken('trois'), noFiles)
  await until('the return is told', () => ears.news.length === 2)
  expect(ears.news.map((it) => it.news)).toEqual(['blocked', 'unblocked'])
  expect(awa().seen.map((it) => it.text)).toEqual(['trois'])
})

test('a throttled poller waits as long as it was told', async () => {
  const channel = await polling()
  api.refuse({
    method: 'getUpdates',
    code: 429,
    description: 'Too Many Requests: retry after 1',
    retryAfter: 1,
  })
  await until('the refusal is used', () => api.calls.filter((it) => it.method === 'getUpdates').length >= 2)
  const before = performance.now()
  awa().says('bonjour')
  await until('it is heard', () => ears.rows.length === 1)
  expect(performance.now() - before).toBeLessThan(3000)
  expect(channel.state()).toBe('up')
})

test('a long text throttled half-way is not begun again', async () => {
  const channel = await polling()
  awa().says('bonjour')
  const text = 'Une phrase assez longue pour compter. '.repeat(150)
  const sending = channel.send('5550001', spoken(text), noFiles)
  await awa().sees(1)
  api.refuse({ method: 'sendMessage', code: 429, description: 'Too Many Requests', retryAfter: 1 })
  const { externalId } = await sending
  expect(awa().seen.length).toBe(2)
  expect(externalId).toBe(String(awa().seen.at(-1)?.id))
})

test('a wrong token shows as unauthorized, and its letters nowhere', async () => {
  const troubles: Failure[] = []
  const channel = telegram({ token: '99:wrong-token', noticed: (failure) => troubles.push(failure) })
  await channel.start(ears, cursor)
  await until('it is noticed', () => channel.state() === 'unauthorized')
  const sent = await channel.send('5550001', spoken('un'), noFiles).catch((error: unknown) => error)
  expect(sent).toMatchObject({ code: 'channel:unauthorized' })
  expect(`${troubles.map((it) => it.stack)} ${(sent as Error).stack}`).not.toContain('wrong-token')
})

test('a provider that is gone makes the channel down, and back up when it returns', async () => {
  const channel = await polling()
  api.refuse({ code: 502, description: 'Bad Gateway', times: 4 })
  await until('the channel is down', () => channel.state() === 'down')
  awa().says('bonjour')
  await until('it is heard after all', () => ears.rows.length === 1)
  expect(channel.state()).toBe('up')
  await expect(
    telegram({ apiRoot: 'http://127.0.0.1:1' }).send('5550001', spoken('un'), noFiles),
  ).rejects.toMatchObject({ code: 'channel:unreachable' })
})

test('a press is acknowledged at once, and one that is too old does no harm', async () => {
  api.chats.pressLives = -1
  const channel = await polling()
  awa().says('bonjour')
  await until('the chat began', () => ears.rows.length === 1)
  const buttons = [{ label: '1 Oui', list: 'k1', number: 1 }]
  await channel.send('5550001', { ...spoken('Oui ?'), buttons }, noFiles)
  awa().presses('1')
  await until('the late press is heard', () => ears.rows.length === 2)
  api.chats.pressLives = 15_000
  awa().presses('1')
  await until('the press is acknowledged', () => api.chats.answeredPresses === 1)
  expect(new Set(ears.rows.map((it) => it.externalId)).size).toBe(3)
})

test('a file larger than the limit is refused before and while it is read, and a forgotten one is gone', async () => {
  const channel = await polling()
  awa().sendsVoice(Buffer.alloc(3000, 1))
  await until('it is heard', () => ears.rows.length === 1)
  const content = ears.rows[0]?.content
  if (content?.kind !== 'file') throw new Error('no file arrived')
  await expect(channel.fetch(content.file, 2999)).rejects.toMatchObject({ code: 'media:too_large' })
  expect((await channel.fetch(content.file, 3000)).length).toBe(3000)
  api.chats.forgetFile(content.file.handle)
  await expect(channel.fetch(content.file, 3000)).rejects.toMatchObject({ code: 'media:gone' })
  await expect(channel.fetch({ kind: 'voice', handle: 'nonsense' }, 9)).rejects.toMatchObject({
    code: 'media:gone',
  })
})

test('closing ends a waiting poll at once and leaves what is being written to its end', async () => {
  let open = () => {}
  const channel = await polling({ pollSeconds: 25 })
  ears.gate = new Promise((resolve) => {
    open = resolve
  })
  awa().says('bonjour')
  await until('the ears are asked', () => ears.tries === 1)
  const closing = channel.close()
  open()
  await closing
  expect({ heard: ears.texts(), state: channel.state() }).toEqual({ heard: ['bonjour'], state: 'stopped' })
  expect(cursor.written.length).toBe(1)
  const idle = await polling({ pollSeconds: 25 })
  const before = performance.now()
  await idle.close()
  expect(performance.now() - before).toBeLessThan(500)
})
