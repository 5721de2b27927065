/** What the library tells of a message, read without a browser. */
import { describe, expect, test } from 'vitest'
import { splitArgs } from '../../../src/channel/whatsapp-web/browser.ts'
import { lookBackFrom } from '../../../src/channel/whatsapp-web/look-back.ts'
import {
  isFromPhone,
  isOnePerson,
  readAck,
  readEdit,
  readMessage,
  readRevoke,
} from '../../../src/channel/whatsapp-web/parse.ts'
import { partsOf } from '../../../src/channel/whatsapp-web/send.ts'

const now = new Date('2026-11-26T09:00:00Z')
const reader = { channel: 'ww', now }
const chat = '22370000001@c.us'

function told(more: object = {}, id: object = {}) {
  return {
    id: { fromMe: false, remote: chat, id: 'A1', _serialized: `false_${chat}_A1`, ...id },
    ...{ type: 'chat', body: 'bonjour', t: 1_790_000_000, notifyName: 'Awa', ...more },
  }
}
const said = (data: unknown) => {
  const read = readMessage(data, reader)
  return read?.is === 'said' ? read.incoming : undefined
}

describe('a message', () => {
  test('is known by its stanza id, whatever its chat is called', () => {
    const hidden = told({}, { remote: '900000000000001@lid', _serialized: 'false_900000000000001@lid_A1' })
    expect(said(told())?.externalId).toBe('A1')
    expect(said(hidden)).toMatchObject({ externalId: 'A1', from: '900000000000001@lid' })
    expect(said(hidden)?.phone).toBe(undefined)
  })

  test('has a phone only where the address is one, or WhatsApp told it', () => {
    const hidden = told({}, { remote: '9001@lid' })
    const read = readMessage(hidden, { ...reader, phoneOf: () => '22370000009' })
    expect(read?.is === 'said' && read.incoming.phone).toBe('+22370000009')
    expect(said(told())?.phone).toBe('+22370000001')
  })

  test.each([
    ['120363@g.us', false],
    ['status@broadcast', false],
    ['1700@broadcast', false],
    ['120363@newsletter', false],
    ['0@c.us', false],
    ['22370000001@c.us', true],
    ['22370000001:12@c.us', true],
    ['900000000000001@lid', true],
    ['<script>@c.us', false],
  ])('%s is one person: %s', (id, is) => {
    expect(isOnePerson(id)).toBe(is)
    expect(said(told({}, { remote: id })) !== undefined).toBe(is)
  })

  test.each([
    ['nothing', undefined],
    ['a text', 'bonjour'],
    ['no id', { type: 'chat', body: 'x' }],
    ['an id of the wrong kind', told({}, { id: 7 })],
    ['an empty text', told({ body: ' ' })],
    ['a note of the app', told({ type: 'e2e_notification' })],
  ])('%s is nothing', (_, data) => {
    expect(readMessage(data, reader)).toBe(undefined)
  })

  test('of 100,000 characters is cut, and what a database cannot hold is taken out', () => {
    const content = said(told({ body: `\u0000\ud800${'a'.repeat(100_000)}` }))?.content
    expect(content).toEqual({ kind: 'text', text: `\ufffd${'a'.repeat(8_191)}` })
  })

  test('without a time that can be is of this moment', () => {
    for (const t of [undefined, 'soon', -5, Number.NaN, 1e300]) {
      expect(said(told({ t }))?.sentAt).toEqual(now)
    }
  })

  test('whose file nobody can fetch is something that we cannot read', () => {
    expect(said(told({ type: 'image' }))?.content).toEqual({ kind: 'unsupported', theirs: 'image' })
  })

  test('with a card keeps the number that WhatsApp vouches for', () => {
    const own = 'BEGIN:VCARD\nFN:Awa\nTEL;waid=22370000001:+223 70 00 00 01\nEND:VCARD'
    const free = 'BEGIN:VCARD\nFN:Issa\nitem1.TEL;type=CELL:70 00 00 02\nEND:VCARD'
    expect(said(told({ type: 'vcard', body: own }))?.content).toMatchObject({ own: true, name: 'Awa' })
    expect(said(told({ type: 'vcard', body: free }))?.content).toMatchObject({
      ...{ own: false, phone: '70 00 00 02' },
    })
    expect(said(told({ type: 'vcard', body: 'BEGIN:VCARD' }))?.content.kind).toBe('unsupported')
  })

  test('that quotes ours names it by its stanza id', () => {
    expect(said(told({ quotedStanzaID: '3EB0AA' }))?.quotes).toBe('3EB0AA')
  })

  test('of our own number is what staff typed', () => {
    const own = readMessage(told({ body: 'je viens' }, { fromMe: true }), reader)
    expect(own).toMatchObject({ is: 'typed', typed: { to: chat, externalId: 'A1', text: 'je viens' } })
  })
})

