/** What Meta's web hook brings, as Meta's own examples show it and as a hostile sender would write it. */
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readHook as readValues, valuesOf } from '../../src/channel/whatsapp-cloud-parse.ts'
import type { Incoming } from '../../src/core/message.ts'
import { hookBody, phoneId } from './graph-api.ts'

const folder = new URL('whatsapp-cloud/received/', import.meta.url)
const now = new Date('2026-03-02T09:00:30Z')
const received = (name: string): unknown => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'))
const readHook = (body: unknown, by: typeof reader) => readValues(valuesOf(body), by)
const reader = { channel: 'wa', phoneId, now }
const read = (value: object) => readHook(hookBody(value), reader)

const ours = 'wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI3MEM2RUJFNkI0RENGQTVDRjUA'
const text = (words: string) => ({ content: { kind: 'text', text: words } })

/** What each example says; an example without its row fails, and so does a row without its example. */
const meanings: Record<string, Partial<Incoming> | 'nothing' | object> = {
  'text-message': text('Does it come in another color?'),
  'text-about-a-product': text('Is this still available?'),
  'text-message-from-click-to-whatsapp-ad': {},
  'button-message': text('Unsubscribe'),
  'interactive-button-reply-message': { ...text('Cancel'), quotes: ours },
  'interactive-list-reply-message': {},
  'image-message': {
    content: {
      kind: 'file',
      file: { kind: 'photo', handle: '1003383421387256', mime: 'image/jpeg' },
      text: 'Taj Mahal',
    },
  },
  'location-message': {
    content: {
      kind: 'location',
      latitude: 37.44221496582,
      longitude: -122.16165924072,
      text: 'Philz Coffee',
    },
  },
  'contact-sharing-message': {
    content: { kind: 'contact', phone: '+1 (983) 555-2319', name: 'Lucía Gómez', own: false },
  },
  'reaction-message': { ...text('👍'), quotes: 'wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI0RTJEOTc2ODVERUY5RDlGNkYA' },
  'order-message': { content: { kind: 'unsupported', theirs: 'order' } },
  'unsupported-message': { content: { kind: 'unsupported', theirs: 'unsupported' } },
  'system-message': 'nothing',
  'group-create-message': 'nothing',
  'group-remove-participants': 'nothing',
  'group-settings-update': 'nothing',
}

describe("Meta's own examples", () => {
  test('have a row each', () => {
    const files = readdirSync(folder).map((file) => file.replace('.json', ''))
    expect(files.toSorted()).toEqual(Object.keys(meanings).toSorted())
  })

  test.each(Object.entries(meanings))('%s', (name, meaning) => {
    const { arrivals, reports, news } = readHook(received(name), reader)
    const moved = { channel: 'wa', from: '16505551234', news: 'number_changed', to: '12195555358' }
    expect([reports, news]).toEqual([[], name === 'system-message' ? [moved] : []])
    if (meaning === 'nothing') return expect(arrivals).toEqual([])
    expect(arrivals).toHaveLength(1)
    expect(arrivals[0]).toMatchObject({ channel: 'wa', from: '16505551234', phone: '+16505551234', edit: 0 })
    expect(arrivals[0]).toMatchObject(meaning)
  })
})

const from = '22300000001'
const message = (said: object) => ({ from, id: 'wamid.1', timestamp: '1772442000', ...said })

