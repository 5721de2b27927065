/** One contract, every channel: whatever brings and sends a message keeps the same promises. */
import { afterEach, expect, test } from 'vitest'
import type { Channel } from '../../src/channel/contract.ts'
import type { Spoken, SpokenFile } from '../../src/core/message.ts'
import { Failure } from '../../src/failure.ts'
import { type Bench, sentFile } from './benches.ts'
import { noFiles, until } from './ears.ts'

const buttons = [
  { label: '1 Suivi', list: 'k1', number: 1 },
  { label: '2 Besoin', list: 'k1', number: 2 },
]
const question: Spoken = { text: 'Que voulez-vous ?', language: 'fr', buttons }
/** Nobody tells them that somebody blocked us, or asks them for silence. */
const unheard: readonly Channel['kind'][] = ['web_chat', 'terminal', 'whatsapp_web']

/** The promises, as tests of one kind of channel; `openBench` opens a bench for each of them. */
export function keepsContract(kind: Channel['kind'], openBench: () => Promise<Bench>): void {
  let bench: Bench

  async function open(): Promise<Bench> {
    bench = await openBench()
    return bench
  }

  afterEach(async () => {
    if (!bench.stays) await bench.channel.close()
    await bench.close()
  })

  test('what is said arrives once, in order, with an address, an id and a time', async () => {
    const { ears, channel, says } = await open()
    for (const text of ['un', 'deux', 'trois']) await says(text)
    await until('all are heard', () => ears.rows.length === 3)
    expect(ears.texts()).toEqual(['un', 'deux', 'trois'])
    expect(new Set(ears.rows.map((it) => it.externalId)).size).toBe(3)
    expect(new Set(ears.rows.map((it) => it.from)).size).toBe(1)
    for (const it of ears.rows) {
      expect(it.channel).toBe(channel.id)
      expect(it.edit).toBe(0)
      expect(Number.isNaN(it.sentAt.getTime())).toBe(false)
    }
  })

  test('the same words twice are two messages', async () => {
    const { ears, says } = await open()
    await says('1')
    await says('1')
    await until('both are heard', () => ears.rows.length === 2)
  })

  test('what is brought again carries the same id', async () => {
    const { ears, saysTwice } = await open()
    if (!saysTwice) return expect(kind).toBe('terminal')
    await saysTwice('bonjour')
    await until('it is brought twice', () => ears.arrivals.length === 2)
    expect(ears.rows.length).toBe(1)
  })

  test('a correction carries the id of the message and a higher edit', async () => {
    const { ears, channel, corrects } = await open()
    if (!corrects) return expect(channel.abilities.edits).toBe(false)
    await corrects('bonjou', 'bonjour')
    await until('both are heard', () => ears.rows.length === 2)
    const [first, second] = ears.rows
    expect(second?.externalId).toBe(first?.externalId)
    expect(second?.edit).toBeGreaterThan(first?.edit ?? 0)
    expect(second?.content).toEqual({ kind: 'text', text: 'bonjour' })
  })

  test('a pressed button brings back its list and number, each press with an id of its own', async () => {
    const { ears, channel, says, presses } = await open()
    // Where choices are lines of the text a number is typed, and the flows make of it what it means.
    if (kind === 'whatsapp_web') return expect(channel.abilities.buttons).toBe(undefined)
    await says('bonjour')
    await until('it is heard', () => ears.rows.length === 1)
    await channel.send(ears.rows[0]?.from ?? '', question, noFiles)
    await presses(2)
    await presses(1)
    await until('the presses are heard', () => ears.rows.length === 3)
    expect(ears.rows.slice(1).map((it) => it.content)).toEqual([
      { kind: 'choice', list: 'k1', number: 2 },
      { kind: 'choice', list: 'k1', number: 1 },
    ])
    expect(new Set(ears.rows.map((it) => it.externalId)).size).toBe(3)
  })

  test('a voice note arrives as one and its bytes can be fetched, as often as needed, up to a limit', async () => {
    const { ears, channel, speaks } = await open()
    await speaks(3)
    await until('it is heard', () => ears.rows.length === 1)
    const content = ears.rows[0]?.content
    if (content?.kind !== 'file') throw new Error('no file arrived')
    expect(content.file.kind).toBe('voice')
    // Meta does not tell how long a voice note is.
    expect(content.file.seconds).toBe(kind === 'whatsapp_cloud' ? undefined : 3)
    const bytes = await channel.fetch(content.file, 1_000_000)
    expect(bytes.length).toBeGreaterThan(100)
    expect((await channel.fetch(content.file, bytes.length)).equals(bytes)).toBe(true)
    await expect(channel.fetch(content.file, bytes.length - 1)).rejects.toMatchObject({
      code: 'media:too_large',
    })
    await expect(channel.fetch({ ...content.file, handle: 'nothing' }, 9)).rejects.toMatchObject({
      code: 'media:gone',
    })
  })

  test('what is sent is seen in order, choices included, each with an id', async () => {
    const { ears, channel, says, sees } = await open()
    await says('bonjour')
    await until('it is heard', () => ears.rows.length === 1)
    const to = ears.rows[0]?.from ?? ''
    const first = await channel.send(to, { text: 'Bonjour <b>Awa</b> & Issa_1*', language: 'fr' }, noFiles)
    const second = await channel.send(to, question, noFiles)
    expect(first.externalId).not.toBe(second.externalId)
    const seen = await sees()
    const places = ['Bonjour <b>Awa</b> & Issa_1*', 'Que voulez-vous ?', '1 Suivi', '2 Besoin'].map((it) =>
      seen.indexOf(it),
    )
    expect(places.every((it) => it >= 0)).toBe(true)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })

  const file: SpokenFile = { media: 'm1', kind: 'voice', mime: 'audio/ogg', bytes: sentFile.bytes.length }

  test.each([
    [{ ...file, seconds: 12 }, 'Écoutez <bien>'],
    [{ ...file, kind: 'photo', mime: 'image/jpeg' }, ''],
    [{ ...file, kind: 'document', mime: 'application/pdf', name: 'Liste "des" pièces.pdf' }, 'La liste'],
  ] as const)('a file goes out as what it is, its bytes read when it is sent (%#)', async (sent, text) => {
    const { ears, channel, says, sees, gets } = await open()
    await says('bonjour')
    await until('it is heard', () => ears.rows.length === 1)
    const to = ears.rows[0]?.from ?? ''
    const opened: string[] = []
    const openFile = async (media: string) => {
      opened.push(media)
      return sentFile.bytes
    }
    const first = await channel.send(to, { text, language: 'fr', file: sent }, openFile)
    const second = await channel.send(to, { text: 'et ensuite', language: 'fr' }, openFile)
    expect(first.externalId).not.toBe(second.externalId)
    expect(opened).toEqual(['m1'])
    const [got, ...more] = await gets()
    expect(more).toEqual([])
    expect(got?.kind).toBe(sent.kind)
    // A terminal says what came; every other app shows it.
    if (kind === 'terminal') expect(got?.bytes).toBeUndefined()
    else expect(got?.bytes?.equals(sentFile.bytes)).toBe(true)
    const seen = await sees()
    expect(seen).toContain(text)
    expect(seen.indexOf('et ensuite')).toBeGreaterThan(seen.indexOf(text))
  })

  test('a file that is not there, or that this channel cannot carry, is no message', async () => {
    const { ears, channel, says, gets } = await open()
    await says('bonjour')
    await until('it is heard', () => ears.rows.length === 1)
    const to = ears.rows[0]?.from ?? ''
    const gone = channel.send(to, { text: 'voici', language: 'fr', file }, noFiles)
    await expect(gone).rejects.toMatchObject({ code: 'media:gone' })
    const opened: string[] = []
    const openFile = async (media: string) => {
      opened.push(media)
      return sentFile.bytes
    }
    const bytes = (channel.abilities.files.voice ?? 0) + 1
    const large = channel.send(to, { text: 'voici', language: 'fr', file: { ...file, bytes } }, openFile)
    await expect(large).rejects.toMatchObject({ code: 'channel:unsupported' })
    expect(opened).toEqual([])
    expect(await gets()).toEqual([])
  })

  test('a person who blocked us is told apart from every other trouble', async () => {
    const { ears, channel, says, blocks } = await open()
    if (!blocks) return expect(unheard).toContain(channel.kind)
    await says('bonjour')
    await until('it is heard', () => ears.rows.length === 1)
    const to = ears.rows[0]?.from ?? ''
    await blocks()
    await until('it is told', () => ears.news.length === 1)
    expect(ears.news[0]).toEqual({ channel: channel.id, from: to, news: 'blocked' })
    await expect(channel.send(to, question, noFiles)).rejects.toMatchObject({ code: 'channel:blocked' })
  })

  test('being throttled says how long, and the next send goes through', async () => {
    const { ears, channel, says, throttles } = await open()
    if (!throttles) return expect(unheard).toContain(channel.kind)
    await says('bonjour')
    await until('it is heard', () => ears.rows.length === 1)
    const to = ears.rows[0]?.from ?? ''
    throttles(9)
    const failure = await channel.send(to, question, noFiles).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Failure)
    expect(failure).toMatchObject({ code: 'channel:throttled', facts: { afterSeconds: 9 } })
    await channel.send(to, question, noFiles)
  })

  test('a row that could not be written is no arrival, and the person can say it again', async () => {
    const { ears, says } = await open()
    ears.failing = 1
    await says('bonjour').catch(() => undefined)
    await until('it was tried', () => ears.tries >= 1)
    await says('bonjour')
    await until('it is heard', () => ears.rows.length >= 1)
  })

  test('closing leaves nothing open and nobody listening', async () => {
    const before = openThings()
    const { ears, channel, says, close } = await open()
    await says('bonjour')
    await until('it is heard', () => ears.rows.length === 1)
    expect(channel.state()).toBe('up')
    await channel.close()
    expect(channel.state()).toBe('stopped')
    await says('encore').catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(ears.rows.length).toBe(1)
    await channel.close()
    await close()
    await until('everything is closed', () => openThings() <= before)
  })
}

/** Servers, sockets and pipes that this process holds; timers are vitest's own as well and cannot be told apart. */
function openThings(): number {
  return process.getActiveResourcesInfo().filter((it) => /^(TCP|FS|Pipe)/.test(it)).length
}
