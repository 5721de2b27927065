/** The phone that speaks through WhatsApp Web: administrators pair, pause, limit and unlink it; for others there is no such page. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { channelFacts } from '../store/channel-facts.ts'
import { heldBack } from '../store/held-back.ts'
import { staffNames } from '../store/seat.ts'
import {
  askForCode,
  findPairedPhone,
  limitPhone,
  orderUnlink,
  type PairedPhone,
  pausePhone,
} from '../store/whatsapp-web.ts'
import { askingOf, type Console, pageOf, sendPage, sendPart, tokenOf, wordsOf } from './asked.ts'
import { FormFault, readForm } from './form.ts'
import { loadRail } from './load.ts'
import { HeldBackLine } from './pages/held-back.tsx'
import { PhonePage, PhonePart, type PhoneView } from './pages/phone.tsx'
import { dayOf } from './words.ts'

const base = '/console/channels/whatsapp'
/** A code asked for is shown so long: nobody leaves it on a screen for the day. */
const shownMilliseconds = 10 * 60_000

type Change = (console: Console, phone: PairedPhone, staff: Staff, body: unknown) => Promise<void>

const changes: Readonly<Record<string, Change>> = {
  ask: async ({ database, clock }, { id }, staff) => askForCode(database.prisma, id, staff.id, clock.now()),
  async pause({ database, clock }, { id }, staff, body) {
    const { pause } = readForm(z.object({ pause: z.enum(['on', 'off']) }), body)
    await pausePhone(database.prisma, id, pause === 'on' ? { staff: staff.id, at: clock.now() } : undefined)
  },
  async unlink({ database, clock }, { id, account }) {
    if (account === undefined) throw new FormFault('phone.not_paired')
    await orderUnlink(database.prisma, id, clock.now())
  },
  async limits({ database }, { id }, _staff, body) {
    const read = limits.safeParse(body)
    if (!read.success) throw new FormFault('phone.bad_cap')
    const { cap, campaigns } = read.data
    await limitPhone(database.prisma, id, { dailyCap: cap, campaigns: campaigns === 'on' })
  },
}

const limits = z.object({
  cap: z.coerce.number().int().min(1).max(2000),
  campaigns: z.literal('on').optional(),
})

export function phoneRoutes(app: FastifyInstance, console: Console): void {
  app.get(base, async (request, reply) => {
    const { done } = request.query as { done?: unknown }
    return show(console, request, reply, done ? { done: wordsOf(console, request).t('phone.saved') } : {})
  })
  app.get(`${base}/part`, async (request, reply) => {
    const phone = await load(console, mayPair(request))
    if (!phone) throw new Failure('page:not_found')
    const words = wordsOf(console, request)
    return sendPart(reply, PhonePart({ words, token: tokenOf(request, reply), phone }))
  })
  app.get('/console/channels/held-back', async (request, reply) => {
    const words = wordsOf(console, request)
    return sendPart(reply, HeldBackLine({ words, accounts: await loadHeldBack(console) }))
  })
  for (const [name, change] of Object.entries(changes)) {
    app.post(`${base}/${name}`, async (request, reply) => {
      const staff = mayPair(request)
      const phone = await findPairedPhone(console.database.prisma)
      if (!phone) throw new Failure('page:not_found')
      try {
        await change(console, phone, staff, request.body)
      } catch (error) {
        if (!(error instanceof FormFault)) throw error
        const fault = wordsOf(console, request).t(error.sentence, error.vars)
        return show(console, request, reply.code(422), { fault })
      }
      console.hints.changed(['channels'])
      return reply.redirect(name === 'ask' ? `${base}#phone` : `${base}?done=1`, 303)
    })
  }
}

/** What the frame of every page tells of accounts that cannot speak. */
export async function loadHeldBack({
  database,
  clock,
  channels,
}: Pick<Console, 'database' | 'clock' | 'channels'>) {
  const accounts = channels.map(({ id }) => id)
  return heldBack(database.pool, accounts, clock.now())
}

function mayPair(request: FastifyRequest): Staff {
  const { staff } = askingOf(request)
  if (!staff.roles.includes('admin')) throw new Failure('page:not_found')
  return staff
}

async function load({ database, clock }: Console, reader: Staff): Promise<PhoneView | undefined> {
  const phone = await findPairedPhone(database.prisma)
  if (!phone) return undefined
  const now = clock.now()
  const ids = [phone.pairedBy, phone.pausedBy].filter((id) => id !== undefined)
  const [names, facts] = await Promise.all([
    staffNames(database.prisma, ids),
    channelFacts(database.pool, now),
  ])
  const { askedBy, askedAt, sentDay, sentCount } = phone
  return {
    ...phone,
    names,
    sentToday: sentDay && dayOf(sentDay) === dayOf(now) ? sentCount : 0,
    waiting: facts.find(({ id }) => id === phone.id)?.waiting ?? 0,
    showsCode:
      askedBy === reader.id && askedAt !== undefined && now.getTime() - askedAt.getTime() < shownMilliseconds,
  }
}

type Told = { readonly fault?: string; readonly done?: string }

async function show(console: Console, request: FastifyRequest, reply: FastifyReply, told: Told) {
  const staff = mayPair(request)
  const [rail, phone] = await Promise.all([loadRail(console, staff), load(console, staff)])
  return sendPage(reply, PhonePage({ page: pageOf(console, request, reply), rail, phone, ...told }))
}