describe('what people send', () => {
  test('a voice note is told from a song, and a paper keeps its name', () => {
    const file = { id: '77', mime_type: 'audio/ogg; codecs=opus', sha256: 'x' }
    const { arrivals } = read({
      messages: [
        message({ type: 'audio', audio: { ...file, voice: true } }),
        message({ type: 'audio', audio: file }),
        message({ type: 'document', document: { id: '78', filename: 'laissez-passer.pdf' } }),
        message({ type: 'sticker', sticker: { id: '79' } }),
      ],
    })
    expect(arrivals.map(({ content }) => content)).toMatchObject([
      { kind: 'file', file: { kind: 'voice', handle: '77' } },
      { kind: 'file', file: { kind: 'audio' } },
      { kind: 'file', file: { kind: 'document', name: 'laissez-passer.pdf' } },
      { kind: 'unsupported', theirs: 'sticker' },
    ])
  })

  test('a pressed choice brings back its list and number', () => {
    const interactive = { type: 'list_reply', list_reply: { id: 'k3:7', title: '7 École' } }
    const [pressed] = read({ messages: [message({ type: 'interactive', interactive })] }).arrivals
    expect(pressed?.content).toEqual({ kind: 'choice', list: 'k3', number: 7 })
  })

  test('a correction and a message taken back carry the id of the first, and a later time', () => {
    const edit = { original_message_id: 'wamid.0', message: { type: 'text', text: { body: 'bonjour' } } }
    const { arrivals } = read({
      messages: [
        message({ type: 'edit', edit }),
        message({ type: 'revoke', revoke: { original_message_id: 'wamid.0' } }),
      ],
    })
    expect(arrivals).toMatchObject([
      { externalId: 'wamid.0', edit: 1772442000, content: { kind: 'text', text: 'bonjour' } },
      { externalId: 'wamid.0', edit: 1772442000, content: { kind: 'unsupported', theirs: 'revoke' } },
    ])
  })

  test('whoever has a user name instead of a number is known by the user id', () => {
    const { arrivals } = read({
      contacts: [{ profile: { name: 'Awa' }, user_id: 'ML.8123' }],
      messages: [
        message({ from: undefined, from_user_id: 'ML.8123', type: 'text', text: { body: 'bonjour' } }),
      ],
    })
    expect(arrivals).toMatchObject([{ from: 'ML.8123', displayName: 'Awa', content: { text: 'bonjour' } }])
    expect(arrivals[0]?.phone).toBeUndefined()
  })

  test('somebody whom nothing names is nobody, and the next is still heard', () => {
    const nameless = message({ from: undefined, type: 'text', text: { body: 'un' } })
    const { arrivals } = read({
      messages: [nameless, 'nonsense', message({ type: 'text', text: { body: 'deux' } })],
    })
    expect(arrivals).toMatchObject([{ content: { text: 'deux' } }])
  })

  test('a reaction that was taken back says nothing', () => {
    const reaction = { message_id: 'wamid.0', emoji: '' }
    expect(read({ messages: [message({ type: 'reaction', reaction })] }).arrivals).toEqual([])
  })

  test('a phone or person that changed behind a number is news and no message', () => {
    const system = (it: object) => read({ messages: [message({ type: 'system', system: it })] })
    expect(system({ type: 'customer_identity_changed' })).toEqual({
      ...{ arrivals: [], reports: [] },
      news: [{ channel: 'wa', from, news: 'identity_changed' }],
    })
    expect(system({ type: 'user_changed_number' }).news).toEqual([
      { channel: 'wa', from, news: 'number_changed' },
    ])
    expect(system({ type: 'a thing of tomorrow' })).toEqual({ arrivals: [], reports: [], news: [] })
  })

  test('what was said to another number of the account is not ours', () => {
    const said = { messages: [message({ type: 'text', text: { body: 'bonjour' } })] }
    expect(readHook(hookBody(said, '999'), reader).arrivals).toEqual([])
  })

  test('several entries and changes in one body are read in their order', () => {
    const of = (words: string) => hookBody({ messages: [message({ type: 'text', text: { body: words } })] })
    const entries = ['un', 'deux'].flatMap((words) => (of(words) as { entry: object[] }).entry)
    const { arrivals } = readHook({ object: 'whatsapp_business_account', entry: entries }, reader)
    expect(arrivals.map(({ content }) => 'text' in content && content.text)).toEqual(['un', 'deux'])
  })
})

describe('what Meta reports', () => {
  const status = (it: object) => ({ id: 'wamid.9', recipient_id: from, timestamp: '1772442000', ...it })

  test('is how far a message has come; a voice note that was heard was read', () => {
    const states = ['sent', 'delivered', 'read', 'played', 'warmed']
    const { reports } = read({ statuses: states.map((one) => status({ status: one })) })
    expect(reports.map(({ state }) => state)).toEqual(['sent', 'delivered', 'read', 'read'])
    expect(reports[0]).toEqual({
      channel: 'wa',
      externalId: 'wamid.9',
      state: 'sent',
      at: new Date(1772442000_000),
    })
  })

  test('is why it failed, and of whom we cannot reach any more', () => {
    const failed = (code: number) => status({ status: 'failed', errors: [{ code }] })
    const { reports, news } = read({ statuses: [failed(131047), failed(131026), failed(999)] })
    expect(reports.map(({ failure }) => failure)).toEqual([
      'channel:window_closed',
      'channel:blocked',
      'channel:refused',
    ])
    expect(news).toEqual([{ channel: 'wa', from, news: 'blocked' }])
  })
})

test('no body whatever makes the parse throw', () => {
  const odd = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc.string(),
      fc.integer(),
      fc.constant(null),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom(
          'entry',
          'changes',
          'value',
          'messages',
          'metadata',
          'field',
          'text',
          'type',
          'from',
          'id',
          'x',
        ),
        tie('any'),
        { maxKeys: 4 },
      ),
    ),
  })).any
  fc.assert(
    fc.property(odd, (body) => {
      readHook(body, reader)
      read({ messages: [body], statuses: [body], contacts: body })
    }),
    { numRuns: 500 },
  )
})
