/** An office for tests of tasks: who looks after whom, cases in their stages, and what is done in them. */
import { expect } from 'vitest'
import { type TaskKind, usualTerms } from '../../src/core/task.ts'
import { staffOf, staffSelect } from '../../src/store/staff.ts'
import { listTasks } from '../../src/store/task.ts'
import type { TaskScope } from '../../src/store/task-sql.ts'
import { type Browser, browserOf, hire, makeClock, makeCounter, say } from './counter.ts'
import { meet } from './people.ts'

export const noon = new Date('2026-03-11T12:00:00Z')
export const at = (days: number) => new Date(noon.getTime() + days * 86_400_000)

export type Seat = { readonly id: string; readonly browser: Browser }
export type TaskOffice = Awaited<ReturnType<typeof openTaskOffice>>

/** The caller closes the counter. */
export async function openTaskOffice() {
  const offices = { mopti: '', gao: '' }
  const counter = await makeCounter({}, makeClock(noon))
  const { prisma } = counter.database
  for (const key of ['mopti', 'gao'] as const) {
    offices[key] = counter.clock.id()
    await prisma.office.create({ data: { id: offices[key], key, name: key } })
  }
  const seat = async (name: string, role: Parameters<typeof hire>[2][number], office = offices.mopti) => {
    const { id } = await hire(counter, name, [role])
    await prisma.staff.update({ where: { id }, data: { officeId: office } })
    return { id, browser: await browserOf(counter, { id }) }
  }
  const mariam = await seat('Mariam', 'case_worker')
  const other = await seat('Allaye', 'case_worker')
  const boss = await seat('Oumou', 'supervisor')
  const far = await seat('Sitan', 'supervisor', offices.gao)
  const psea = await seat('Kadiatou', 'psea')

  let n = 0
  /** Somebody of Mariam's with a case in a stage for some days. */
  async function have(stage: string, days: number, more: Record<string, unknown> = {}): Promise<string> {
    n += 1
    const person = await meet(counter, {
      ...{ name: `Personne ${n}`, caseNumber: `T-${n}`, owner: mariam.id, office: offices.mopti, stage },
    })
    await counter.database.prisma.case.updateMany({
      where: { personId: person },
      data: { openedAt: at(-days), stageSince: at(-days), ...more },
    })
    return person
  }

  const staffBy = async ({ id }: Seat) =>
    staffOf(await counter.database.prisma.staff.findUniqueOrThrow({ where: { id }, select: staffSelect }))

  async function tasks(reader: Seat, scope: TaskScope, days = 0) {
    const asking = { staff: await staffBy(reader), scope, terms: usualTerms, now: at(days) }
    return listTasks(counter.database, asking, { limit: 500 })
  }
  const of = async (person: string, days = 0, reader = mariam) =>
    (await tasks(reader, { of: 'people', ids: [person] }, days)).map(
      ({ kind, step, dueAt }) =>
        [kind, step, Math.round((dueAt.getTime() - noon.getTime()) / 86_400_000)] as const,
    )

  const followUp = (person: string, days: number, state: string, more: Record<string, unknown> = {}) =>
    counter.database.prisma.followUp.create({
      data: {
        ...{ id: counter.clock.id(), personId: person, kind: 'visit', state, at: at(days) },
        ...{ createdAt: at(days), endedAt: at(days), ...more },
      },
    })

  /** Mariam keeps a visit with them, as the product writes it. */
  async function keepVisit(
    person: string,
    from: string,
    more: Record<string, unknown> = {},
    kind = 'request.followup',
  ) {
    const { prisma } = counter.database
    const file = await prisma.case.findFirstOrThrow({ where: { personId: person } })
    const it = await say(counter, {
      ...{ from, kind: kind as 'request.followup', holders: [mariam.id] },
      plain: { owner_id: mariam.id, person_id: person, case_id: file.id },
    })
    const visit = { requestId: it.id, personId: person, staffId: mariam.id, kind: 'visit', state: 'agreed' }
    const { id } = await prisma.followUp.create({
      data: { ...visit, ...more, id: counter.clock.id(), at: at(-0.1), minutes: 30, createdAt: at(-1) },
    })
    const page = `${it.path}/follow-up`
    const { statusCode } = await mariam.browser.send(page, `${page}/done`, { followUp: id })
    expect(statusCode).toBe(303)
  }

  /** A referral of a request of Mariam's. */
  async function refer(person: string, from: string, more: Record<string, unknown>, kind = 'request.need') {
    const { prisma } = counter.database
    const request = await say(counter, {
      ...{ from, kind: kind as 'request.need', holders: kind.startsWith('protection') ? [psea.id] : [] },
      plain: { owner_id: mariam.id, person_id: person, office_id: offices.mopti },
    })
    const partner = await prisma.partner.create({
      data: { id: counter.clock.id(), name: `Partenaire ${from}`, services: ['medical'], createdAt: noon },
    })
    const { keyId } = await prisma.person.findUniqueOrThrow({ where: { id: person } })
    const id = counter.clock.id()
    await prisma.referral.create({
      data: {
        ...{ id, requestId: request.id, personId: person, partnerId: partner.id, keyId, service: 'medical' },
        ...{
          urgency: 'normal',
          reason: 'medical',
          items: [],
          staffId: mariam.id,
          consentId: counter.clock.id(),
          createdAt: at(-20),
          ...more,
        },
        state: String(more['state']),
      },
    })
    return { id, request }
  }

  async function settle(
    who: Seat,
    person: string,
    kind: TaskKind,
    step: number,
    fields: Record<string, string>,
  ) {
    const page = `/console/people/${person}`
    const { body } = await who.browser.get(page)
    const form = body
      .split('<form')
      .find((one) => one.includes(`action="${page}/task"`) && one.includes(`value="${kind}"`))
    const hidden = Object.fromEntries(
      [...(form ?? '').matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
        ([, name = '', value = '']) => [name, value],
      ),
    )
    return who.browser.post(`${page}/task`, { ...hidden, kind, step: String(step), ...fields })
  }

  return {
    counter,
    offices,
    mariam,
    other,
    boss,
    far,
    psea,
    have,
    staffBy,
    tasks,
    of,
    followUp,
    keepVisit,
    refer,
    settle,
  }
}
