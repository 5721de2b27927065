/** What a page shows of a request besides its line and its conversation: how it began and ended, needs, tries. */
import type { NeedCategory, NeedResult, Urgency } from '../core/need.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { outcomeOf } from './request.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

export type RequestFacts = {
  readonly cause: string
  readonly region?: string
  /** Name of the office that it waits for; absent where everybody of its queue sees it. */
  readonly office?: string
  readonly outcome?: string
  /** Whether the person was asked if it is solved, and what they said. */
  readonly loop: { readonly at?: Date; readonly askedAt?: Date; readonly answer?: string }
  readonly appealedAt?: Date
  /** The campaign that was answered when it was opened. */
  readonly campaign?: { readonly id: string; readonly name: string }
  readonly needs: readonly {
    readonly id: string
    readonly category: NeedCategory
    readonly urgency: Urgency
    readonly text?: string
    readonly result?: NeedResult
  }[]
  readonly attempts: readonly {
    readonly id: string
    readonly way: string
    readonly reached: boolean
    readonly at: Date
    readonly staff: string
    readonly note?: string
  }[]
}

/** The facts of a request that the caller has loaded under the reader's access (loadRequest). */
export async function factsOfRequest({ prisma, keys }: Part, id: string): Promise<RequestFacts> {
  const row = await prisma.request.findUniqueOrThrow({
    where: { id },
    include: { needs: { orderBy: { createdAt: 'asc' } }, attempts: { orderBy: { at: 'asc' } } },
  })
  const [office, campaign] = await Promise.all([
    row.officeId === null ? null : prisma.office.findUnique({ where: { id: row.officeId } }),
    row.campaignId === null
      ? null
      : prisma.campaign.findUnique({ where: { id: row.campaignId }, select: { id: true, name: true } }),
    keys.load([...row.needs, ...row.attempts].flatMap((one) => one.keyId ?? [])),
  ])
  const read = (key: string | null, place: string, value: Uint8Array | null) =>
    key === null ? undefined : keys.read(key, place, value)
  return {
    cause: row.cause,
    region: row.region ?? undefined,
    office: office?.name,
    outcome: outcomeOf(row),
    loop: {
      ...(row.loopAt ? { at: row.loopAt } : {}),
      ...(row.loopAskedAt ? { askedAt: row.loopAskedAt } : {}),
      ...(row.loopAnswer ? { answer: row.loopAnswer } : {}),
    },
    ...(row.appealedAt ? { appealedAt: row.appealedAt } : {}),
    ...(campaign ? { campaign } : {}),
    needs: row.needs.map((need) => ({
      id: need.id,
      // Codes were written by the program from the same unions.
      category: need.category as NeedCategory,
      urgency: need.urgency as Urgency,
      text: read(need.keyId, placeOf('need', 'text_enc', need.id), need.textEnc),
      result: (need.result ?? undefined) as NeedResult | undefined,
    })),
    attempts: row.attempts.map((one) => ({
      id: one.id,
      way: one.way,
      reached: one.reached,
      at: one.at,
      staff: one.staffId,
      note: read(one.keyId, placeOf('contact_attempt', 'note_enc', one.id), one.noteEnc),
    })),
  }
}
