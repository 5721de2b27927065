/** The studio: sentences to people are read, corrected, reviewed and recorded here, and heard in the next conversation. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type ClipFault, clipLimits, judgeClip } from '../core/clip.ts'
import { languages } from '../core/language.ts'
import { certainties } from '../core/reply.ts'
import { mayRecord, mayReview, mayWord } from '../core/studio.ts'
import { Failure } from '../failure.ts'
import { judgeWords } from '../flow/judge-words.ts'
import { dropClip, writeClip } from '../store/clip.ts'
import { type Wording, wordingHistory, writeWording } from '../store/wording.ts'
import { wordingOf } from '../text/voices.ts'
import { retellTexts, textsHint } from '../turn/office-texts.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { FormFault, readForm, readKey } from './form.ts'
import { loadRail } from './load.ts'
import { StudioPage } from './pages/studio.tsx'
import type { Draft } from './pages/studio-props.ts'
import { SentencePage } from './pages/studio-sentence.tsx'
import { loadSentence, type Sentence, shippedForm, speakerOf } from './studio.ts'
import { readStudioLook, studioShelf } from './studio-look.ts'
import { acceptUploads, uploadsIn } from './uploads.ts'
import { failureKey } from './words.ts'

/** One change of a sentence; `once` is the key of its form, and becomes the id of what it writes. */
type Change = (console: Console, request: FastifyRequest, sentence: Sentence, once: string) => Promise<void>

export function studioRoutes(app: FastifyInstance, console: Console): void {
  app.get('/console/studio', async (request, reply) => {
    const rail = await loadRail(console, askingOf(request).staff)
    const look = readStudioLook(request.query as Record<string, unknown>)
    const page = pageOf(console, request, reply)
    return sendPage(reply, StudioPage({ page, rail, look, ...studioShelf(console.texts, look) }))
  })
  app.get('/console/studio/:key', (request, reply) => show(console, request, reply, {}))
  const changes: Readonly<Record<string, Change>> = { wording: word, restore, silence }
  for (const [name, change] of Object.entries(changes)) {
    app.post(`/console/studio/:key/${name}`, (request, reply) => perform(console, request, reply, change))
  }
  void app.register(async (inside) => {
    await acceptUploads(inside)
    inside.post('/console/studio/:key/clip', (request, reply) => perform(console, request, reply, record))
  })
}

const languageField = z.object({ language: z.enum(languages) })

async function perform(console: Console, request: FastifyRequest, reply: FastifyReply, change: Change) {
  const { database, texts, hints } = console
  const { key } = request.params as { key: string }
  const sentence = await loadSentence(database.prisma, texts, key)
  const words = wordsOf(console, request)
  try {
    const { language } = readForm(languageField, request.body)
    await change(console, request, sentence, readKey(request.body))
    await retellTexts(database.prisma, texts)
    hints.changed([textsHint])
    return reply.redirect(`/console/studio/${key}?language=${language}&done=1`, 303)
  } catch (error) {
    const draft = draftOf(request.body)
    if (error instanceof Failure && error.code === 'text:changed_meanwhile') {
      return show(console, request, reply.code(409), { fault: words.any(failureKey(error.code)), draft })
    }
    if (!(error instanceof FormFault)) throw error
    return show(console, request, reply.code(422), { fault: words.t(error.sentence, error.vars), draft })
  }
}

async function show(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  told: { readonly fault?: string; readonly draft?: Draft },
) {
  const { database, texts, clock } = console
  const asking = askingOf(request)
  const { key } = request.params as { key: string }
  const [sentence, speaker, rail] = await Promise.all([
    loadSentence(database.prisma, texts, key),
    speakerOf(database.prisma, asking),
    loadRail(console, asking.staff),
  ])
  const query = request.query as Readonly<Record<string, unknown>>
  const wanted = told.draft?.language ?? languages.find((one) => one === query['language'])
  const language = wanted ?? (mayWord(speaker, 'bm') ? 'bm' : speaker.speaks.includes('en') ? 'en' : 'fr')
  const may = {
    word: mayWord(speaker, language),
    record: mayRecord(speaker, language),
    review: mayReview(speaker, language),
  }
  const page = pageOf(console, request, reply)
  const done = query['done'] !== undefined && !told.fault
  const newKey = () => clock.id()
  return sendPage(reply, SentencePage({ page, rail, sentence, language, may, done, newKey, ...told }))
}

const text = z
  .string()
  .max(100_000)
  .default('')
  .transform((one) => one.replace(/\r\n?/g, '\n').trim().normalize('NFC'))
