/** What the engine may know besides the session, made of the standing and of the office's surroundings. */
import { kindOf } from '../core/request.ts'
import type { Situation } from '../flow/session.ts'
import type { Standing } from '../store/road.ts'
import { ownCheckIn } from './own-check-in.ts'
import { ownFollowUp } from './own-followup.ts'
import { ownLoop } from './own-loop.ts'
import { ownReferral } from './own-referral.ts'
import { aboutOf, keptFrom, routeOf } from './routing.ts'
import { officeOf, onDuty, type Surroundings } from './surroundings.ts'

/** What is said within this time of a campaign may be an answer to it. */
const campaignMilliseconds = 7 * 86_400_000

export function situationOf(standing: Standing, town: Surroundings, now: Date): Situation {
  const { address, person, consent, requests } = standing
  const { calendar } = town
  return {
    now,
    language: address.language,
    consent,
    known: person?.known ?? false,
    shared: address.shared,
    lock: standing.session.lock,
    ...(standing.helped ? { helps: standing.helped.matters } : {}),
    helped: person?.helpedBy !== undefined,
    minor: person?.minor ?? false,
    caseClosed: person?.caseClosed ?? false,
    stopped: address.stopped,
    requests,
    confided: standing.confided,
    disputable: standing.disputable,
    campaign: recentCampaign(standing, now),
    followUps: (standing.followUps ?? []).map((one) => ownFollowUp(one, standing, town, now)),
    loops: (standing.loops ?? []).map((one) => ownLoop(one, standing, now)),
    ...ownCheckIn(standing, now),
    referrals: (standing.referrals ?? []).map((one) => ownReferral(one, standing, now)),
    duty: onDuty(town, 'protection', now) !== undefined,
    pseaDuty: isOnDutyFor(standing, town, now),
    emergencyNumber: town.emergencyNumber,
    voiceBudget: town.voiceBudget,
    office: { open: calendar.isOpen(now), opensAt: calendar.opensAt(now), place: placeOf(standing, town) },
    daysFor(kind, priority) {
      const { dueAt } = routeOf(town, { kind, queue: kindOf(kind).queue, priority }, now)
      return calendar.daysUntil(now, dueAt)
    },
  }
}

export function recentCampaign({ campaign }: Standing, now: Date): Standing['campaign'] {
  return campaign && now.getTime() - campaign.at.getTime() < campaignMilliseconds ? campaign : undefined
}

/** Whoever is on duty for abuse by staff, unless the matter must be kept from them. */
function isOnDutyFor({ person }: Standing, town: Surroundings, now: Date): boolean {
  const duty = onDuty(town, 'psea', now)
  const sea = { kind: 'complaint.sea', queue: 'psea' } as const
  return (
    duty !== undefined && !keptFrom(town, sea, () => aboutOf(town, person, undefined)).barred.includes(duty)
  )
}

/** Where people can come: the office of the person or of their region, otherwise the first that says where it is. */
function placeOf({ person }: Standing, town: Surroundings): string | undefined {
  const own = town.offices.find(({ id }) => id === person?.office) ?? officeOf(town, person?.region)
  const office = own?.place ? own : town.offices.find(({ place }) => place !== '')
  return office?.place || undefined
}
