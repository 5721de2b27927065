/** A bench for every channel: the channel itself, and somebody at the other end who does what people do. */
import { PassThrough } from 'node:stream'
import type { Channel } from '../../src/channel/contract.ts'
import { makeFake } from '../../src/channel/fake.ts'
import { makeTelegram } from '../../src/channel/telegram.ts'
import { makeTerminal } from '../../src/channel/terminal.ts'
import { makeWhatsappCloud } from '../../src/channel/whatsapp-cloud.ts'
import { Failure } from '../../src/failure.ts'
import { BotApi } from './bot-api.ts'
import { TestCursor, TestEars, testClock, until } from './ears.ts'
import { appSecret, GraphApi, phoneId, verifyToken } from './graph-api.ts'
import { openWebChat } from './web-chat-browser.ts'

export type Bench = {
  readonly channel: Channel
  readonly ears: TestEars
  says(text: string): Promise<unknown>
  /** The provider delivers one message twice; absent where there is no provider. */
  saysTwice?(text: string): Promise<unknown>
  corrects?(wrong: string, right: string): Promise<unknown>
  presses(number: number): Promise<unknown>
  speaks(seconds: number): Promise<unknown>
  /** What came besides words, oldest first; without bytes where the app can show none. */
  gets(): Promise<readonly { readonly kind: string; readonly bytes?: Buffer }[]>
  /** Everything the person has seen from us, as one text. */
  sees(): Promise<string>
  blocks?(): Promise<unknown>
  throttles?(seconds: number): void
  /** The channel is that of other tests as well: only what is about its end closes it. */
  readonly stays?: true
  /** Closes what stands at the other end; the channel is closed by the test. */
  close(): Promise<void>
}

/** What the house keeps under every id. */
export const sentFile = {
  kind: 'document',
  mime: 'application/pdf',
  bytes: Buffer.from('OggS and the rest of it'),
}

/** The start of an Ogg Opus file, long enough to be taken for one. */
export const oggVoice = Buffer.concat([Buffer.alloc(28), Buffer.from('OpusHead'), Buffer.alloc(400, 7)])
oggVoice.write('OggS')

export const benches = {
  telegram,
  whatsapp_cloud: whatsappCloud,
  web_chat: webChat,
  terminal,
  fake,
} satisfies Record<string, () => Promise<Bench>>

async function telegram(): Promise<Bench> {
  const api = await BotApi.start()
  const ears = new TestEars()
  const { token, root: apiRoot } = api
  const channel = makeTelegram({ id: 'tg', token, apiRoot, clock: testClock(), pollSeconds: 2, pause: 10 })
  await channel.start(ears, new TestCursor())
  const person = api.chats.person(5550001)
  return {
    channel,
    ears,
    says: async (text) => person.says(text),
    async saysTwice(text) {
      // The row is written, the answer that it is gets lost: what was not confirmed is delivered again.
      const failing = new TestEars()
      failing.failing = 1
      const arrived = ears.arrived.bind(ears)
      ears.arrived = async (arrivals) => {
        await arrived(arrivals)
        await failing.arrived(arrivals)
      }
      person.says(text)
    },
    async corrects(wrong, right) {
      person.edits(person.says(wrong), right)
    },
    presses: async (number) => person.presses(`${number}`),
    speaks: async (seconds) => person.sendsVoice(oggVoice, seconds),
    sees: async () => person.seen.flatMap((it) => [it.text, ...it.buttons.map((one) => one.text)]).join('\n'),
    gets: async () =>
      person.seen.flatMap(({ media, bytes }) => (media === undefined ? [] : [{ kind: media, bytes }])),
    blocks: async () => person.blocks(),
    throttles: (retryAfter) =>
      api.refuse({ method: 'sendMessage', code: 429, description: 'Too Many Requests', retryAfter }),
    close: () => api.close(),
  }
}

