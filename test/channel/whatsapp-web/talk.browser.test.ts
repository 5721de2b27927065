/** What comes in and goes out through the real library in a real browser; one session for all of it. */
import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Incoming, SpokenFile } from '../../../src/core/message.ts'
import { oggVoice, sentFile } from '../benches.ts'
import { keepsContract } from '../contract.ts'
import { noFiles, until } from '../ears.ts'
import { benchOf, type Desk, openDesk } from './desk.ts'
import type { Saying } from './stand-in.ts'

let desk: Desk

beforeAll(async () => {
  desk = await openDesk()
}, 120_000)
afterAll(async () => {
  await desk?.close()
})

/** Somebody whom no other test has met. */
const stranger = (server = 'c.us') => `2237${randomInt(1_000_000, 9_999_999)}@${server}`
const heardFrom = (chat: string) => desk.ears.rows.filter(({ from }) => from === chat)

async function heard(chat: string, n = 1): Promise<readonly Incoming[]> {
  await until(`${n} are heard`, () => heardFrom(chat).length >= n)
  return heardFrom(chat)
}

describe('what people say', () => {
  test('a text arrives with its address, phone, name and time', async () => {
    const chat = stranger()
    await desk.standIn.says(chat, { text: 'I ni sogoma', name: 'Awa', at: 1_790_000_000 })
    const [said] = await heard(chat)
    expect(said).toMatchObject({
      ...{ channel: 'ww', from: chat, edit: 0, displayName: 'Awa', phone: `+${chat.split('@')[0]}` },
      content: { kind: 'text', text: 'I ni sogoma' },
      sentAt: new Date(1_790_000_000_000),
    })
  })

  const kinds: readonly [string, Saying, object][] = [
    [
      'a voice note',
      {
        file: { type: 'ptt', bytes: oggVoice, mimetype: 'audio/ogg; codecs=opus' },
        attributes: { duration: '18' },
      },
      { kind: 'file', file: { kind: 'voice', seconds: 18, mime: 'audio/ogg; codecs=opus' } },
    ],
    [
      'a picture with words',
      { text: 'la pompe', file: { type: 'image', bytes: oggVoice, mimetype: 'image/jpeg' } },
      { kind: 'file', file: { kind: 'photo' }, text: 'la pompe' },
    ],
    [
      'a document',
      { file: { type: 'document', bytes: oggVoice, mimetype: 'application/pdf', name: 'reçu.pdf' } },
      { kind: 'file', file: { kind: 'document', name: 'reçu.pdf', bytes: oggVoice.length } },
    ],
    [
      'a place',
      { attributes: { type: 'location', lat: 12.65, lng: -8, loc: 'Bamako\nMali' } },
      { kind: 'location', latitude: 12.65, longitude: -8, text: 'Bamako\nMali' },
    ],
    [
      'a contact',
      {
        text: 'BEGIN:VCARD\nVERSION:3.0\nFN:Issa\nTEL;type=CELL;waid=22370000077:+223 70 00 00 77\nEND:VCARD',
        attributes: { type: 'vcard' },
      },
      { kind: 'contact', phone: '+22370000077', name: 'Issa', own: false },
    ],
    [
      'something that we cannot read',
      { attributes: { type: 'sticker' } },
      { kind: 'unsupported', theirs: 'sticker' },
    ],
  ]
  test.each(kinds)('%s arrives as what it is', async (_, saying, content) => {
    const chat = stranger()
    await desk.standIn.says(chat, saying)
    const [said] = await heard(chat)
    expect(said?.content).toMatchObject(content)
    if (said?.content.kind !== 'file') return
    const bytes = await desk.channel.fetch(said.content.file, 10_000)
    expect(bytes.equals(oggVoice)).toBe(true)
  })

  test('groups, status, newsletters, broadcasts and notes of the app are nothing', async () => {
    const before = desk.ears.arrivals.length
    const someone = stranger()
    await desk.standIn.says('120363000000000001@g.us', { text: 'dans un groupe', author: someone })
    await desk.standIn.says('status@broadcast', { text: 'un statut', author: someone })
    await desk.standIn.says('120363000000000002@newsletter', { text: 'une chaîne' })
    await desk.standIn.says('1700000000@broadcast', { text: 'à tous' })
    await desk.standIn.says('0@c.us', { text: 'WhatsApp vous informe' })
    await desk.standIn.says(someone, { attributes: { type: 'e2e_notification' } })
    await desk.standIn.says(someone, { attributes: { type: 'call_log' } })
    await desk.standIn.says(someone, { text: 'et moi ?' })
    const said = await heard(someone)
    expect(said.map(({ content }) => content)).toEqual([{ kind: 'text', text: 'et moi ?' }])
    expect(desk.ears.arrivals.length).toBe(before + 1)
  })

  test('a person under a hidden id is one address, with the phone where WhatsApp knows it, asked once', async () => {
    const chat = stranger('lid')
    await desk.standIn.knows(chat, '22370000099@c.us')
    await desk.standIn.says(chat, { text: 'un' })
    await desk.standIn.says(chat, { text: 'deux' })
    const said = await heard(chat, 2)
    expect(said.map(({ phone }) => phone)).toEqual(['+22370000099', '+22370000099'])
    expect(desk.standIn.heard.filter(({ what }) => what === 'wid')).toEqual([])
  })

  test('a correction and a message taken back come as changes of the message', async () => {
    const chat = stranger()
    const id = await desk.standIn.says(chat, { text: 'bonjou' })
    await heard(chat)
    await desk.standIn.tell({ t: 'edit', id, body: 'bonjour', at: 1_790_000_100_000 })
    await heard(chat, 2)
    await desk.standIn.tell({ t: 'revoke', id })
    await desk.standIn.tell({ t: 'revoke', id })
    const [first, edited, revoked] = await heard(chat, 3)
    expect(edited?.content).toEqual({ kind: 'text', text: 'bonjour' })
    expect(revoked?.content).toEqual({ kind: 'unsupported', theirs: 'revoke' })
    expect([edited?.externalId, revoked?.externalId]).toEqual([first?.externalId, first?.externalId])
    expect(edited?.edit).toBeGreaterThan(0)
    expect(revoked?.edit).toBeGreaterThan(edited?.edit ?? 0)
  })

  test('a thumb is a word, and quotes what it is under', async () => {
    const chat = stranger()
    await desk.channel.send(chat, { text: 'Venez-vous demain ?', language: 'fr' }, noFiles)
    const question = desk.standIn.sent.at(-1)
    await desk.standIn.tell({ t: 'reaction', id: question?.id, sender: chat, emoji: '👍' })
    const [thumb] = await heard(chat)
    expect(thumb).toMatchObject({ content: { kind: 'text', text: '👍' }, quotes: question?.stanza })
  })

  test('what nobody could decrypt is told, and its words come as a change once they are known', async () => {
    const chat = stranger()
    const id = await desk.standIn.says(chat, { attributes: { type: 'ciphertext' } })
    await desk.page().evaluate((key) => {
      // The library waits a quarter of a minute before it gives a message up.
      const page = globalThis as unknown as {
        require(name: string): { Msg: { get(key: string): unknown } }
        WWebJS: { getMessageModel(message: unknown): unknown }
        onCiphertextFailedEvent(message: unknown): void
      }
      const message = page.require('WAWebCollections').Msg.get(key)
      page.onCiphertextFailedEvent(page.WWebJS.getMessageModel(message))
    }, id)
    const [first] = await heard(chat)
    expect(first?.content).toEqual({ kind: 'unsupported', theirs: 'undecrypted' })
    await desk.standIn.tell({ t: 'decrypt', id, body: 'au secours' })
    const [, second] = await heard(chat, 2)
    expect(second).toMatchObject({ externalId: first?.externalId, edit: 1 })
    expect(second?.content).toEqual({ kind: 'text', text: 'au secours' })
  })

  test('events that come double are heard once', async () => {
    const chat = stranger()
    const id = await desk.standIn.says(chat, { text: 'une fois' })
    await desk.standIn.tell({ t: 'again', id }, { t: 'again', id })
    await desk.standIn.says(chat, { text: 'puis' })
    await heard(chat, 2)
    expect(desk.ears.arrivals.filter(({ from }) => from === chat).length).toBe(2)
  })

  test('a file that is still on its way is waited for; one that is gone is said to be', async () => {
    const chat = stranger()
    const file = { type: 'ptt', bytes: oggVoice, mimetype: 'audio/ogg; codecs=opus' }
    const late = await desk.standIn.says(chat, { file: { ...file, late: true } })
    await desk.standIn.says(chat, { file: { ...file, gone: true } })
    const [first, second] = await heard(chat, 2)
    if (first?.content.kind !== 'file' || second?.content.kind !== 'file') throw new Error('no files')
    const fetched = desk.channel.fetch(first.content.file, 10_000)
    await desk.standIn.tell({ t: 'arrived', id: late })
    expect((await fetched).equals(oggVoice)).toBe(true)
    await expect(desk.channel.fetch(second.content.file, 10_000)).rejects.toMatchObject({
      code: 'media:gone',
    })
  })

  test('a call is refused, and whoever calls is told once', async () => {
    const chat = stranger()
    await desk.standIn.tell({ t: 'call', id: 'C1', from: chat })
    await until('it is told', () => desk.standIn.sent.some((one) => one.chat === chat))
    await desk.standIn.tell({ t: 'call', id: 'C2', from: chat })
    const refused = () => desk.standIn.heard.filter(({ t }) => t === 'stanza').length
    await until('both are refused', () => refused() === 2)
    expect(desk.standIn.sent.filter((one) => one.chat === chat).map(({ body }) => body)).toEqual([
      'Nous ne prenons pas les appels ici.',
    ])
    expect(heardFrom(chat)).toEqual([])
    expect(desk.ears.typings).toEqual([])
  })

  test('a thousand messages at once: all of them, once, in order', async () => {
    const chats = Array.from({ length: 20 }, () => stranger())
    const all = await Promise.all(
      chats.map((chat) =>
        desk.standIn.say(
          chat,
          Array.from({ length: 50 }, (_, n) => ({ text: `m${n}` })),
        ),
      ),
    )
    expect(all.flat().length).toBe(1_000)
    const whole = () => chats.every((chat) => heardFrom(chat).length === 50)
    await until('all are heard', whole, 30_000)
    for (const chat of chats) {
      const texts = heardFrom(chat).map(({ content }) => (content.kind === 'text' ? content.text : ''))
      expect(texts).toEqual(Array.from({ length: 50 }, (_, n) => `m${n}`))
    }
  })
})

