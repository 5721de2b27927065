/** Templates of the WhatsApp business account: listed, handed in, and told what they stand for. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { languages } from '../core/language.ts'
import { templateBody, templateUses } from '../core/template.ts'
import { Failure } from '../failure.ts'
import { isId } from '../store/request.ts'
import { addTemplate, assignTemplate, keepTemplates, listTemplates } from '../store/template.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { FormFault, readForm } from './form.ts'
import { loadRail } from './load.ts'
import { type TemplateForm, TemplatesPage } from './pages/templates.tsx'
import { failureKey } from './words.ts'

const base = '/console/templates'

export function templateRoutes(app: FastifyInstance, console: Console): void {
  app.get(base, async (request, reply) => {
    const { done } = request.query as { done?: unknown }
    return show(console, request, reply, done ? { done: wordsOf(console, request).t('templates.saved') } : {})
  })
  app.post(
    `${base}/refresh`,
    change(console, () => refresh(console)),
  )
  app.post(
    base,
    change(console, (body) => submit(console, body)),
  )
  app.post(
    `${base}/:id`,
    change(console, async (body, id) => {
      const { use, speaks } = readForm(useForm, body)
      const to = { use: use === '' ? undefined : use, speaks }
      if (!isId(id) || !(await assignTemplate(console.database.prisma, id, to))) {
        throw new Failure('template:not_found')
      }
    }),
  )
}

const useForm = z.object({
  use: z.enum(['', ...templateUses]),
  speaks: z.enum(languages),
})
const wishForm = z.object({
  use: z.enum(templateUses),
  speaks: z.enum(languages),
  language: z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/),
  name: z.string().regex(/^[a-z][a-z0-9_]{0,60}$/),
})

/** One desk for each business account that a number of ours belongs to. */
function desksOf({ channels }: Console) {
  const desks = channels.flatMap(({ templates }) => {
    const business = templates?.business()
    return templates && business !== undefined ? [[business, templates] as const] : []
  })
  if (desks.length === 0) throw new FormFault('templates.no_account')
  return [...new Map(desks)]
}

async function refresh(console: Console): Promise<void> {
  const { database, clock } = console
  for (const [business, desk] of desksOf(console)) {
    await keepTemplates(database.prisma, clock, business, await desk.list())
  }
}

/** Our own wording, in every account: an approval holds for the wording, so it is not written anew here. */
async function submit(console: Console, body: unknown): Promise<void> {
  const { database, clock, locales } = console
  const { use, speaks, language, name } = readForm(wishForm, body)
  const wish = { name, language, category: 'UTILITY', body: templateBody(locales.t(speaks, sentenceOf(use))) }
  const desks = desksOf(console)
  const known = await listTemplates(database.prisma)
  if (known.some((one) => one.name === name && one.language === language)) {
    throw new FormFault('templates.name_taken')
  }
  for (const [business, desk] of desks) {
    const { state, theirId } = await desk.submit(wish)
    const told = { ...wish, state, ...(theirId ? { theirId } : {}) }
    await addTemplate(database.prisma, clock, { ...told, business, speaks, use })
  }
}

/** The sentence that a use is about. */
export function sentenceOf(use: string): string {
  return use === 'knock' ? 'knock.text' : use
}

function change(console: Console, keep: (body: unknown, id: string) => Promise<void>) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    mayKeep(request)
    const { id = '' } = request.params as { id?: string }
    const words = wordsOf(console, request)
    const form = request.body as TemplateForm | undefined
    try {
      await keep(request.body, id)
    } catch (error) {
      if (error instanceof FormFault) {
        return show(console, request, reply.code(422), { fault: words.t(error.sentence), form })
      }
      if (!(error instanceof Failure)) throw error
      return show(console, request, reply.code(error.trouble.status), {
        fault: words.any(failureKey(error.code)),
        form,
      })
    }
    return reply.redirect(`${base}?done=1`, 303)
  }
}

function mayKeep(request: FastifyRequest): void {
  const { roles } = askingOf(request).staff
  if (!roles.includes('admin') && !roles.includes('officer')) throw new Failure('page:not_found')
}

type Told = { readonly fault?: string; readonly done?: string; readonly form?: TemplateForm | undefined }

async function show(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  told: Told,
): Promise<FastifyReply> {
  mayKeep(request)
  const { database, locales } = console
  const { staff } = askingOf(request)
  const [rail, templates] = await Promise.all([loadRail(console, staff), listTemplates(database.prisma)])
  const wordings = templateUses.map((use) => ({
    use,
    texts: languages.map((language) => ({ language, text: locales.t(language, sentenceOf(use)) })),
  }))
  const page = pageOf(console, request, reply)
  return sendPage(reply, TemplatesPage({ page, rail, templates, wordings, ...told }))
}
