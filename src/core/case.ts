/** The person's reintegration file: its stages, and why it closes (domain notes 1.6). */

/** In the order in which most cases go through them. */
export const stages = [
  'contact',
  'reception',
  'orientation',
  'screening',
  'counselling',
  'plan',
  'delivery',
  'monitoring',
  'closure',
  'reopened',
] as const
export type Stage = (typeof stages)[number]

/** Stages that staff choose; a case comes to the others by being closed and reopened. */
export const chosenStages = stages.filter((stage) => stage !== 'closure' && stage !== 'reopened')

export const closureReasons = [
  'support_ended',
  'criteria_not_met',
  'own_choice',
  'left_area',
  'death',
  'no_access',
  'unsafe',
  'threats',
  'funding',
] as const
export type ClosureReason = (typeof closureReasons)[number]

/** A case as the rules see it. */
export type CaseFile = {
  readonly id: string
  readonly stage: Stage
  readonly owner?: string
  readonly office?: string
  readonly closed: boolean
  /** Looked after more closely. */
  readonly highRisk: boolean
  readonly version: number
}
