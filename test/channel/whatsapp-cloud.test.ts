/** The WhatsApp Cloud API: its signed hook, what it is sent, its refusals, its files. */
import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Channel } from '../../src/channel/contract.ts'
import { makeWhatsappCloud } from '../../src/channel/whatsapp-cloud.ts'
import { refusal } from '../../src/channel/whatsapp-cloud-failure.ts'
import type { CloudHook } from '../../src/channel/whatsapp-cloud-hook.ts'
import { partsOf } from '../../src/channel/whatsapp-cloud-send.ts'
import type { Spoken } from '../../src/core/message.ts'
import { noFiles, TestCursor, TestEars, testClock, until } from './ears.ts'
import { appSecret, GraphApi, hookBody, knock, phoneId, verifyToken } from './graph-api.ts'

let api: GraphApi
let ears: TestEars
let channel: Channel

const make = (more: { readonly token?: string; readonly phoneId?: string; readonly hook?: CloudHook } = {}) =>
  makeWhatsappCloud({
    ...{ id: 'wa', apiRoot: api.root, phoneId: more.phoneId ?? phoneId, ...more },
    secrets: () => ({ token: more.token ?? api.token, appSecret, verifyToken }),
    ...{ clock: testClock(), listButton: () => 'Choisir' },
  })

beforeEach(async () => {
  api = await GraphApi.start()
  ears = new TestEars()
  channel = make()
  await channel.start(ears, new TestCursor())
})

afterEach(async () => {
  await channel.close()
  await api.close()
})

const from = '22300000001'
const text = (id: string, words: string) => ({
  from,
  id,
  timestamp: '1772442000',
  type: 'text',
  text: { body: words },
})

describe('the hook', () => {
  const handshake = (query: Record<string, string>) =>
    channel.hooks
      .find(({ method }) => method === 'GET')
      ?.handle({ headers: {}, query, body: Buffer.alloc(0) })

  test('gives the challenge back to whoever knows the word', async () => {
    const asked = { 'hub.mode': 'subscribe', 'hub.verify_token': verifyToken, 'hub.challenge': '1158201444' }
    expect(await handshake(asked)).toEqual({ status: 200, body: '1158201444' })
    expect(await handshake({ ...asked, 'hub.verify_token': 'guessed' })).toEqual({ status: 403 })
    expect(await handshake({ ...asked, 'hub.mode': 'unsubscribe' })).toEqual({ status: 403 })
  })

  test('takes only what is signed over the very bytes that came', async () => {
    const body = Buffer.from(JSON.stringify(hookBody({ messages: [text('wamid.1', 'bonjour')] })))
    const sign = (bytes: Buffer, secret = appSecret) =>
      `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`
    const with_ = (signature: string) => knock(channel, body, { 'x-hub-signature-256': signature })
    expect(await knock(channel, body)).toBe(401)
    expect(await with_(sign(body, 'another'))).toBe(401)
    expect(await with_(sign(Buffer.concat([body, Buffer.from(' ')])))).toBe(401)
    expect(await with_('')).toBe(401)
    expect(ears.tries).toBe(0)
    expect(await with_(sign(body))).toBe(200)
    expect(ears.texts()).toEqual(['bonjour'])
    const nonsense = Buffer.from('not json')
    expect(await knock(channel, nonsense, { 'x-hub-signature-256': sign(nonsense) })).toBe(400)
  })

  test('is answered once the rows are written, and brings again what was not', async () => {
    ears.failing = 2
    await api.bring(channel, { messages: [text('wamid.1', 'un'), text('wamid.2', 'deux')] })
    expect(api.hookAnswers).toEqual([500, 500, 200])
    expect(ears.texts()).toEqual(['un', 'deux'])
  })

  test('of a channel that is closed asks Meta to come again', async () => {
    await channel.close()
    await api.bring(channel, { messages: [text('wamid.1', 'un')] }, 1)
    expect(api.hookAnswers).toEqual([503])
  })
})

