/** Telegram's updates, as captured and as a hostile sender would write them, read into arrivals. */
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readUpdate } from '../../src/channel/telegram-parse.ts'
import type { Incoming } from '../../src/core/message.ts'

const folder = new URL('telegram/received/', import.meta.url)
const now = new Date('2026-03-02T09:00:30Z')
const received = (name: string): unknown => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'))
const read = (update: unknown) => readUpdate(update, 'tg', now)

const said = {
  channel: 'tg',
  from: '5550001',
  externalId: '41',
  edit: 0,
  sentAt: new Date(1772442000_000),
  displayName: 'Awa D.',
}
const file = (kind: string, handle: string, more: object, text?: string) => ({
  content: { kind: 'file', file: { kind, handle, ...more }, ...(text === undefined ? {} : { text }) },
})
const press = (id: string, quotes: string, content: Incoming['content']) => ({
  externalId: `press-${id}`,
  sentAt: now,
  quotes,
  content,
})

/** What each captured update says; a file without its row fails, and so does a row without its file. */
const meanings: Record<string, Partial<Incoming> | 'blocked' | 'unblocked' | 'nothing' | object> = {
  text: { content: { kind: 'text', text: "J'ai besoin de travail" } },
  'text-quoting-our-message': { content: { kind: 'text', text: '2' }, quotes: '40' },
  'start-link-of-a-card': { content: { kind: 'text', text: '4821036571' } },
  'start-button': { content: { kind: 'text', text: 'start' } },
  'command-with-bot-name': { content: { kind: 'text', text: 'menu' } },
  voice: file('voice', 'AwACAgQAAxkBAAMpZ', { mime: 'audio/ogg', bytes: 28114, seconds: 7 }),
  audio: file('audio', 'CQACAgQAAxkBAAMq', {
    mime: 'audio/mp4',
    bytes: 510022,
    seconds: 63,
    name: 'enregistrement.m4a',
  }),
  'photo-with-caption': file('photo', 'large', { mime: 'image/jpeg', bytes: 90500 }, 'La boutique'),
  video: file('video', 'BAACAgQ', { mime: 'video/mp4', bytes: 2048000, seconds: 12, name: 'film.mp4' }),
  'video-note': file('video', 'DQACAgQ', { bytes: 900000, seconds: 9 }),
  document: file('document', 'BQACAgQ', {
    mime: 'application/pdf',
    bytes: 120000,
    name: 'laissez-passer.pdf',
  }),
  location: { content: { kind: 'location', latitude: 14.4956, longitude: -4.1968 } },
  'live-location-moved': 'nothing',
  'own-contact': {
    content: { kind: 'contact', phone: '22300000001', name: 'Awa', own: true },
    phone: '+22300000001',
  },
  'contact-of-somebody-else': {
    content: { kind: 'contact', phone: '+223 00 00 00 02', name: 'Issa', own: false },
  },
  'contact-without-telegram': {
    content: { kind: 'contact', phone: '+22300000003', name: 'Issa', own: false },
  },
  'edited-text': {
    content: { kind: 'text', text: "J'ai besoin d'un travail" },
    edit: 1772442042,
    sentAt: new Date(1772442042_000),
  },
  press: press('4382bfdwdsb323b2d9', '40', { kind: 'choice', list: 'k3', number: 1 }),
  'press-on-old-inaccessible-message': press('4382bfdwdsb323b2da', '2', {
    kind: 'choice',
    list: 'k1',
    number: 10,
  }),
  'press-with-strange-data': press('4382bfdwdsb323b2db', '2', {
    kind: 'unsupported',
    theirs: 'callback_query',
  }),
  'press-in-a-group': 'nothing',
  sticker: { content: { kind: 'unsupported', theirs: 'sticker' } },
  poll: { content: { kind: 'unsupported', theirs: 'poll' } },
  'pinned-message': 'nothing',
  blocked: 'blocked',
  unblocked: 'unblocked',
  'text-in-a-group': 'nothing',
  'post-in-a-channel': 'nothing',
  'text-of-a-bot': 'nothing',
  'added-to-a-group': 'nothing',
}

