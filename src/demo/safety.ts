/**
 * Of the people of one case worker: a woman with safe hours who would rather speak with a woman, one whose code guards a
 * phone that others use, one for whom a relative writes. By the product's own acts, after the story.
 */
import { showReference } from '../core/reference.ts'
import { codeMark } from '../store/code-mark.ts'
import type { Database } from '../store/database.ts'
import type { Desk } from '../turn/act.ts'
import { nameProxy } from '../turn/act-proxy.ts'
import { makeReferences } from '../turn/references.ts'
import { recordSafeContactOf } from '../turn/safe-contact.ts'
import { makeWatch } from '../turn/surroundings.ts'
import { memberOf, storyClock } from './afterwards.ts'

const day = 86_400_000
/** Nobody's: it opens nothing but what is invented here. */
const code = '7391'

export async function fillSafety(database: Database, now: Date): Promise<void> {
  const { prisma, pool, keys } = database
  const clock = storyClock('safety', new Date(now.getTime() - 2 * day))
  const desk: Desk = {
    ...{ ...database, clock, watch: makeWatch(prisma, clock), references: makeReferences(pool) },
    passOn() {},
  }
  const staff = await memberOf(database, 'case_worker')
  const theirs = { cases: { some: { ownerId: staff.id, closedAt: null } }, minor: false, erasedAt: null }
  const openly = { some: { visibility: 'open' } }
  const people = await prisma.person.findMany({
    where: { ...theirs, requests: openly },
    include: { requests: { where: { visibility: 'open' }, take: 1, orderBy: { id: 'desc' } } },
    orderBy: { id: 'asc' },
    take: 12,
  })
  const woman = people.find(({ sex }) => sex === 'woman')
  if (woman) {
    const safe = { way: 'any', hours: '9h-12h', note: 'Son mari est au champ le matin.' } as const
    const act = { staff, person: woman.id, form: clock.id() }
    await recordSafeContactOf(desk, act, { safe, worker: 'woman' })
  }
  const session = await prisma.session.findFirst({
    where: { personId: { in: people.map(({ id }) => id) } },
    orderBy: { id: 'asc' },
  })
  if (session) {
    const mark = new Uint8Array(Buffer.from(await codeMark(keys, session.id, code), 'base64'))
    await prisma.session.update({ where: { id: session.id }, data: { codeHash: mark } })
  }
  const [helped, writer] = people.filter(({ id }) => id !== woman?.id && id !== session?.personId)
  const reference = writer?.requests[0]?.reference
  if (!helped || reference === undefined) return
  await nameProxy(
    desk,
    { staff, person: helped.id, form: clock.id() },
    { reference: showReference(reference), matters: ['need', 'followup'], medium: 'came', days: 90 },
  )
}
