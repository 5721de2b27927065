/** Referring from a request: proposed, the person's word written down, sent to the partner, what came of it, taken back. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { needCategories, urgencies } from '../core/need.ts'
import { services } from '../core/partner.ts'
import { showReference } from '../core/reference.ts'
import { referralItems, referralResults } from '../core/referral.ts'
import type { Act } from '../turn/act-load.ts'
import {
  endReferral,
  hearReferral,
  longestReason,
  proposeReferral,
  sendReferral,
  withdrawReferral,
} from '../turn/act-referral.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { FormFault, readForm, readKey } from './form.ts'
import { loadRail, requestAt } from './load.ts'
import { ReferralPage } from './pages/referral.tsx'
import { sendReferralLetter } from './referral-letter.ts'
import { loadReferrals } from './referral-load.ts'
import { faultOf } from './trouble.ts'

const logged = { config: { reads: 'request' } } as const
const base = '/console/requests/:reference/referral'

const items = z.preprocess(
  (value) => (value === undefined ? [] : [value].flat()),
  z.array(z.enum(referralItems)),
)
const proposal = z.object({
  partner: z.uuid(),
  service: z.enum(services),
  urgency: z.enum(urgencies),
  reason: z.enum(needCategories),
  why: z.string().trim().max(longestReason),
  items,
  ask: z.literal('on').optional(),
})
const one = z.object({ referral: z.uuid() })

type Told = { readonly fault?: string; readonly done?: string; readonly link?: string }
/** Gives what is told above the page, where the page itself must show it. */
type Deed = (console: Console, act: Act, request: FastifyRequest) => Promise<Omit<Told, 'fault'> | undefined>

const deeds: Readonly<Record<string, Deed>> = {
  '/propose': async ({ desk }, act, { body }) => {
    const { why, ask, ...wish } = readForm(proposal, body)
    if (wish.items.length === 0) throw new FormFault('referral.choose_items')
    await proposeReferral(desk, act, {
      ...wish,
      ask: ask === 'on',
      ...(why === '' ? {} : { note: why }),
    })
    return undefined
  },
  '/hear': async ({ desk, locales }, act, { body }) => {
    const { answer, referral } = readForm(one.extend({ answer: z.enum(['yes', 'no']) }), body)
    await hearReferral(desk, act, { referral, yes: answer === 'yes' }, locales)
    return undefined
  },
  '/send': send,
  '/end': async ({ desk }, act, { body }) => {
    await endReferral(desk, act, readForm(one.extend({ result: z.enum(referralResults) }), body))
    return undefined
  },
  '/withdraw': async ({ desk, locales }, act, { body }) => {
    await withdrawReferral(desk, act, readForm(one, body), locales)
    return undefined
  },
}

/** The link goes by mail, or is shown once: nobody can read it afterwards, not even here. */
async function send(console: Console, act: Act, request: FastifyRequest): Promise<Omit<Told, 'fault'>> {
  const words = wordsOf(console, request)
  const { referral, how } = readForm(one.extend({ how: z.enum(['mail', 'copy']) }), request.body)
  const nameOf = (id: string) => console.placeName?.(id) ?? id
  const sent = await sendReferral(console.desk, act, { referral, how }, nameOf)
  if (!sent) return { done: words.t('referral.sent_before') }
  const link = `${console.publicUrl ?? `${request.protocol}://${request.host}`}/partner/${sent.token}`
  if (how === 'mail' && (await sendReferralLetter(console, sent.partner.id, link))) {
    return { done: words.t('referral.mailed', { partner: sent.partner.name }) }
  }
  return { link }
}

export function referralRoutes(app: FastifyInstance, console: Console): void {
  app.get(base, logged, (request, reply) => {
    const { done } = request.query as { done?: unknown }
    return show(console, request, reply, done ? { done: wordsOf(console, request).t('referral.saved') } : {})
  })
  for (const [name, deed] of Object.entries(deeds)) {
    app.post(`${base}${name}`, logged, async (request, reply) => {
      const { staff } = askingOf(request)
      const id = await requestAt(console, staff, addressOf(request))
      try {
        const told = await deed(console, { staff, request: id, form: readKey(request.body) }, request)
        if (told) return show(console, request, reply, told)
      } catch (error) {
        const refused = faultOf(error, wordsOf(console, request))
        if (!refused) throw error
        return show(console, request, reply.code(refused.status), { fault: refused.fault })
      }
      return reply.redirect(`${pathOf(request)}?done=1`, 303)
    })
  }
}

function addressOf(request: FastifyRequest): string {
  return (request.params as { reference: string }).reference
}

function pathOf(request: FastifyRequest): string {
  return `/console/requests/${showReference(addressOf(request).replace(/\D/g, ''))}/referral`
}

async function show(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  told: Told,
): Promise<FastifyReply> {
  const { staff } = askingOf(request)
  const id = await requestAt(console, staff, addressOf(request))
  const [rail, view] = await Promise.all([loadRail(console, staff), loadReferrals(console, staff, id)])
  const page = pageOf(console, request, reply)
  return sendPage(reply, ReferralPage({ page, rail, view, newKey: () => console.clock.id(), ...told }))
}
