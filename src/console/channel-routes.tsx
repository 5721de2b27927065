/** How the accounts stand, for supervisors and administrators; administrators add numbers of the WhatsApp Cloud API. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { channelFacts } from '../store/channel-facts.ts'
import { addNumber, changeNumber, listNumbers } from '../store/cloud-number.ts'
import { isId } from '../store/request.ts'
import { askingOf, type Console, pageOf, sendPage, sendPart, wordsOf } from './asked.ts'
import { FormFault, readForm } from './form.ts'
import { loadRail } from './load.ts'
import { ChannelList, ChannelsPage, type ChannelView } from './pages/channels.tsx'
import { failureKey } from './words.ts'

const base = '/console/channels'

export function channelRoutes(app: FastifyInstance, console: Console): void {
  app.get(base, async (request, reply) => {
    const { done } = request.query as { done?: unknown }
    return show(console, request, reply, done ? { done: wordsOf(console, request).t('channels.saved') } : {})
  })
  app.get(`${base}/list`, async (request, reply) => {
    mayLook(askingOf(request).staff)
    return sendPart(reply, ChannelList({ words: wordsOf(console, request), channels: await load(console) }))
  })
  app.post(
    `${base}/numbers`,
    change(console, async (body) => {
      const { phone_id: phoneId, name, token, ...others } = readForm(fresh, body)
      await addNumber(
        { ...console.database, clock: console.clock },
        {
          phoneId,
          name,
          secrets: { token, ...secretsOf(others) },
        },
      )
    }),
  )
  app.post(
    `${base}/numbers/:id`,
    change(console, async (body, id) => {
      const { name, token, ...others } = readForm(changed, body)
      const secrets = { ...(token ? { token } : {}), ...secretsOf(others) }
      await changeNumber({ ...console.database, clock: console.clock }, id, { name, secrets })
    }),
  )
}

const secret = z.string().trim().max(600).default('')
const others = { name: z.string().trim().min(1).max(60), app_secret: secret, verify_token: secret }
const fresh = z.object({
  ...others,
  phone_id: z
    .string()
    .trim()
    .regex(/^\d{1,30}$/),
  token: z.string().trim().min(1).max(600),
})
const changed = z.object({ ...others, token: secret })

/** What is left empty is that of the settings, or stays. */
function secretsOf(it: { readonly app_secret: string; readonly verify_token: string }) {
  return {
    ...(it.app_secret ? { appSecret: it.app_secret } : {}),
    ...(it.verify_token ? { verifyToken: it.verify_token } : {}),
  }
}

function change(console: Console, keep: (body: unknown, id: string) => Promise<void>) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const { staff } = askingOf(request)
    if (!staff.roles.includes('admin')) throw new Failure('page:not_found')
    const { id = '' } = request.params as { id?: string }
    if (id !== '' && !isId(id)) throw new Failure('channel:not_found')
    const words = wordsOf(console, request)
    try {
      await keep(request.body, id)
    } catch (error) {
      if (error instanceof FormFault) {
        return show(console, request, reply.code(422), { fault: words.t('channels.incomplete') })
      }
      if (!(error instanceof Failure) || error.trouble.status >= 500) throw error
      const fault = words.any(failureKey(error.code))
      return show(console, request, reply.code(error.trouble.status), { fault })
    }
    return reply.redirect(`${base}?done=1`, 303)
  }
}

function mayLook({ roles }: Staff): void {
  if (!roles.includes('admin') && !roles.includes('supervisor')) throw new Failure('page:not_found')
}

/** Accounts that are only there for a test or a terminal are of no interest once they are silent. */
async function load({ database, clock }: Console): Promise<readonly ChannelView[]> {
  const [facts, numbers] = await Promise.all([
    channelFacts(database.pool, clock.now()),
    listNumbers(database),
  ])
  return facts.map((it) => {
    const number = numbers.find(({ id }) => id === it.id)
    return {
      ...it,
      ...(number ? { number: { own: number.secrets !== undefined, limit: number.limit } } : {}),
    }
  })
}

async function show(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  told: { readonly fault?: string; readonly done?: string },
): Promise<FastifyReply> {
  const { staff } = askingOf(request)
  mayLook(staff)
  const [rail, channels] = await Promise.all([loadRail(console, staff), load(console)])
  const page = pageOf(console, request, reply)
  return sendPage(
    reply,
    ChannelsPage({ page, rail, channels, keeps: staff.roles.includes('admin'), ...told }),
  )
}
