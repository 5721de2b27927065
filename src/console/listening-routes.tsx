/** Where voice notes are listened to: the next one, what was said in it, and what must be out of sight at once. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { guardedKinds } from '../core/listening.ts'
import { readReference, showReference } from '../core/reference.ts'
import { longestTranscript } from '../core/transcript.ts'
import { Failure } from '../failure.ts'
import { hearVoice, type Made } from '../turn/act-listen.ts'
import { mayListen } from './allowed.ts'
import { askingOf, type Console, pageOf, sendPage, sendPart, wordsOf } from './asked.ts'
import { FormFault, readForm, readKey } from './form.ts'
import { loadRail, requestAt } from './load.ts'
import { type ListeningView, loadListening, loadWaiting, nextOf } from './load-listening.ts'
import { ListeningPage, WaitingPart } from './pages/listening.tsx'
import { faultOf } from './trouble.ts'

const base = '/console/listening'
const one = `${base}/:reference`
const dones = ['answered', 'summary', 'unclear', 'guarded'] as const

export function listeningRoutes(app: FastifyInstance, console: Console): void {
  app.get(base, async (request, reply) => {
    const { staff } = listenerOf(request)
    const { after, done } = readForm(asked, request.query)
    const next = nextOf(console, staff, await loadWaiting(console, staff), after)
    if (next)
      return reply.redirect(`${base}/${showReference(next.reference)}${done ? `?done=${done}` : ''}`, 303)
    return show(console, request, reply, undefined)
  })
  app.get(`${base}/waiting`, async (request, reply) => {
    const { staff } = listenerOf(request)
    const lines = await loadWaiting(console, staff)
    const next = nextOf(console, staff, lines)
    return sendPart(reply, WaitingPart({ words: wordsOf(console, request), waiting: lines.length, next }))
  })
  app.get(one, { config: { reads: 'request' } }, async (request, reply) => {
    const { staff } = listenerOf(request)
    const view = await loadListening(console, staff, referenceOf(request))
    if (!view) return reply.redirect(base, 303)
    console.presence.note(view.request, staff.id, 'reading')
    return show(console, request, reply, view)
  })
  app.post(one, { config: { reads: 'request' } }, (request, reply) => hear(console, request, reply))
}

const asked = z.object({
  after: z.string().max(20).optional().catch(undefined),
  done: z.enum(dones).optional().catch(undefined),
})

/** Who hears confidential words; for everybody else there is no such page. */
function listenerOf(request: FastifyRequest) {
  const asking = askingOf(request)
  if (!mayListen(asking.staff)) throw new Failure('page:not_found')
  return asking
}

function referenceOf(request: FastifyRequest): string {
  return (request.params as { reference: string }).reference
}

const shape = z.intersection(
  z.object({ last: z.uuid() }),
  z.union([
    z.object({ made: z.literal('choice'), value: z.string().max(60) }),
    z.object({ made: z.enum(['words', 'summary']), text: z.string() }),
    z.object({ made: z.literal('unclear') }),
    z.object({ made: z.literal('guarded'), kind: z.enum(guardedKinds) }),
  ]),
)

async function hear(console: Console, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { staff } = listenerOf(request)
  const { desk, talk } = console
  const reference = referenceOf(request)
  const id = await requestAt(console, staff, reference)
  try {
    const form = readForm(shape, request.body)
    const made = await madeOf(console, request, form)
    await hearVoice(
      desk,
      talk,
      { staff, request: id, form: readKey(request.body) },
      { last: form.last, made },
    )
    console.presence.note(id, staff.id, 'gone')
    const done = made.is === 'choice' || made.is === 'words' ? 'answered' : made.is
    return reply.redirect(`${base}?done=${done}&after=${showReference(readReference(reference) ?? '')}`, 303)
  } catch (error) {
    const told = faultOf(error, wordsOf(console, request))
    if (!told) throw error
    const view = await loadListening(console, staff, reference)
    const written = z.object({ text: z.string().max(20_000) }).safeParse(request.body).data?.text
    const more = { fault: told.fault, ...(written === undefined ? {} : { written }) }
    return show(console, request, reply.code(told.status), view, more)
  }
}

/** What the form says; fails with FormFault for what is no choice of the question, empty, or too long. */
async function madeOf(
  console: Console,
  request: FastifyRequest,
  form: z.output<typeof shape>,
): Promise<Made> {
  switch (form.made) {
    case 'choice': {
      const view = await loadListening(console, askingOf(request).staff, referenceOf(request))
      const chosen = view?.question?.choices.find(({ value }) => value === form.value)
      if (!view) throw new Failure('listening:heard')
      if (!chosen) throw new Failure('listening:more')
      return { is: 'choice', value: chosen.value, label: chosen.ours }
    }
    case 'words':
    case 'summary': {
      const text = form.text.replace(/\r\n?/g, '\n').trim()
      if (text === '') throw new FormFault('listening.empty')
      if (text.length > longestTranscript)
        throw new FormFault('said.transcript_long', { most: longestTranscript })
      return { is: form.made, text }
    }
    case 'unclear':
      return { is: 'unclear' }
    case 'guarded':
      return { is: 'guarded', kind: form.kind }
    default:
      return form satisfies never
  }
}

async function show(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  view: ListeningView | undefined,
  told: { readonly fault?: string; readonly written?: string } = {},
): Promise<FastifyReply> {
  const { staff } = askingOf(request)
  const [rail, lines] = await Promise.all([loadRail(console, staff), loadWaiting(console, staff)])
  const { done } = readForm(asked, request.query)
  const words = wordsOf(console, request)
  const page = pageOf(console, request, reply)
  return sendPage(
    reply,
    ListeningPage({
      ...{ page, rail, view, waiting: lines.length, newKey: () => console.clock.id() },
      ...(done && !told.fault ? { done: words.t(`listening.done.${done}`) } : {}),
      ...told,
    }),
  )
}