const wordShape = languageField.extend({
  form: z.string().max(120),
  number: z.coerce.number().int().min(0).max(1_000_000),
  text,
  certainty: z.string().max(4).default(''),
  reviewed: z.literal('yes').optional(),
})

/** What was being written, for the page that tells why it was not taken. */
function draftOf(body: unknown): Draft | undefined {
  const read = wordShape.partial({ number: true }).safeParse(body)
  return read.success ? { ...read.data, text: read.data.text.slice(0, 2_000) } : undefined
}

const word: Change = async (console, request, sentence, once) => {
  const { language, form, number, text, certainty, reviewed } = readForm(wordShape, request.body)
  const speaker = await speakerOf(console.database.prisma, askingOf(request))
  if (!mayWord(speaker, language)) throw new FormFault('studio.not_yours')
  const shipped = shippedForm(console.texts, sentence, language, form)
  const fault = judgeWords(language, text, shipped)
  if (fault) throw new FormFault(`studio.fault.${fault.fault}`, { what: fault.what ?? '' })
  const grade = certainties.find((one) => one === certainty)
  if (language === 'bm' && !grade) throw new FormFault('studio.fault.certainty')
  if (reviewed && !mayReview(speaker, language)) throw new FormFault('studio.not_read')
  await keep(console, request, once, {
    ...{ language, key: form, number: number + 1, basedOn: shipped.basedOn, text },
    ...(language === 'bm' && grade ? { certainty: grade } : {}),
    ...(reviewed ? { reviewer: askingOf(request).staff.name, reviewed: console.clock.now() } : {}),
  })
}

/** An earlier wording is said again, with the review that it had; or what ships. */
const restore: Change = async (console, request, sentence, once) => {
  const shape = languageField.extend({
    form: z.string().max(120),
    number: z.coerce.number().int().min(0).max(1_000_000),
    version: z.coerce.number().int().min(0).max(1_000_000),
  })
  const { language, form, number, version } = readForm(shape, request.body)
  if (!mayWord(await speakerOf(console.database.prisma, askingOf(request)), language)) {
    throw new FormFault('studio.not_yours')
  }
  const { basedOn } = shippedForm(console.texts, sentence, language, form)
  const history = await wordingHistory(console.database.prisma, [form])
  const before = history.find((one) => one.language === language && one.number === version)
  if (version > 0 && !before) throw new Failure('page:not_found')
  const { text, certainty, reviewer, reviewed } = before ?? {}
  const said = { text, certainty, reviewer, reviewed }
  await keep(console, request, once, { language, key: form, number: number + 1, basedOn, ...said })
}

async function keep(
  { database, clock }: Console,
  request: FastifyRequest,
  id: string,
  wording: Omit<Wording, 'staff' | 'at'>,
): Promise<void> {
  const by = { staff: askingOf(request).staff.id, at: clock.now() }
  await writeWording(database.prisma, id, { ...wording, ...by })
}

const sayingShape = languageField.extend({ saying: z.string().max(120) })

const record: Change = async (console, request, sentence, once) => {
  const made = await madeOf(console, request, sentence, once)
  const [file] = await uploadsIn(console, request.body)
  if (file?.kind !== 'voice') throw new FormFault('studio.clip.empty')
  const verdict = judgeClip(file.bytes)
  if ('fault' in verdict) throw clipFault(verdict.fault)
  await writeClip(console.database.prisma, made, { bytes: file.bytes, seconds: verdict.seconds })
}

/** The saying has no recording from here on; those before stay in the history. */
const silence: Change = async (console, request, sentence, once) => {
  await dropClip(console.database.prisma, await madeOf(console, request, sentence, once))
}

async function madeOf(console: Console, request: FastifyRequest, sentence: Sentence, id: string) {
  const { language, saying: named } = readForm(sayingShape, request.body)
  const asking = askingOf(request)
  if (!mayRecord(await speakerOf(console.database.prisma, asking), language)) {
    throw new FormFault('studio.not_yours')
  }
  const side = sentence.sides.find((one) => one.language === language)
  const saying = side?.sayings.find((one) => one.saying.id === named)?.saying
  if (!saying) throw new Failure('page:not_found')
  const wording = wordingOf(console.texts.locales, language, saying)
  return { id, language, saying: saying.id, wording, staff: asking.staff.id, at: console.clock.now() }
}

function clipFault(fault: ClipFault): FormFault {
  return new FormFault(`studio.clip.${fault}`, {
    seconds: clipLimits.seconds,
    kilobytes: clipLimits.bytes / 1000,
  })
}
