/** How far the programme has come with each person; nothing for those it only just met. */
import type { Cast, DemoOffice, DemoStaff } from './cast.ts'
import type { Dice } from './dice.ts'
import { dayLength, startOfDay } from './rhythm.ts'

export type DemoCase = {
  readonly number: string
  readonly stage: string
  readonly owner: DemoStaff
  readonly openedAt: Date
  /** Since when it is in its stage, and what was done there since. */
  readonly stageSince: Date
  readonly visitsKept: number
  readonly checkedInAt?: Date
  readonly closedAt?: Date
  readonly closureReason?: string
}

/** The longer ago somebody came back, the further the case has come. */
export function makeCase(
  seat: { readonly n: number },
  office: DemoOffice,
  cast: Cast,
  returnDate: Date,
  dice: Dice,
  now: Date,
): DemoCase | undefined {
  const months = (now.getTime() - returnDate.getTime()) / (30 * dayLength)
  const stage = stageOf(months, dice)
  // Somebody who is only just known has no file.
  if (stage === 'contact' && dice.chance(60)) return undefined
  const owners = cast.staff.filter((one) => one.roles.includes('case_worker') && one.office === office)
  const owner = owners[seat.n % owners.length]
  if (!owner) throw new Error(`nobody owns the cases of ${office.key}`)
  const openedAt = new Date(
    Math.min(now.getTime() - dayLength, returnDate.getTime() + dice.between(2, 25) * dayLength),
  )
  const closed = stage === 'closure'
  const closedAt = closed
    ? new Date(startOfDay(now).getTime() - dice.between(3, 60) * dayLength + 10 * 3_600_000)
    : undefined
  return {
    number: `DEMO-${office.key.slice(0, 3).toUpperCase()}-${String(seat.n).padStart(4, '0')}`,
    stage,
    owner,
    openedAt,
    ...standing(seat.n, stage, openedAt, closedAt ?? now),
    closedAt,
    closureReason: closed
      ? dice.weigh({ support_ended: 12, own_choice: 3, left_area: 3, criteria_not_met: 2 })
      : undefined,
  }
}

/** Most were visited as often as is due; every fifth waits for a visit, every fourth was not asked how they are. */
function standing(n: number, stage: string, openedAt: Date, until: Date) {
  const span = until.getTime() - openedAt.getTime()
  const days = Math.min((span / dayLength) * 0.6, 20 + ((n * 37) % 190))
  const stageSince = new Date(until.getTime() - days * dayLength)
  const due = [30, 90, 180].filter((day) => day < days).length
  const monitored = stage === 'monitoring'
  return {
    stageSince,
    visitsKept: monitored ? Math.max(0, due - ((n >> 1) % 5 === 0 ? 1 : 0)) : 0,
    ...(monitored && days > 21 && (n >> 2) % 4 !== 0
      ? { checkedInAt: new Date(stageSince.getTime() + 20 * dayLength) }
      : {}),
  }
}

function stageOf(months: number, dice: Dice): string {
  if (months < 0.7) return dice.weigh({ contact: 4, reception: 3, orientation: 3 })
  if (months < 2) return dice.weigh({ contact: 1, orientation: 3, screening: 4, counselling: 3 })
  if (months < 4) return dice.weigh({ screening: 2, counselling: 4, plan: 5, delivery: 2 })
  if (months < 9) return dice.weigh({ plan: 3, delivery: 5, monitoring: 6, closure: 1 })
  return dice.weigh({ delivery: 1, monitoring: 7, closure: 4, reopened: 1 })
}
