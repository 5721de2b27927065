/**
 * What is kept of somebody, for their own eyes: facts, cases, requests, needs, times, what they said and were told, what they
 * agreed to, and who received what. Nothing that staff wrote for each other, nobody else's words, and nothing that was told
 * in confidence: the paper may be read by whoever lives with them.
 */
import type { ConsentAnswer, ConsentItem, ConsentMedium } from '../core/consent.ts'
import { type ReferralItem, referralItems } from '../core/referral.ts'
import type { Database } from './database.ts'
import { joinedFiles } from './erasure.ts'
import { type AddressFacts, addressHistory, type PersonFacts, readPerson } from './person.ts'
import { keysOfSaid, type SaidBody, saidBody } from './said.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

/** More than anybody wrote; the oldest are left out beyond it, and the copy says so. */
const messagesAtMost = 2_000

export type OwnCopy = {
  readonly facts: readonly PersonFacts[]
  readonly addresses: readonly AddressFacts[]
  readonly cases: readonly { readonly stage: string; readonly openedAt: Date; readonly closedAt?: Date }[]
  readonly requests: readonly {
    readonly reference: string
    readonly kind: string
    readonly category?: string
    readonly state: string
    readonly openedAt: Date
  }[]
  readonly needs: readonly { readonly category: string; readonly result?: string; readonly at: Date }[]
  readonly followUps: readonly { readonly kind: string; readonly state: string; readonly at: Date }[]
  readonly consents: readonly {
    readonly item: ConsentItem
    readonly answer: ConsentAnswer
    readonly medium: ConsentMedium
    readonly at: Date
  }[]
  /** Partners to whom something was sent, and what. */
  readonly receivers: readonly {
    readonly partner: string
    readonly items: readonly ReferralItem[]
    readonly at: Date
    readonly takenBack: boolean
    /** The partner says that nothing of it is left there. */
    readonly removed: boolean
  }[]
  readonly said: readonly { readonly at: Date; readonly from: 'them' | 'us'; readonly body: SaidBody }[]
  /** Older messages stand in no copy. */
  readonly cut: boolean
}

/** Reads all files that were found to be of this person; the caller has seen that the reader may. */
export async function readOwnCopy(part: Part, person: string): Promise<OwnCopy> {
  const { prisma } = part
  const files = [...(await joinedFiles(prisma, person))]
  const theirs = { personId: { in: files } }
  const open = { ...theirs, visibility: 'open' }
  const [facts, addresses, cases, requests, needs, followUps, consents, referrals] = await Promise.all([
    Promise.all(files.map((id) => readPerson(part, id))),
    Promise.all(files.map((id) => addressHistory(part, id))),
    prisma.case.findMany({ where: theirs, orderBy: { openedAt: 'asc' } }),
    // What was asked of data protection is theirs to know, though few read it.
    prisma.request.findMany({
      where: { ...theirs, OR: [{ visibility: 'open' }, { kind: 'request.data' }] },
      orderBy: { openedAt: 'asc' },
      omit: { textEnc: true },
    }),
    prisma.need.findMany({ where: { ...theirs, request: { visibility: 'open' } }, orderBy: { id: 'asc' } }),
    prisma.followUp.findMany({
      where: { ...theirs, at: { not: null }, OR: [{ requestId: null }, { request: { visibility: 'open' } }] },
      orderBy: { at: 'asc' },
    }),
    prisma.consent.findMany({ where: { ...theirs, referralId: null }, orderBy: { at: 'asc' } }),
    prisma.referral.findMany({
      where: { ...theirs, sentAt: { not: null }, request: { visibility: 'open' } },
      orderBy: { sentAt: 'asc' },
      include: { partner: { select: { name: true } } },
    }),
  ])
  return {
    facts: facts.filter((one) => one !== undefined),
    addresses: addresses.flat(),
    cases: cases.map((it) => ({
      stage: it.stage,
      openedAt: it.openedAt,
      ...(it.closedAt ? { closedAt: it.closedAt } : {}),
    })),
    requests: requests.map((it) => ({
      ...{ reference: it.reference, kind: it.kind, state: it.state, openedAt: it.openedAt },
      ...(it.category ? { category: it.category } : {}),
    })),
    needs: needs.map((it) => ({
      category: it.category,
      at: it.createdAt,
      ...(it.result ? { result: it.result } : {}),
    })),
    followUps: followUps.flatMap(({ kind, state, at }) => (kind && at ? [{ kind, state, at }] : [])),
    // Codes were written by the program from the same unions.
    consents: consents.map((it) => ({
      item: it.item as ConsentItem,
      answer: it.answer as ConsentAnswer,
      medium: it.medium as ConsentMedium,
      at: it.at,
    })),
    receivers: referrals.flatMap((it) =>
      it.sentAt
        ? [
            {
              partner: it.partner.name,
              items: referralItems.filter((item) => (it.items as readonly string[]).includes(item)),
              at: it.sentAt,
              takenBack: it.state === 'withdrawn',
              removed: it.removedAt !== null,
            },
          ]
        : [],
    ),
    ...(await saidOf(part, open)),
  }
}

/** What they said and what was said to them, the oldest first. */
async function saidOf(
  { prisma, keys }: Part,
  where: { readonly personId: { readonly in: string[] }; readonly visibility: string },
): Promise<Pick<OwnCopy, 'said' | 'cut'>> {
  const rows = await prisma.message.findMany({
    where,
    orderBy: { position: 'desc' },
    take: messagesAtMost + 1,
    include: { media: true },
  })
  const shown = rows.slice(0, messagesAtMost).reverse()
  await keys.load(shown.flatMap(keysOfSaid))
  const said = shown.map((row) => ({
    at: row.createdAt,
    from: row.direction === 'in' ? ('them' as const) : ('us' as const),
    body: saidBody(row, keys),
  }))
  return {
    said: said.filter(({ body }) => !['deleted', 'erased', 'shut'].includes(body.kind)),
    cut: rows.length > messagesAtMost,
  }
}
