/** Partners of the programme: whom people are handed to, and for what (domain notes 1.2, 1.4). */

/** What a partner does. `specialised` says no more than that: its page must not tell what kind of matter it is. */
export const services = [
  'medical',
  'mhpss',
  'housing',
  'food',
  'education',
  'training',
  'job',
  'microbusiness',
  'documents',
  'tracing',
  'specialised',
  'other',
] as const
export type Service = (typeof services)[number]

export type Partner = {
  readonly id: string
  readonly name: string
  readonly services: readonly Service[]
  /** Ids of regions; none: wherever people are. */
  readonly regions: readonly string[]
  /** Who takes what is sent there, and their number: as the office wrote it. */
  readonly contact: string
  readonly email?: string
  /** The language in which its people read. */
  readonly language: 'fr' | 'en'
  /** Nothing new goes to one that is not. */
  readonly active: boolean
}

/** Whether somebody who lives in a region can be sent there; of whom nobody knows where they live, everywhere. */
export function serves({ regions }: Pick<Partner, 'regions'>, region: string | undefined): boolean {
  return regions.length === 0 || region === undefined || regions.includes(region)
}