test('every captured update has its meaning written down', () => {
  const files = readdirSync(folder).map((it) => it.replace('.json', ''))
  expect(files.sort()).toEqual(Object.keys(meanings).sort())
})

test.each(Object.entries(meanings))('%s is read as it is meant', (name, meaning) => {
  const { arrivals, news } = read(received(name))
  if (meaning === 'nothing') expect({ arrivals, news }).toEqual({ arrivals: [], news: [] })
  else if (typeof meaning === 'string') {
    expect({ arrivals, news }).toEqual({
      arrivals: [],
      news: [{ channel: 'tg', from: '5550001', news: meaning }],
    })
  } else expect({ arrivals, news }).toEqual({ arrivals: [{ ...said, ...meaning }], news: [] })
})

test('every press is acknowledged, also one in a group', () => {
  expect(read(received('press')).press).toBe('4382bfdwdsb323b2d9')
  expect(read(received('press-in-a-group')).press).toBe('4382bfdwdsb323b2dc')
})

const person = { id: 7, is_bot: false, first_name: 'Awa' }
const chat = { id: 7, type: 'private' }
const written = (more: object) => ({
  update_id: 1,
  message: { message_id: 3, date: 5, chat, from: person, ...more },
})

test.each([
  ['no object at all', 'hello'],
  ['null', null],
  ['a list', [1, 2]],
  ['no members', {}],
  ['a message without a chat', { update_id: 1, message: { message_id: 3, date: 5, text: 'x' } }],
  ['a message without a number', { update_id: 1, message: { chat, text: 'x' } }],
  ['a chat whose number is a text', { update_id: 1, message: { message_id: 3, chat: { ...chat, id: '7' } } }],
  [
    'a chat number beyond all integers',
    { update_id: 1, message: { message_id: 3, chat: { ...chat, id: 1e300 } } },
  ],
  ['a message with nothing in it', written({})],
  ['a text of blanks', written({ text: ' \n\u00a0' })],
])('%s is no arrival and no error', (_, update) => {
  expect(read(update).arrivals).toEqual([])
})

test('a message keeps what is right when one member is wrong', () => {
  const { arrivals } = read(
    written({ text: 'aide', date: 'soon', from: 'somebody', reply_to_message: 7, voice: { file_id: 4 } }),
  )
  expect(arrivals).toEqual([
    expect.objectContaining({ content: { kind: 'text', text: 'aide' }, sentAt: now, quotes: undefined }),
  ])
})

test.each([
  ['voice', { voice: { duration: 3 } }],
  ['photo', { photo: [] }],
])('a %s without its file is shown as something that cannot be read', (theirs, content) => {
  const [arrival] = read(written(content)).arrivals
  expect(arrival?.content).toEqual({ kind: 'unsupported', theirs })
})

test('a huge text is cut, and html, NUL and half letters stay harmless text', () => {
  const [huge] = read(written({ text: 'a'.repeat(1_000_000) })).arrivals
  expect(huge?.content).toEqual({ kind: 'text', text: 'a'.repeat(8192) })
  const [html] = read(written({ text: '<script>alert(1)</script>\u0000\ud83d' })).arrivals
  expect(html?.content).toEqual({ kind: 'text', text: '<script>alert(1)</script>\ufffd' })
})

test('no update whatever makes the parse throw', () => {
  const member = fc.oneof(fc.jsonValue(), fc.constantFrom(person, chat, 'private', 3))
  const hostile = fc.dictionary(
    fc.constantFrom('message', 'edited_message', 'callback_query', 'my_chat_member', '__proto__'),
    fc.dictionary(
      fc.constantFrom(
        'message_id',
        'date',
        'chat',
        'from',
        'text',
        'voice',
        'photo',
        'location',
        'contact',
        'data',
      ),
      member,
    ),
  )
  fc.assert(
    fc.property(fc.oneof(hostile, fc.jsonValue()), (update) => {
      expect(Array.isArray(read(update).arrivals)).toBe(true)
    }),
    { numRuns: 500 },
  )
})
