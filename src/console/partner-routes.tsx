/** The partners of the programme: officers and administrators keep the list from which people are referred. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { services } from '../core/partner.ts'
import { Failure } from '../failure.ts'
import { keepPartner, listPartners } from '../store/partner.ts'
import { isId } from '../store/request.ts'
import { keepsPartners } from './allowed.ts'
import { askingOf, type Console, pageOf, sendPage, wordsOf } from './asked.ts'
import { FormFault, readForm } from './form.ts'
import { loadRail } from './load.ts'
import { PartnersPage } from './pages/partners.tsx'
import { faultOf } from './trouble.ts'

const base = '/console/partners'

const many = <T extends z.ZodType<string>>(one: T) =>
  z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(one))
const form = z.object({
  partner: z.string().max(40).default(''),
  name: z.string().trim().min(2).max(120),
  services: many(z.enum(services)),
  regions: many(z.string().max(40)),
  contact: z.string().trim().max(200).default(''),
  email: z
    .union([z.literal(''), z.email().max(254)])
    .default('')
    .transform((email) => (email === '' ? undefined : email)),
  language: z.enum(['fr', 'en']),
  active: z.literal('on').optional(),
})

export function partnerRoutes(app: FastifyInstance, console: Console): void {
  app.get(base, (request, reply) => {
    const { done } = request.query as { done?: unknown }
    return show(console, request, reply, done ? { done: wordsOf(console, request).t('referral.saved') } : {})
  })
  app.post(base, async (request, reply) => {
    mustKeep(request)
    try {
      await keep(console, request.body)
    } catch (error) {
      const told = faultOf(error, wordsOf(console, request))
      if (!told) throw error
      return show(console, request, reply.code(told.status), { fault: told.fault })
    }
    return reply.redirect(`${base}?done=1`, 303)
  })
}

async function keep({ database, clock, placeName }: Console, body: unknown): Promise<void> {
  const { partner, active, email, ...it } = readForm(form, body)
  if (it.services.length === 0) throw new FormFault('referral.choose_services')
  const id = isId(partner) ? partner : clock.id()
  const regions = it.regions.filter((region) => placeName?.regions.some((one) => one.id === region))
  const kept = await keepPartner(
    database.prisma,
    { ...it, id, regions, active: active === 'on', ...(email === undefined ? {} : { email }) },
    clock.now(),
  )
  if (!kept) throw new FormFault('referral.name_taken')
}

function mustKeep(request: FastifyRequest): void {
  if (!keepsPartners(askingOf(request).staff)) throw new Failure('page:not_found')
}

async function show(
  console: Console,
  request: FastifyRequest,
  reply: FastifyReply,
  told: { readonly fault?: string; readonly done?: string },
): Promise<FastifyReply> {
  mustKeep(request)
  const { staff } = askingOf(request)
  const [rail, partners] = await Promise.all([
    loadRail(console, staff),
    listPartners(console.database.prisma),
  ])
  const page = pageOf(console, request, reply)
  return sendPage(reply, PartnersPage({ page, rail, partners, place: console.placeName, ...told }))
}