describe('what is sent', () => {
  const spoken = (labels: readonly string[], words = 'Que voulez-vous ?'): Spoken => ({
    text: words,
    language: 'fr',
    buttons: labels.map((label, index) => ({ label, list: 'k1', number: index + 1 })),
  })

  test('a text goes to a number, or to a user id', async () => {
    await channel.send(from, { text: 'Bonjour *Awa_*', language: 'fr' }, noFiles)
    await channel.send('ML.8123', { text: 'Bonjour', language: 'fr' }, noFiles)
    expect(api.sent).toEqual([
      {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to: from,
        type: 'text',
        text: { body: 'Bonjour *Awa_*', preview_url: false },
      },
      {
        messaging_product: 'whatsapp',
        recipient: 'ML.8123',
        type: 'text',
        text: { body: 'Bonjour', preview_url: false },
      },
    ])
  })

  test('three short choices are buttons', () => {
    const [part] = partsOf(spoken(['1 Oui', '2 Non', '3 Écouter']), 'Choisir')
    const reply = (id: string, title: string) => ({ type: 'reply', reply: { id, title } })
    expect(part?.body).toEqual({
      type: 'interactive',
      interactive: {
        type: 'button',
        body: { text: 'Que voulez-vous ?' },
        action: { buttons: [reply('k1:1', '1 Oui'), reply('k1:2', '2 Non'), reply('k1:3', '3 Écouter')] },
      },
    })
  })

  test('more choices, or longer ones, are a list that also stands in the text, so that it can be typed', () => {
    const labels = ['1 Santé', '2 Nourriture', '3 Logement', '4 Un travail, un commerce ou une formation']
    const [part] = partsOf(spoken(labels), 'Choisir')
    expect(part?.body).toMatchObject({
      interactive: {
        type: 'list',
        body: { text: `Que voulez-vous ?\n${labels.join('\n')}` },
        action: {
          button: 'Choisir',
          sections: [
            {
              rows: [
                { id: 'k1:1', title: '1 Santé' },
                { id: 'k1:2', title: '2 Nourriture' },
                { id: 'k1:3', title: '3 Logement' },
                { id: 'k1:4', title: '4 Un travail, un…', description: labels[3] },
              ],
            },
          ],
        },
      },
    })
  })

  test('nothing is longer than Meta takes, and nothing of a long text is lost', () => {
    const long = Array.from({ length: 900 }, (_, n) => `phrase ${n}.`).join(' ')
    const parts = partsOf(spoken(['1 Oui', '2 Non et bien plus que vingt lettres'], long), 'Choisir')
    const bodies = parts.map(({ body }) => {
      const { text: plain, interactive } = body as {
        text?: { body: string }
        interactive?: { body: { text: string } }
      }
      return plain?.body ?? interactive?.body.text ?? ''
    })
    expect(bodies.at(-1)).toContain('2 Non')
    for (const [index, body] of bodies.entries()) {
      expect(body.length).toBeLessThanOrEqual(index === bodies.length - 1 ? 1024 : 4096)
    }
    expect(bodies.join(' ').match(/phrase \d+\./g)).toHaveLength(900)
  })

  test('words that are throttled half-way go on where they stopped', async () => {
    const words = `${'un '.repeat(1300)}. ${'deux '.repeat(200)}`
    api.refuse({ status: 429, code: 130429, headers: { 'retry-after': '1' } }, 1)
    await channel.send(from, { text: words, language: 'fr' }, noFiles)
    expect(api.sent).toHaveLength(2)
  })

  test('a voice note goes as one, words beside it as a message of their own', async () => {
    const bytes = Buffer.from('OggS voice')
    const file = { media: 'm1', kind: 'voice', mime: 'audio/ogg', bytes: bytes.length, seconds: 4 } as const
    await channel.send(from, { text: 'I ni ce', language: 'bm', file }, async () => bytes)
    expect(api.sent.map((it) => it['type'])).toEqual(['audio', 'text'])
    const audio = api.sent[0]?.['audio'] as { id: string; voice: boolean } | undefined
    expect(audio?.voice).toBe(true)
    expect(api.files.get(audio?.id ?? '')?.bytes.equals(bytes)).toBe(true)
  })
})

describe('a refusal', () => {
  test.each([
    [429, 4, 'channel:throttled', { afterSeconds: 10 }],
    [400, 130429, 'channel:throttled', { afterSeconds: 10 }],
    [400, 131056, 'channel:throttled', { afterSeconds: 6, pair: true }],
    [400, 131049, 'channel:throttled', { afterSeconds: 86400, pair: true }],
    [400, 131048, 'channel:throttled', { afterSeconds: 3600 }],
    [429, undefined, 'channel:throttled', { afterSeconds: 10 }],
    [500, 131000, 'channel:unreachable', {}],
    [503, undefined, 'channel:unreachable', {}],
    [400, 131047, 'channel:window_closed', {}],
    [400, 132015, 'channel:bad_template', {}],
    [400, 131026, 'channel:blocked', {}],
    [400, 131051, 'channel:refused', {}],
    [400, 100, 'channel:refused', {}],
    [400, 132001, 'channel:bad_template', {}],
    [401, 190, 'channel:unauthorized', {}],
    [403, 10, 'channel:unauthorized', {}],
    [403, 200, 'channel:unauthorized', {}],
    [400, 131042, 'channel:unauthorized', {}],
    [401, undefined, 'channel:unauthorized', {}],
  ] as const)('%s with the code %s is %s', (status, code, failure, facts) => {
    expect(refusal(status, code, undefined)).toMatchObject({ code: failure, facts })
  })

  test('of the key makes the channel wait for an administrator, and holds no secret', async () => {
    const other = make({ token: 'a-wrong-token' })
    await other.start(ears, new TestCursor())
    await until('it is known', () => other.state() === 'unauthorized')
    const failure = await other
      .send(from, { text: 'Bonjour', language: 'fr' }, noFiles)
      .catch((it: unknown) => it)
    expect(String(failure)).not.toMatch(/a-wrong-token|Bonjour|2230000/)
    await other.close()
  })
})

describe('a file', () => {
  test('whose bytes are not those of its hash is fetched again later', async () => {
    const id = api.keep(Buffer.from('changed on the way'), 'image/jpeg', 'f'.repeat(64))
    const fetched = channel.fetch({ kind: 'photo', handle: id }, 1000)
    await expect(fetched).rejects.toMatchObject({ code: 'channel:unreachable' })
  })

  test('that lies on a strange host is not asked for with our key', async () => {
    const id = api.keep(Buffer.from('x'), 'image/jpeg')
    const { root } = api
    // The stand-in tells its own address; a channel whose API is elsewhere takes it for a stranger's.
    Object.defineProperty(api, 'root', { get: () => root.replace('127.0.0.1', 'localhost') })
    const fetched = channel.fetch({ kind: 'photo', handle: id }, 1000)
    await expect(fetched).rejects.toMatchObject({ code: 'channel:refused' })
  })
})
