/** Lists of case numbers that somebody brought. The numbers themselves are not kept: only what finds their cases again. */
import { Failure } from '../failure.ts'
import type { Database } from './database.ts'

type Part = Pick<Database, 'prisma' | 'pool' | 'keys'>

const mostListed = 200
const mostCounted = 20

export type CaseList = {
  readonly id: string
  readonly name: string
  readonly createdAt: Date
  /** How many different numbers it has, and of how many there is a case. */
  readonly given: number
  readonly found: number
}

/** Their names, the newest first. */
export function nameCaseLists(prisma: Database['prisma']): Promise<readonly Pick<CaseList, 'id' | 'name'>[]> {
  return prisma.caseList.findMany({
    ...{ select: { id: true, name: true }, orderBy: { createdAt: 'desc' }, take: mostListed },
  })
}

/** What the newest of them came to, counted over: cases come and go. */
export async function listCaseLists({ pool }: Pick<Part, 'pool'>): Promise<readonly CaseList[]> {
  const { rows } = await pool.query<{ id: string; name: string; at: Date; given: number; found: number }>(
    `select l.id, l.name, l.created_at as at, count(r.number_hash)::int as given,
        count(r.number_hash) filter (where exists (
          select from case_file c where c.number_hash = r.number_hash))::int as found
      from (select * from case_list order by created_at desc limit ${mostCounted}) l
      left join case_list_row r on r.list_id = l.id
      group by l.id, l.name, l.created_at order by l.created_at desc`,
  )
  return rows.map(({ at, ...row }) => ({ ...row, createdAt: at }))
}

/** Keeps a list of different numbers. The same `id` again keeps nothing new. */
export async function keepCaseList(
  { prisma, keys }: Pick<Part, 'prisma' | 'keys'>,
  it: { readonly id: string; readonly name: string; readonly staff: string; readonly at: Date },
  numbers: readonly string[],
): Promise<void> {
  const { id, name, staff: staffId, at: createdAt } = it
  const hashes = numbers.map((number) => new Uint8Array(keys.hash('case_number', number)))
  await prisma.$transaction([
    prisma.caseList.createMany({ data: [{ id, name, staffId, createdAt }], skipDuplicates: true }),
    prisma.caseListRow.createMany({
      data: hashes.map((numberHash) => ({ listId: id, numberHash })),
      skipDuplicates: true,
    }),
  ])
}

/** Forgets it. Fails with `audience:in_use` while an audience or a campaign that is still to go out asks for it. */
export async function dropCaseList(
  { prisma, pool }: Pick<Part, 'prisma' | 'pool'>,
  id: string,
): Promise<void> {
  const { rows } = await pool.query<{ used: boolean }>(
    `select exists (select from audience where rules->>'list' = $1)
      or exists (select from campaign where audience->>'list' = $1 and audience_id is null
        and state in ('draft', 'review', 'scheduled')) as used`,
    [id],
  )
  if (rows[0]?.used) throw new Failure('audience:in_use')
  await prisma.caseList.deleteMany({ where: { id } })
}
