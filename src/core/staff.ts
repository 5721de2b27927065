/** Who answers, and what a role may do at all; which requests they see is decided in the query (store/access.ts). */
import type { StaffLanguage } from './language.ts'

export const roles = [
  'case_worker',
  'assistant',
  'supervisor',
  'protection',
  'psea',
  'officer',
  'monitoring',
  'data_protection',
  'admin',
] as const
export type Role = (typeof roles)[number]

/** Roles that come with requests and conversations; the others see none. */
export const contentRoles: readonly Role[] = roles.filter((role) => role !== 'admin' && role !== 'monitoring')

/** Roles that follow cases of their own. */
export const caseRoles: readonly Role[] = ['case_worker', 'supervisor']

/** How somebody likes to work in the console. */
export type Habits = {
  /** Single letters are commands while nobody types. */
  readonly shortcuts: boolean
  /** A sound and a notice of the browser when something new comes. */
  readonly signals: boolean
}

/** Languages that staff may say they speak. */
export const spokenLanguages = [
  'fr',
  'bm',
  'en',
  'ff',
  'snk',
  'ses',
  'taq',
  'dts',
  'spp',
  'kao',
  'ar',
] as const

/** A signed-in member of staff as rules and queries need them. */
export type Staff = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly roles: readonly Role[]
  readonly language: StaffLanguage
  readonly office?: string
  readonly supervisor?: string
  /** Keys of the queues they sit in. */
  readonly queues: readonly string[]
  /** As they said of themselves. */
  readonly sex?: 'woman' | 'man'
  /** How they like to work; the defaults where it is absent. */
  readonly habits?: Habits
  /** Something guarded was reset and nobody has confirmed it: its role and queue are missing here, and sealed matters shut. */
  readonly suspended?: true
}
