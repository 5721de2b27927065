/**
 * Recordings for the demo: a few tones made by arithmetic, nobody's voice, so that being answered by voice can be tried.
 * They say so themselves, in the sentence with which it begins. Some sentences stay without, as in an office at work.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { runInNewContext } from 'node:vm'
import type { Saying } from '../core/clip.ts'
import type { Language } from '../core/language.ts'
import { writeClip } from '../store/clip.ts'
import type { Database } from '../store/database.ts'
import { writeWording } from '../store/wording.ts'
import { hashOfWords, type Locales } from '../text/locale.ts'
import { wordingOf } from '../text/voices.ts'
import type { Clock } from '../world.ts'

const rate = 48_000
const melodies = [
  [220, 277, 330],
  [196, 247, 294, 247],
  [262, 220, 330],
  [175, 220, 262, 220, 175],
] as const

/** What the first sentence heard says of all that follow. */
const plainly: { readonly [L in Language]: string } = {
  fr: '(Démonstration : des sons, pas une voix.)',
  bm: '(Démonstration : des sons, pas une voix.)',
  en: '(Demo: tones, not a voice.)',
}

type Talk = { readonly sayings: readonly Saying[]; readonly locales: Locales & { readonly shipped: Locales } }

/** Records what the flows of the first hour say, in French and Bambara, as if a member of staff had. */
export async function recordTones(
  { prisma }: Pick<Database, 'prisma'>,
  { sayings, locales }: Talk,
  by: { readonly clock: Clock; readonly staff: string },
): Promise<void> {
  const { clock, staff } = by
  const at = clock.now()
  for (const language of ['fr', 'bm', 'en'] as const) {
    const text = `${locales.t(language, 'common.by_voice')} ${plainly[language]}`
    const basedOn = hashOfWords(locales.shipped.t(language, 'common.by_voice'))
    const key = 'common.by_voice'
    const graded = language === 'bm' ? { certainty: 'B' as const } : {}
    await writeWording(prisma, clock.id(), { language, key, number: 1, basedOn, text, ...graded, staff, at })
  }
  const tones = await makeTones()
  const wanted = sayings.filter(({ flows }) => flows.length === 0 || flows.some((flow) => spoken.has(flow)))
  for (const language of ['fr', 'bm'] as const) {
    for (const [place, saying] of wanted.entries()) {
      const tone = tones[place % tones.length]
      // What the conversation says first was worded a moment ago, and is recorded with those words.
      const own = saying.key === 'common.by_voice'
      const wording = own
        ? hashOfWords(`${locales.t(language, saying.key)} ${plainly[language]}`)
        : wordingOf(locales, language, saying)
      if (tone)
        await writeClip(prisma, { id: clock.id(), language, saying: saying.id, wording, staff, at }, tone)
    }
  }
}

const spoken: ReadonlySet<string> = new Set([
  'welcome',
  'language',
  'menu',
  'notice',
  'voice',
  'need',
  'help',
])

type Encoder = {
  encode(buffers: readonly Float32Array[]): readonly Page[]
  encodeFinalFrame(): readonly Page[]
  generateIdPage(): Page
  generateCommentPage(): Page
  destroy(): void
}
type Page = { readonly page: Uint8Array }
type Opus = {
  readonly Module: { readonly calledRun?: boolean; onRuntimeInitialized?: () => void }
  readonly OggOpusEncoder: new (settings: object, module: object) => Encoder
}

/** Ogg Opus, as the recorder of the console makes it: with the same encoder. */
async function makeTones(): Promise<readonly { readonly bytes: Buffer; readonly seconds: number }[]> {
  const file = createRequire(import.meta.url).resolve('opus-recorder/dist/encoderWorker.min.js')
  const room = { exports: {} as Opus }
  // It is written for a worker of a browser: it gets a room that looks like one.
  runInNewContext(readFileSync(file, 'utf8'), {
    module: room,
    self: { location: { href: '' } },
    importScripts() {},
    ...{ WebAssembly, atob, Uint8Array, Float32Array, ArrayBuffer, DataView },
  })
  const { Module, OggOpusEncoder } = room.exports
  if (!Module.calledRun) await new Promise<void>((ready) => (Module.onRuntimeInitialized = ready))
  return melodies.map((notes, serial) => {
    const encoder = new OggOpusEncoder(
      {
        ...{ numberOfChannels: 1, originalSampleRate: rate, encoderSampleRate: rate, serial },
        ...{ encoderApplication: 2049, encoderBitRate: 12_000, bufferLength: 4096 },
      },
      Module,
    )
    const pages = [encoder.generateIdPage(), encoder.generateCommentPage()]
    const samples = hum(notes)
    for (let from = 0; from + 4096 <= samples.length; from += 4096) {
      pages.push(...encoder.encode([samples.slice(from, from + 4096)]))
    }
    pages.push(...encoder.encodeFinalFrame())
    encoder.destroy()
    return { bytes: Buffer.concat(pages.map(({ page }) => page)), seconds: samples.length / rate }
  })
}

/** Half a second for each note, swelling and fading like a syllable. */
function hum(notes: readonly number[]): Float32Array {
  const each = rate / 2
  return Float32Array.from({ length: notes.length * each }, (_, i) => {
    const note = notes[Math.floor(i / each)] ?? 220
    return 0.3 * Math.sin((Math.PI * (i % each)) / each) * Math.sin((2 * Math.PI * note * i) / rate)
  })
}
