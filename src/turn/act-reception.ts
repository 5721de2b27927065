/**
 * A request for somebody who came, called, used the complaint box, or sent a relative: it goes the way that it would have
 * gone had they written it, the same queue, the same eyes, the same term. Whoever wrote it down sees it afterwards only if
 * they would have seen it anyway; the reference is theirs to say aloud.
 */

import { dangerKinds, requestOfDanger } from '../core/danger.ts'
import type { Described, Happening, Opening } from '../core/event.ts'
import type { Language } from '../core/language.ts'
import type { NeedCategory, Urgency } from '../core/need.ts'
import { priorityOf } from '../core/priority.ts'
import { kindOf, type RequestKind } from '../core/request.ts'
import { Failure } from '../failure.ts'
import type { World } from '../world.ts'
import type { Desk } from './act.ts'
import { type ByStaff, doneBefore, enact, loadSubject, type Subject } from './beside.ts'

export type ReceptionWish = {
  /** Somebody known; otherwise whoever is described, and nobody at all without consent. */
  readonly person?: string
  readonly described?: Described
  readonly language: Language
  /** What was heard by the member of staff, and the wording that was read out. */
  readonly consent?: { readonly answer: 'given' | 'refused'; readonly text: string; readonly wording: string }
  readonly how: NonNullable<Opening['how']>
  readonly kind: RequestKind
  readonly category?: NeedCategory
  readonly urgency?: Urgency
  readonly text: string
}

/** Opens it and gives its reference; a form sent twice gives the same one. Fails with `person:not_found`. */
export async function openAtReception(
  desk: Desk,
  by: ByStaff,
  wish: ReceptionWish,
): Promise<{ readonly reference: string; readonly person?: string }> {
  const subject = await subjectOf(desk, by, wish)
  const before = await doneBefore(desk, by)
  if (before) return openedBefore(desk, before.request)
  const request = desk.clock.id()
  let reference = ''
  await enact(desk, by, {
    subject,
    happenings(world) {
      reference = world.reference()
      return [...aboutPerson(wish, subject), ...opening(wish, world, request, reference)]
    },
  })
  const row = await desk.prisma.request.findUniqueOrThrow({
    where: { id: request },
    select: { personId: true },
  })
  return { reference, person: row.personId ?? undefined }
}

async function openedBefore(
  { prisma }: Desk,
  request: string | undefined,
): Promise<{ readonly reference: string; readonly person?: string }> {
  const row = request === undefined ? null : await prisma.request.findUnique({ where: { id: request } })
  if (!row) throw new Failure('form:stale')
  return { reference: row.reference, person: row.personId ?? undefined }
}

async function subjectOf(desk: Desk, by: ByStaff, wish: ReceptionWish): Promise<Subject> {
  if (wish.person === undefined) return { language: wish.language, addresses: [] }
  return { ...(await loadSubject(desk, by.staff, wish.person)), language: wish.language }
}

/** Who they are is kept only when they agreed, as the member of staff heard; refusing closes no door. */
function aboutPerson(wish: ReceptionWish, subject: Subject): Happening[] {
  const { consent, language, described } = wish
  if (!consent) return []
  const recorded: Happening = {
    ...{ type: 'consent_recorded', item: 'keep_data', answer: consent.answer, medium: 'staff' },
    ...{ text: consent.text, wording: consent.wording, language },
  }
  if (consent.answer === 'refused') return subject.person ? [recorded] : []
  const told = described && Object.values(described).some((value) => value !== undefined)
  return told ? [recorded, { type: 'person_described', secret: described }] : [recorded]
}

function opening(wish: ReceptionWish, world: World, request: string, reference: string): Happening[] {
  const { kind, category, urgency, text, how } = wish
  const named = dangerKinds.find((one) => requestOfDanger[one] === kind)
  const danger = named && ({ kind: named, strength: 'strong' } as const)
  const { queue, visibility } = kindOf(kind)
  const priority = priorityOf({ kind, category, urgency, danger })
  const opened: Happening = {
    ...{ type: 'request_opened', request, reference, kind, queue, visibility, priority, category, urgency },
    ...{ cause: 'staff', how, danger, secret: { text } },
  }
  if (kind !== 'request.need' || !category) return [opened]
  const need = { need: world.id(), request, category, urgency: urgency ?? 'can_wait', secret: { text } }
  return [opened, { type: 'need_recorded', ...need }]
}
