/** What a turn writes of referrals. A record of consent stands beside every yes, no and withdrawal. */
import type { EventType, HappeningOf } from '../core/event.ts'
import { nextDaytime } from '../core/followup.ts'
import { answerDueAt, linkEndsAt, outcomeAskedAt } from '../core/referral.ts'
import type { ReferralHappening, Said } from '../core/referral-happening.ts'
import { isOver } from '../core/referral-rules.ts'
import type { Change, Plain } from '../store/road.ts'
import { hintMatter, type KnownReferral, matterOf, owe, record, type Scene } from './scene.ts'

type Apply<T extends EventType> = (scene: Scene, it: HappeningOf<T>) => void

export const applyReferral: { readonly [T in ReferralHappening['type']]: Apply<T> } = {
  referral_proposed(scene, it) {
    const { world, person, staff } = scene
    if (!person || staff === undefined) throw new Error('staff refer a person whom they know')
    const asked: Readonly<Record<string, Plain>> =
      it.address === undefined ? {} : { prompt: 'consent', ask_person_at: nextDaytime(world.now, it.country) }
    scene.changes.push({
      insert: 'referral',
      plain: {
        ...{ id: it.referral, request_id: it.request, need_id: it.need ?? null, person_id: person.id },
        ...{ case_id: person.case ?? null, address_id: scene.address?.id ?? null, partner_id: it.partner },
        ...{ service: it.service, urgency: it.urgency, reason: it.reason, items: JSON.stringify(it.items) },
        ...{ state: 'asked', staff_id: staff, key_id: person.key, country: it.country, ...asked },
        created_at: world.now,
      },
      secret: { note_enc: it.secret?.note },
      key: person.key,
    })
    // From here on turns of this address look for it.
    if (scene.address)
      scene.changes.push({ update: 'address', id: scene.address.id, plain: { referred: true } })
    put(scene, it)
  },

  /** Said once; whoever was only asked to write hears it when they do. Whom somebody is to come to is asked later if they did. */
  referral_prompted(scene, it) {
    const known = knownOf(scene, it.referral)
    const later = it.prompt === 'accepted' && known ? askedLater(scene, known) : nothingToSay
    change(scene, it.referral, it.how === 'knocked' ? { knocked: true } : later)
    put(scene, it)
  },

  referral_agreed(scene, it) {
    keepConsent(scene, it, 'given')
    change(scene, it.referral, { state: 'agreed', consent_id: it.consent, ...nothingToSay })
    owe(scene, it.request)
    put(scene, it)
  },

  referral_refused(scene, it) {
    keepConsent(scene, it, 'refused')
    change(scene, it.referral, { state: 'refused', ended_at: scene.world.now, ...nothingToSay })
    owe(scene, it.request)
    put(scene, it)
  },

  /** Its link and what it shows are written by the act that made them. */
  referral_sent(scene, it) {
    const { now } = scene.world
    const plain = { token_until: linkEndsAt(now), opened: 0, silent_at: null }
    const first = { state: 'sent', sent_at: now, answer_due_at: answerDueAt(now) }
    change(scene, it.referral, it.again ? plain : { ...plain, ...first })
    put(scene, it)
  },

  referral_opened(scene, it) {
    change(scene, it.referral, { opened_at: scene.world.now })
    put(scene, it)
  },

  /** The need is referred from here on: somebody has taken it up. The link opens until there is a result. */
  referral_accepted(scene, it) {
    const { now } = scene.world
    const known = knownOf(scene, it.referral)
    const later = known ? outcomeAskedAt(now, known.country) : now
    change(scene, it.referral, {
      ...{ state: 'accepted', answered_at: now, token_until: linkEndsAt(later) },
      ...(it.byStaff ? { prompt: 'outcome', ask_person_at: later } : toldByDay('accepted', now, known)),
    })
    settleNeed(scene, known, 'referred')
    if (it.byStaff) owe(scene, it.request)
    put(scene, it)
  },

  /** Whoever was referred there needs another way. Asked to write for an earlier word, they hear this one. */
  referral_declined(scene, it) {
    const { now } = scene.world
    const known = knownOf(scene, it.referral)
    change(scene, it.referral, {
      ...{ state: 'declined', decline_reason: it.reason, answered_at: now, ended_at: now },
      ...(it.byStaff ? nothingToSay : toldByDay('declined', now, known)),
    })
    if (known?.state === 'accepted') settleNeed(scene, known, null)
    owe(scene, it.request)
    put(scene, it)
  },

  /** Somebody who was to be asked whether it came still is. */
  referral_ended(scene, it) {
    const { now } = scene.world
    const known = knownOf(scene, it.referral)
    const asked = { prompt: 'outcome', ask_person_at: known ? nextDaytime(now, known.country) : now }
    const came = it.result === 'given' ? { ...asked, knocked: false } : nothingToSay
    change(scene, it.referral, { state: it.result, ended_at: now, ...came })
    if (known?.state === 'sent') settleNeed(scene, known, 'referred')
    if (it.result !== 'given') owe(scene, it.request)
    put(scene, it)
  },

  referral_silent(scene, it) {
    change(scene, it.referral, { silent_at: scene.world.now })
    owe(scene, it.request)
    put(scene, it)
  },

  referral_judged(scene, it) {
    change(scene, it.referral, { came: it.came, ...nothingToSay })
    if (!it.came) owe(scene, it.request)
    put(scene, it)
  },

  /** What the partner was shown is gone from here; the link only asks them to remove what they noted. */
  referral_withdrawn(scene, it) {
    const { now } = scene.world
    keepConsent(scene, it, 'withdrawn')
    change(scene, it.referral, {
      ...{ state: 'withdrawn', ended_at: now, shared_enc: null, token_until: linkEndsAt(now) },
      ...nothingToSay,
    })
    // Of one that had come to its end nobody looks for another way.
    if (!isOver(knownOf(scene, it.referral)?.state)) owe(scene, it.request)
    put(scene, it)
  },

  referral_removed(scene, it) {
    change(scene, it.referral, { removed_at: scene.world.now })
    put(scene, it)
  },
}

