/** Sentences to people as the office worded them: every state stays, with who wrote it and when. */
import { type Language, languages } from '../core/language.ts'
import { certainties } from '../core/reply.ts'
import { Failure } from '../failure.ts'
import type { Database } from './database.ts'
import { isTaken } from './pg-failure.ts'

type Prisma = Database['prisma']

/** One state of a sentence; without `text` it says again what ships. */
export type Wording = {
  readonly language: Language
  readonly key: string
  /** Counted from 1. */
  readonly number: number
  /** Hash of what shipped when it was written: another one by now, and what ships is said until somebody looks. */
  readonly basedOn: string
  readonly text?: string
  readonly certainty?: (typeof certainties)[number]
  readonly reviewer?: string
  readonly reviewed?: Date
  readonly staff: string
  readonly at: Date
}

/** The last state of each sentence that the office ever worded. */
export async function listWordings(prisma: Prisma): Promise<readonly Wording[]> {
  const rows = await prisma.wording.findMany({
    distinct: ['language', 'key'],
    orderBy: [{ language: 'asc' }, { key: 'asc' }, { number: 'desc' }],
  })
  return rows.flatMap(wordingOf)
}

/** Every state of these keys in every language, the last first. */
export async function wordingHistory(prisma: Prisma, keys: readonly string[]): Promise<readonly Wording[]> {
  const rows = await prisma.wording.findMany({ where: { key: { in: [...keys] } }, orderBy: { id: 'desc' } })
  return rows.flatMap(wordingOf)
}

/** Writes the next state; fails with `text:changed_meanwhile` when somebody else wrote that number first. */
export async function writeWording(prisma: Prisma, id: string, wording: Wording): Promise<void> {
  const { staff, text, certainty, reviewer, reviewed, ...more } = wording
  try {
    await prisma.wording.create({
      data: {
        id,
        ...more,
        text: text ?? null,
        certainty: certainty ?? null,
        reviewer: reviewer ?? null,
        reviewed: reviewed ?? null,
        staffId: staff,
      },
    })
  } catch (cause) {
    if (isTaken(cause)) throw new Failure('text:changed_meanwhile', { key: wording.key }, { cause })
    throw cause
  }
}

type Row = Awaited<ReturnType<Prisma['wording']['findMany']>>[number]

function wordingOf(row: Row): Wording[] {
  const language = languages.find((one) => one === row.language)
  if (!language) return []
  return [
    {
      language,
      key: row.key,
      number: row.number,
      basedOn: row.basedOn,
      text: row.text ?? undefined,
      certainty: certainties.find((one) => one === row.certainty),
      reviewer: row.reviewer ?? undefined,
      reviewed: row.reviewed ?? undefined,
      staff: row.staffId,
      at: row.at,
    },
  ]
}
