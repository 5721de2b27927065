/** Telegram's web hook: guarded by its secret, answered only once the row is written. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Channel } from '../../src/channel/contract.ts'
import { makeTelegram } from '../../src/channel/telegram.ts'
import { BotApi } from './bot-api.ts'
import { TestCursor, TestEars, testClock, until } from './ears.ts'

let api: BotApi
let ears: TestEars
const running: Channel[] = []
const servers: Server[] = []
const clock = testClock()

beforeEach(async () => {
  api = await BotApi.start()
  ears = new TestEars()
})

afterEach(async () => {
  await Promise.all(running.splice(0).map((it) => it.close()))
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  await api.close()
})

const awa = () => api.chats.person(5550001)

const secret = 'hook_secret-1'

/** Mounts the channel's hook on a server of its own, as the web room does. */
async function hooked(more: { readonly url?: boolean } = {}) {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const hook = channel.hooks.find((it) => it.path === request.url && it.method === request.method)
    const answer = await hook?.handle({ headers: request.headers, query: {}, body: Buffer.concat(chunks) })
    response.writeHead(answer?.status ?? 404).end(answer?.body)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/telegram`
  const webhook = { secret, url: more.url === false ? undefined : url }
  const channel = makeTelegram({ id: 'tg', token: api.token, apiRoot: api.root, clock, webhook })
  running.push(channel)
  await channel.start(ears, new TestCursor())
  await until('the channel is up', () => channel.state() === 'up')
  return { channel, url }
}

test('through the hook an update is written before it is answered, and comes again when it was not', async () => {
  await hooked()
  ears.failing = 2
  awa().says('un')
  awa().says('deux')
  await until('both are heard', () => ears.rows.length === 2 && api.unconfirmed === 0)
  expect(ears.texts()).toEqual(['un', 'deux'])
  expect(api.hookAnswers).toEqual([500, 500, 200, 200])
})

test('the hook refuses whoever does not know the secret, and says nothing else', async () => {
  const { url } = await hooked({ url: false })
  const post = (headers: Record<string, string>, body = '{"update_id":1}') =>
    fetch(url, { method: 'POST', headers, body }).then((it) => it.status)
  expect(await post({})).toBe(401)
  expect(await post({ 'x-telegram-bot-api-secret-token': `${secret}x` })).toBe(401)
  expect(await post({ 'x-telegram-bot-api-secret-token': '' })).toBe(401)
  expect(await post({ 'x-telegram-bot-api-secret-token': secret }, 'not json')).toBe(400)
  expect(
    await post({ 'x-telegram-bot-api-secret-token': secret }, '{"update_id":1,"message":{"text":5}}'),
  ).toBe(200)
  expect(ears.tries).toBe(0)
})

test('without a public address the hook is left as the operator set it', async () => {
  await hooked({ url: false })
  expect(api.calls.map((it) => it.method)).toEqual(['getMe'])
})

test('with a public address the hook is set with its secret and only what we hear', async () => {
  const { url } = await hooked()
  expect(api.calls).toEqual([
    {
      method: 'setWebhook',
      params: expect.objectContaining({ url, secret_token: secret, drop_pending_updates: false }),
    },
  ])
})
