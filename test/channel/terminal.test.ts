/** The terminal: what a line means, and how one leaves. */
import { PassThrough } from 'node:stream'
import { fileTypeFromBuffer } from 'file-type'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeTerminal, type TerminalChannel } from '../../src/channel/terminal.ts'
import type { FileHandle } from '../../src/core/message.ts'
import { noFiles, TestCursor, TestEars, testClock, until } from './ears.ts'

let input: PassThrough
let shown: string
let ears: TestEars
let channel: TerminalChannel

beforeEach(async () => {
  input = new PassThrough()
  const output = new PassThrough()
  shown = ''
  output.on('data', (chunk) => {
    shown += String(chunk)
  })
  ears = new TestEars()
  channel = makeTerminal({
    id: 'tty',
    clock: testClock(),
    input,
    output,
    greeting: 'Bonjour ! /quit pour partir.',
  })
  await channel.start(ears, new TestCursor())
})

afterEach(() => channel.close())

test.each([
  ['bonjour', { kind: 'text', text: 'bonjour' }],
  [
    '/voice 12',
    { kind: 'file', file: { kind: 'voice', handle: 'voice:12', mime: 'audio/wav', seconds: 12 } },
  ],
  [
    '/photo ma boutique',
    { kind: 'file', text: 'ma boutique', file: expect.objectContaining({ kind: 'photo' }) },
  ],
  ['/location 14.5 -4.2', { kind: 'location', latitude: 14.5, longitude: -4.2 }],
  ['/contact +22300000001', { kind: 'contact', phone: '+22300000001', own: true }],
])('%s is brought as it is meant', async (line, content) => {
  input.write(`${line}\n`)
  await until('it is heard', () => ears.rows.length === 1)
  expect(ears.rows[0]).toMatchObject({ from: 'terminal', content })
})

test.each(['/voice', '/voice -3', '/location here', '/location 95 4', '/press 1', '/edit oui', '/dance'])(
  '%s alone explains or does the harmless thing',
  async (line) => {
    const before = shown.length
    input.write(`${line}\n`)
    await until('something happens', () => shown.length > before || ears.tries > 0)
    if (line !== '/voice') expect(ears.tries).toBe(0)
  },
)

test('choices that the text does not list are shown, those that it lists are not repeated', async () => {
  const buttons = [{ label: '1 Oui', list: 'k1', number: 1 }]
  await channel.send('terminal', { text: 'Oui ?', language: 'fr', buttons }, noFiles)
  await channel.send('terminal', { text: 'Oui ?\n1 Oui', language: 'fr', buttons }, noFiles)
  expect(shown).toBe('Bonjour ! /quit pour partir.\n  Oui ?\n  1 Oui\n\n  Oui ?\n  1 Oui\n\n')
})

test('what is pretended is a real file', async () => {
  const handle = (it: string): FileHandle => ({ kind: 'voice', handle: it })
  const types = await Promise.all(
    ['voice:2', 'photo:1'].map(async (it) => fileTypeFromBuffer(await channel.fetch(handle(it), 100_000))),
  )
  expect(types.map((it) => it?.mime)).toEqual(['audio/wav', 'image/png'])
})

test('lines typed at once are brought in order, and leaving waits for them', async () => {
  let open = () => {}
  ears.gate = new Promise((resolve) => {
    open = resolve
  })
  input.write('un\ndeux\ntrois\n/quit\n')
  let gone = false
  const leaving = channel.left.then(() => {
    gone = true
  })
  await until('the first is brought', () => ears.tries === 1)
  expect(gone).toBe(false)
  open()
  await leaving
  expect(ears.texts()).toEqual(['un', 'deux', 'trois'])
})

test('the end of the input is a way to leave', async () => {
  input.end('au revoir\n')
  await channel.left
  expect(ears.texts()).toEqual(['au revoir'])
})

test('what could not be written is said, and the next line goes through', async () => {
  ears.failing = 1
  input.write('un\ndeux\n')
  await until('the second is heard', () => ears.rows.length === 1)
  expect(shown).toContain('? not kept')
  expect(ears.texts()).toEqual(['deux'])
})