async function whatsappCloud(): Promise<Bench> {
  const api = await GraphApi.start()
  const ears = new TestEars()
  const channel = makeWhatsappCloud({
    ...{ id: 'wa', apiRoot: api.root, phoneId },
    secrets: () => ({ token: api.token, appSecret, verifyToken }),
    ...{ clock: testClock(), listButton: () => 'Choisir' },
  })
  await channel.start(ears, new TestCursor())
  let count = 0
  const from = '22300000001'
  const contacts = [{ profile: { name: 'Awa' }, wa_id: from }]
  const message = (said: object) => ({
    from,
    id: `wamid.in${++count}`,
    timestamp: String(1772442000 + count),
    ...said,
  })
  const brings = (...messages: object[]) => api.bring(channel, { contacts, messages })
  const choices = () =>
    api.sent.flatMap(({ interactive }) => {
      const { action } = (interactive ?? {}) as {
        action?: {
          buttons?: { reply: { id: string; title: string } }[]
          sections?: { rows: { id: string; title: string }[] }[]
        }
      }
      return [
        ...(action?.buttons ?? []).map((it) => it.reply),
        ...(action?.sections ?? []).flatMap((it) => it.rows),
      ]
    })
  const kinds: Record<string, string> = { audio: 'voice', image: 'photo', document: 'document' }
  return {
    channel,
    ears,
    says: (text) => brings(message({ type: 'text', text: { body: text } })),
    async saysTwice(text) {
      const said = message({ type: 'text', text: { body: text } })
      await brings(said)
      await brings(said)
    },
    async corrects(wrong, right) {
      const said = message({ type: 'text', text: { body: wrong } })
      await brings(said)
      const edit = { original_message_id: said.id, message: { type: 'text', text: { body: right } } }
      await brings(message({ type: 'edit', edit }))
    },
    presses: (number) => {
      const reply = choices().find(({ id }) => id.endsWith(`:${number}`))
      return brings(
        message({ type: 'interactive', interactive: { type: 'button_reply', button_reply: reply } }),
      )
    },
    speaks: () => {
      const id = api.keep(oggVoice, 'audio/ogg')
      return brings(
        message({ type: 'audio', audio: { id, mime_type: 'audio/ogg; codecs=opus', voice: true } }),
      )
    },
    sees: async () =>
      [
        ...api.sent.flatMap((it) => {
          const { text, interactive, image, document } = it as Record<
            string,
            Record<string, unknown> | undefined
          >
          const body = interactive?.['body'] as { text: string } | undefined
          return [text?.['body'], body?.text, image?.['caption'], document?.['caption']]
        }),
        ...choices().map(({ title }) => title),
      ].join('\n'),
    gets: async () =>
      api.sent.flatMap((it) => {
        const file = (it['audio'] ?? it['image'] ?? it['document']) as { id: string } | undefined
        return file
          ? [{ kind: kinds[String(it['type'])] ?? 'file', bytes: api.files.get(file.id)?.bytes }]
          : []
      }),
    async blocks() {
      api.refuse({ status: 400, code: 131026 })
      const failed = { id: 'wamid.earlier', status: 'failed', recipient_id: from, errors: [{ code: 131026 }] }
      await api.bring(channel, { statuses: [failed] })
    },
    throttles: (seconds) =>
      api.refuse({ status: 429, code: 130429, headers: { 'retry-after': String(seconds) } }),
    close: () => api.close(),
  }
}

async function webChat(): Promise<Bench> {
  const { channel, ears, browser, close } = await openWebChat({ file: async () => sentFile })
  await browser.opens()
  return {
    channel,
    ears,
    says: (text) => browser.writes(text),
    saysTwice: (text) => browser.writesTwice(text),
    presses: (number) => browser.chooses(number),
    speaks: (seconds) => browser.speaks(oggVoice, seconds),
    sees: async () => browser.readable(await browser.opens()),
    async gets() {
      const page = await browser.opens()
      const shown = [...page.matchAll(/<(audio|img|a)[^>]* (?:src|href)="(\/chat\/media\/[^"]+)"/g)]
      const once = new Map(shown.map(([, tag = '', path = '']) => [path, tag]))
      const kinds: Record<string, string> = { audio: 'voice', img: 'photo', a: 'document' }
      return Promise.all(
        [...once].map(async ([path, tag]) => ({
          kind: kinds[tag] ?? tag,
          bytes: (await browser.gets(path)).rawPayload,
        })),
      )
    },
    close,
  }
}

async function terminal(): Promise<Bench> {
  const input = new PassThrough()
  const output = new PassThrough()
  let written = ''
  output.on('data', (chunk) => {
    written += String(chunk)
  })
  const ears = new TestEars()
  const channel = makeTerminal({ id: 'tty', clock: testClock(), input, output })
  await channel.start(ears, new TestCursor())
  const types = async (line: string) => {
    const tried = ears.tries
    input.write(`${line}\n`)
    await until('it is brought', () => ears.tries > tried || channel.state() === 'stopped')
  }
  return {
    channel,
    ears,
    says: types,
    async corrects(wrong, right) {
      await types(wrong)
      await types(`/edit ${right}`)
    },
    presses: (number) => types(`/press ${number}`),
    speaks: (seconds) => types(`/voice ${seconds}`),
    sees: async () => written,
    gets: async () =>
      [...written.matchAll(/\[(voice|photo|document) [^\]]+\]/g)].map(([, sign = '']) => ({ kind: sign })),
    close: async () => {
      input.destroy()
      output.destroy()
    },
  }
}

async function fake(): Promise<Bench> {
  const ears = new TestEars()
  const channel = makeFake({ id: 'fake', clock: testClock() })
  await channel.start(ears, new TestCursor())
  return {
    channel,
    ears,
    says: (text) => channel.says('awa', text),
    async saysTwice(text) {
      await channel.says('awa', text, { externalId: 'm1' })
      await channel.says('awa', text, { externalId: 'm1' })
    },
    async corrects(wrong, right) {
      const externalId = await channel.says('awa', wrong)
      await channel.says('awa', right, { externalId, edit: 1 })
    },
    presses: (number) => channel.presses('awa', number),
    speaks: (seconds) =>
      channel.brings('awa', { kind: 'file', file: channel.keeps('voice', oggVoice, { seconds }) }),
    sees: async () =>
      channel
        .sent('awa')
        .flatMap(({ spoken }) => [spoken.text, ...(spoken.buttons ?? []).map((it) => it.label)])
        .join('\n'),
    gets: async () =>
      channel.sent('awa').flatMap(({ spoken, bytes }) => {
        return spoken.file ? [{ kind: spoken.file.kind, bytes }] : []
      }),
    blocks: () => channel.block('awa'),
    throttles: (afterSeconds) => channel.fail(new Failure('channel:throttled', { afterSeconds })),
    close: async () => {},
  }
}
