/** Canned replies: everybody reads them and inserts them; supervisors, officers and administrators write them. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { languages } from '../core/language.ts'
import { certainties, type Reply } from '../core/reply.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { replyHistory, writeReply } from '../store/reply.ts'
import { loadRequest } from '../store/request.ts'
import { staffNames } from '../store/seat.ts'
import { askingOf, type Console, isScript, lookOf, pageOf, sendPage, sendPart, wordsOf } from './asked.ts'
import { FormFault, readForm } from './form.ts'
import { loadRail, requestAt } from './load.ts'
import { RepliesPage, type ReplyForm, ReplyPage } from './pages/replies.tsx'
import { ReplyPicker, ReplyPickerPage } from './pages/reply-picker.tsx'
import { judgeReply, listReplies, queueNamed, shippedReply } from './replies.ts'
import { loadOffers } from './reply-fill.ts'
import { failureKey } from './words.ts'

export function replyRoutes(app: FastifyInstance, console: Console): void {
  const { database } = console
  app.get(
    '/console/requests/:reference/replies',
    { config: { reads: 'request' } },
    async (request, reply) => {
      const { staff } = askingOf(request)
      const id = await requestAt(console, staff, (request.params as { reference: string }).reference)
      const { reference } = await loadRequest(database.prisma, staff, id)
      const { q } = request.query as { q?: unknown }
      const sought = typeof q === 'string' ? q.slice(0, 80) : ''
      const words = wordsOf(console, request)
      const found = await loadOffers(console, staff, words, id, sought)
      const props = { words, reference, look: lookOf(request), sought, ...found }
      if (isScript(request)) return sendPart(reply, ReplyPicker(props))
      const rail = await loadRail(console, staff)
      return sendPage(reply, ReplyPickerPage({ ...props, rail, page: pageOf(console, request, reply) }))
    },
  )
  app.get('/console/replies', async (request, reply) => {
    const { staff } = askingOf(request)
    const [rail, replies] = await Promise.all([
      loadRail(console, staff),
      listReplies(console, staff.language),
    ])
    return sendPage(
      reply,
      RepliesPage({ page: pageOf(console, request, reply), rail, replies, edits: mayEdit(staff) }),
    )
  })
  app.get('/console/replies/new', async (request, reply) => {
    mustEdit(request)
    return show(console, request, reply, { form: { key: '', title: '', texts: {} } })
  })
  app.get('/console/replies/:key', async (request, reply) => {
    const now = await replyAt(console, request)
    const { done } = request.query as { done?: unknown }
    return show(console, request, reply, { reply: now, form: now, done: done !== undefined })
  })
  app.post('/console/replies', (request, reply) => {
    mustEdit(request)
    const form = formOf(request.body)
    return keep(console, request, reply, {
      form,
      next: async () => {
        const made = judged(form)
        if (await isKnown(console, made.key)) throw new FormFault('replies.key_taken')
        return { ...made, retired: false, number: 1 }
      },
    })
  })
  app.post('/console/replies/:key', async (request, reply) => {
    mustEdit(request)
    const now = await replyAt(console, request)
    const { number } = readForm(numberShape, request.body)
    const form = formOf(request.body, now.key)
    const next = async () => ({ ...judged(form), retired: now.retired, number: number + 1 })
    return keep(console, request, reply, { now, form, next })
  })
  app.post('/console/replies/:key/restore', async (request, reply) => {
    mustEdit(request)
    const now = await replyAt(console, request)
    const shape = numberShape.extend({ version: z.coerce.number().int() })
    const { version, number } = readForm(shape, request.body)
    const before = (await historyOf(console, request, now.key)).find((one) => one.number === version)
    if (!before) throw new Failure('reply:not_found')
    const next = async () => ({ ...before, number: number + 1 })
    return keep(console, request, reply, { now, form: now, next })
  })
  app.post('/console/replies/:key/retire', async (request, reply) => {
    mustEdit(request)
    const now = await replyAt(console, request)
    const shape = numberShape.extend({ retired: z.enum(['yes', 'no']) })
    const { retired, number } = readForm(shape, request.body)
    const next = async () => ({ ...now, retired: retired === 'yes', number: number + 1 })
    return keep(console, request, reply, { now, form: now, next })
  })
}

type Keeping = { readonly now?: Reply; readonly form: ReplyForm; readonly next: () => Promise<Reply> }

/** Keeps the next version; what is refused is told beside the form, with what was written. */
async function keep(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  { now, form, next }: Keeping,
): Promise<FastifyReply> {
  const { database, clock } = console
  const words = wordsOf(console, request)
  try {
    const wanted = await next()
    const by = { id: clock.id(), staff: askingOf(request).staff.id, at: clock.now() }
    await writeReply(database.prisma, wanted, by)
    return reply.redirect(`/console/replies/${wanted.key}?done=1`, 303)
  } catch (error) {
    if (error instanceof Failure && error.code === 'reply:changed_meanwhile') {
      return show(console, request, reply.code(409), {
        reply: now,
        form,
        fault: words.any(failureKey(error.code)),
      })
    }
    if (!(error instanceof FormFault)) throw error
    const { language } = error.vars
    const vars =
      language === undefined ? error.vars : { ...error.vars, language: words.t(`language.${language}`) }
    return show(console, request, reply.code(422), { reply: now, form, fault: words.t(error.sentence, vars) })
  }
}