describe('what we say', () => {
  test('a text goes out with its choices as lines, marks nothing as read, and reports how far it came', async () => {
    const chat = stranger()
    const buttons = [
      { label: '1 Oui', list: 'k1', number: 1 },
      { label: '2 Non', list: 'k1', number: 2 },
    ]
    const text = 'Voir https://example.org ?'
    const { externalId } = await desk.channel.send(chat, { text, language: 'fr', buttons }, noFiles)
    expect(desk.standIn.sent.at(-1)).toMatchObject({
      chat,
      stanza: externalId,
      body: `${text}\n1 Oui\n2 Non`,
    })
    expect(desk.standIn.heard.some(({ t }) => t === 'seen')).toBe(false)
    await until('it is delivered', () =>
      desk.ears.reports.some((one) => one.externalId === externalId && one.state === 'delivered'),
    )
    expect(desk.ears.typings).toEqual([])
  })

  const voice: SpokenFile = { media: 'm1', kind: 'voice', mime: 'audio/ogg', bytes: sentFile.bytes.length }
  test.each([
    [voice, 'ptt'],
    [{ ...voice, kind: 'photo', mime: 'image/jpeg' }, 'image'],
    [{ ...voice, kind: 'document', mime: 'application/pdf', name: 'Liste.pdf' }, 'document'],
  ] as const)('a file goes out as what it is (%#)', async (file, type) => {
    const chat = stranger()
    await desk.channel.send(chat, { text: '', language: 'fr', file }, async () => sentFile.bytes)
    const sent = desk.standIn.sent.at(-1)
    expect(sent).toMatchObject({ chat, type })
    expect(Buffer.from(sent?.media?.data ?? '', 'base64').equals(sentFile.bytes)).toBe(true)
    if (type === 'ptt') expect(sent?.media?.mimetype).toBe('audio/ogg; codecs=opus')
  })

  test('without a sign of WhatsApp nobody knows; said again it is looked for first, and not said twice', async () => {
    const chat = stranger()
    desk.standIn.acks = []
    const spoken = { text: 'Votre dossier est prêt.', language: 'fr' } as const
    const doubt = await desk.channel.send(chat, spoken, noFiles).catch((error: unknown) => error)
    desk.standIn.acks = [1, 2]
    expect(doubt).toMatchObject({ code: 'channel:doubtful' })
    const lost = desk.standIn.sent.at(-1)
    expect(doubt).toMatchObject({ facts: { externalId: lost?.stanza } })
    // WhatsApp had it all the time; the answer was lost.
    await desk.standIn.acknowledge(lost?.id ?? '', 1)
    const again = await desk.channel.send(chat, spoken, noFiles, { resent: true })
    expect(again.externalId).toBe(lost?.stanza)
    expect(desk.standIn.sent.filter((one) => one.chat === chat).length).toBe(1)
    // The same words on purpose are said again.
    await desk.channel.send(chat, spoken, noFiles)
    expect(desk.standIn.sent.filter((one) => one.chat === chat).length).toBe(2)
  })

  test('a number that nobody has is refused, a campaign as long as no administrator allows it', async () => {
    const nobody = desk.channel.send('40470000001@c.us', { text: 'allô', language: 'fr' }, noFiles)
    await expect(nobody).rejects.toMatchObject({ code: 'channel:refused' })
    const many = { resent: false, campaign: true }
    const campaign = desk.channel.send(stranger(), { text: 'à tous', language: 'fr' }, noFiles, many)
    await expect(campaign).rejects.toMatchObject({ code: 'channel:refused' })
  })

  test('paused by staff, or past the cap of the day, nothing goes and what waits is sent back', async () => {
    const { keeping, channel } = desk
    expect(channel.holdsBack?.()).toBe(undefined)
    keeping.set = { ...keeping.set, paused: true }
    await until('it is paused', () => channel.holdsBack?.() === 'paused')
    await expect(channel.turns?.turn('a', new AbortController().signal)).rejects.toThrow()
    keeping.set = { ...keeping.set, paused: false, sentToday: 100_000 }
    await until('the day is full', () => channel.holdsBack?.() === 'paused')
    keeping.set = { ...keeping.set, sentToday: 0 }
    await until('it goes on', () => channel.holdsBack?.() === undefined)
  })
})

test('what staff type on the paired phone is told, once, as theirs', async () => {
  const chat = stranger()
  await desk.standIn.types(chat, { text: 'Je vous appelle demain. Moussa', at: 1_790_000_500 })
  await until('it is told', () => desk.ears.typings.length === 1)
  expect(desk.ears.typings[0]).toMatchObject({
    ...{ channel: 'ww', to: chat, text: 'Je vous appelle demain. Moussa', at: new Date(1_790_000_500_000) },
  })
  expect(heardFrom(chat)).toEqual([])
})

// Last, because one of its tests closes the channel.
describe('the contract', () => {
  keepsContract('whatsapp_web', async () => {
    return benchOf(desk)
  })
})