test('changes of a message carry its id and a later edit; those of our own say nothing', () => {
  const edited = readEdit(told({ latestEditSenderTimestampMs: 1_790_000_100_000 }), reader)
  expect(edited).toMatchObject({ externalId: 'A1', edit: 1_790_000_100 })
  const revoked = readRevoke(told({ type: 'revoked', protocolMessageKey: { id: 'A0' } }), reader)
  expect(revoked).toMatchObject({ externalId: 'A0', content: { theirs: 'revoke' } })
  expect(revoked?.edit).toBeGreaterThan(edited?.edit ?? 0)
  expect(readEdit(told({}, { fromMe: true }), reader)).toBe(undefined)
  expect(readRevoke(told({}, { fromMe: true }), reader)).toBe(undefined)
})

test('an acknowledgement is a report from the server on', () => {
  const states = [-1, 0, 1, 2, 3, 4, 9].map((ack) => readAck('A1', ack, reader)?.state)
  expect(states).toEqual([undefined, undefined, 'sent', 'delivered', 'read', 'read', undefined])
})

test('a message of ours came from a phone unless its id is one of a web client', () => {
  expect(isFromPhone('3EB0C767D097B7C7C030')).toBe(false)
  expect(isFromPhone('3A5F0C767D097B7C7C03')).toBe(true)
  expect(isFromPhone('AC5F0C767D097B7C7C030C767D097B7C')).toBe(true)
})

test('it looks back to what was stored last and a little further; the first time a day', () => {
  expect(lookBackFrom('1790000000', now)).toBe(1_789_999_400)
  for (const stored of [undefined, '', 'soon', '0']) {
    expect(lookBackFrom(stored, now)).toBe(now.getTime() / 1000 - 86_400)
  }
})

test('choices stand as lines under the words, once; a voice note has no caption, so its words follow', () => {
  const buttons = [{ label: '1 Oui', list: 'k', number: 1 }]
  expect(partsOf({ text: 'Venez ?', language: 'fr', buttons })).toEqual([{ text: 'Venez ?\n1 Oui' }])
  expect(partsOf({ text: 'Venez ?\n1 Oui', language: 'fr', buttons })).toEqual([{ text: 'Venez ?\n1 Oui' }])
  const file = { media: 'm', kind: 'voice', mime: 'audio/ogg', bytes: 9 } as const
  expect(partsOf({ text: 'Venez', language: 'fr', file })).toEqual([{ text: '', file }, { text: 'Venez' }])
  const photo = { ...file, kind: 'photo', mime: 'image/jpeg' } as const
  expect(partsOf({ text: 'Ici', language: 'fr', file: photo })).toEqual([{ text: 'Ici', file: photo }])
})

test('switches of a browser keep the blanks inside them', () => {
  const line = '--host-resolver-rules=MAP a 127.0.0.1:1, EXCLUDE 127.0.0.1  --no-sandbox'
  expect(splitArgs(line)).toEqual([
    '--host-resolver-rules=MAP a 127.0.0.1:1, EXCLUDE 127.0.0.1',
    '--no-sandbox',
  ])
  expect(splitArgs('  ')).toEqual([])
})