const numberShape = z.object({ number: z.coerce.number().int().min(0).max(100_000) })
const text = z
  .string()
  .max(100_000)
  .default('')
  .transform((one) => one.replace(/\r\n?/g, '\n').trim())
const shape = z.object({
  key: z.string().max(200).default(''),
  title: text,
  queue: z.string().max(40).default(''),
  fr: text,
  bm: text,
  en: text,
  certainty: z.string().max(4).default(''),
  reviewer: text,
})

function formOf(body: unknown, key?: string): ReplyForm {
  const { title, queue, certainty, reviewer, ...read } = readForm(shape, body)
  const texts = languages.flatMap((language) => (read[language] === '' ? [] : [[language, read[language]]]))
  const grade = read.bm === '' ? undefined : certainties.find((one) => one === certainty)
  return {
    key: key ?? read.key,
    title,
    queue: queueNamed(queue),
    texts: Object.fromEntries(texts),
    certainty: grade,
    reviewer: read.bm === '' || reviewer === '' ? undefined : reviewer,
  }
}

/** Fails with FormFault for what cannot be kept. */
function judged(form: ReplyForm): ReplyForm {
  if (!/^[a-z][a-z0-9_]{1,39}$/.test(form.key) || form.key === 'new') throw new FormFault('replies.bad_key')
  const { title, texts, certainty, reviewer } = form
  if (title === '' || title.length > 80 || (reviewer?.length ?? 0) > 80)
    throw new FormFault('replies.bad_name')
  if (texts.fr === undefined) throw new FormFault('replies.no_french')
  if (texts.bm !== undefined && certainty === undefined) throw new FormFault('replies.no_certainty')
  const fault = judgeReply(texts)
  if (fault) throw new FormFault(fault.sentence, { language: fault.language, what: fault.what })
  return form
}

function mayEdit({ roles }: Staff): boolean {
  return roles.some((role) => role === 'supervisor' || role === 'officer' || role === 'admin')
}

function mustEdit(request: FastifyRequest): void {
  if (!mayEdit(askingOf(request).staff)) throw new Failure('page:not_found')
}

async function isKnown(console: Console, key: string): Promise<boolean> {
  return (await listReplies(console, 'fr')).some((reply) => reply.key === key)
}

/** The reply that an address names; fails with `reply:not_found`. */
async function replyAt(console: Console, request: FastifyRequest): Promise<Reply> {
  const { key } = request.params as { key: string }
  const [latest] = await historyOf(console, request, key)
  if (!latest) throw new Failure('reply:not_found')
  return latest
}

/** Every version, the last first; what ships is the first of all. */
async function historyOf(console: Console, request: FastifyRequest, key: string): Promise<readonly Reply[]> {
  const shipped = shippedReply(console.locales, askingOf(request).staff.language, key)
  return [...(await replyHistory(console.database.prisma, key)), ...(shipped ? [shipped] : [])]
}

type Shown = {
  readonly reply?: Reply | undefined
  readonly form: ReplyForm
  readonly fault?: string
  readonly done?: boolean
}

async function show(console: Console, request: FastifyRequest, reply: FastifyReply, shown: Shown) {
  const { staff } = askingOf(request)
  const { prisma } = console.database
  const key = shown.reply?.key
  const [rail, versions] = await Promise.all([
    loadRail(console, staff),
    key === undefined ? [] : replyHistory(prisma, key),
  ])
  const names = await staffNames(
    prisma,
    versions.map((version) => version.staff),
  )
  const history = versions.map((version) => ({ ...version, by: names.get(version.staff) ?? '' }))
  const shipped = key === undefined ? undefined : shippedReply(console.locales, staff.language, key)
  return sendPage(
    reply,
    ReplyPage({
      page: pageOf(console, request, reply),
      rail,
      edits: mayEdit(staff),
      history,
      shipped,
      ...shown,
    }),
  )
}
