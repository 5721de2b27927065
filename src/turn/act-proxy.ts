/** Staff write down that somebody may write for a person, who agreed to it; and end it when either no longer wants it. */
import { type ProxyMatter, type ProxyMedium, proxyDaysAtMost } from '../core/proxy.ts'
import { readReference } from '../core/reference.ts'
import { Failure } from '../failure.ts'
import { requestsSeenBy } from '../store/access.ts'
import { proxiesOf } from '../store/proxy.ts'
import type { Change } from '../store/road.ts'
import type { Desk } from './act.ts'
import { type ByStaff, doneBefore, enact, loadSubject } from './beside.ts'

type OnPerson = ByStaff & { readonly person: string }

const day = 86_400_000

/**
 * `reference` is that of a request which the relative made themselves. Somebody has one who writes for them, and writes for
 * one. Fails with `person:not_found`, `request:not_found`, and `form:invalid`.
 */
export async function nameProxy(
  desk: Desk,
  act: OnPerson,
  wish: {
    readonly reference: string
    readonly matters: readonly ProxyMatter[]
    readonly medium: ProxyMedium
    readonly days: number
  },
): Promise<void> {
  const subject = await loadSubject(desk, act.staff, act.person)
  if (await doneBefore(desk, act)) return
  const { matters, medium, days } = wish
  if (matters.length === 0 || !Number.isInteger(days) || days < 1 || days > proxyDaysAtMost)
    throw new Failure('form:invalid', { field: 'days' })
  const writer = await writerOf(desk, act, wish.reference)
  if (writer === act.person) throw new Failure('form:invalid', { field: 'reference' })
  const now = desk.clock.now()
  const proxy = desk.clock.id()
  const until = new Date(now.getTime() + days * day)
  const before = await proxiesOf(desk.prisma, act.person, now)
  const plain = {
    ...{ id: proxy, person_id: act.person, writer_id: writer, matters: matters.join(' '), medium, until },
    ...{ staff_id: act.staff.id, created_at: now },
  }
  const changes: Change[] = [
    ...before.map(({ id }): Change => ({ update: 'proxy', id, plain: { ended_at: now } })),
    { insert: 'proxy', plain },
    { update: 'person', id: writer, plain: { proxy_id: proxy } },
    { update: 'person', id: act.person, plain: { helped_by: proxy } },
  ]
  const happening = {
    type: 'proxy_named',
    proxy,
    matters: [...matters],
    medium,
    until: until.toISOString(),
  } as const
  await enact(desk, act, { subject, changes, happenings: () => [happening] })
}

async function writerOf({ prisma }: Desk, { staff }: OnPerson, typed: string): Promise<string> {
  const reference = readReference(typed)
  const row =
    reference === undefined
      ? null
      : await prisma.request.findFirst({ where: { AND: [{ reference }, requestsSeenBy(staff)] } })
  if (!row?.personId) throw new Failure('request:not_found')
  return row.personId
}

export async function endProxy(desk: Desk, act: OnPerson): Promise<void> {
  const subject = await loadSubject(desk, act.staff, act.person)
  if (await doneBefore(desk, act)) return
  const now = desk.clock.now()
  const named = await proxiesOf(desk.prisma, act.person, now)
  if (named.length === 0) return
  await enact(desk, act, {
    subject,
    changes: [
      ...named.map(({ id }): Change => ({ update: 'proxy', id, plain: { ended_at: now } })),
      { update: 'person', id: act.person, plain: { helped_by: null } },
    ],
    happenings: () => [{ type: 'proxy_ended' }],
  })
}