/** On record, and pages that show the request fetch it again. */
function put(scene: Scene, it: ReferralHappening): void {
  record(scene, it, it.request)
  hintMatter(scene, matterOf(scene, it.request))
}

/** By day where the person is, as soon as their conversation is idle. */
function toldByDay(prompt: 'accepted' | 'declined', now: Date, known: KnownReferral | undefined) {
  return { prompt, ask_person_at: known ? nextDaytime(now, known.country) : now }
}

function askedLater({ world }: Scene, { country }: KnownReferral) {
  return { prompt: 'outcome', ask_person_at: outcomeAskedAt(world.now, country), knocked: false }
}

const nothingToSay = { prompt: null, ask_person_at: null, knocked: false } as const

function knownOf(scene: Scene, id: string): KnownReferral | undefined {
  return scene.referrals?.find((one) => one.id === id)
}

function change(scene: Scene, id: string, plain: Readonly<Record<string, Plain>>): void {
  const version = knownOf(scene, id)?.version
  scene.changes.push({ update: 'referral', id, ...(version === undefined ? {} : { version }), plain })
}

function settleNeed(scene: Scene, known: KnownReferral | undefined, result: 'referred' | null): void {
  if (known?.need === undefined) return
  const plain = { result, closed_at: result === null ? null : scene.world.now }
  scene.changes.push({ update: 'need', id: known.need, plain })
}

function keepConsent(
  scene: Scene,
  it: Said & { readonly referral: string },
  answer: 'given' | 'refused' | 'withdrawn',
): void {
  const { address, session, person, staff, world } = scene
  const row: Change = {
    insert: 'consent',
    plain: {
      ...{ id: it.consent, address_id: address?.id ?? null, person_id: person?.id ?? null },
      ...{ session_id: session?.id ?? null, item: 'referral', answer, text: it.text, wording: it.wording },
      ...{ language: it.language, medium: it.medium, message_id: it.message ?? null },
      ...{ staff_id: staff ?? null, referral_id: it.referral, at: world.now },
    },
  }
  scene.changes.push(row)
}
