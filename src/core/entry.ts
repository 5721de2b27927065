/** What somebody still has to do between the password and the first page. */
import type { Role } from './staff.ts'

/** Roles that nobody holds with a password alone. */
export const factorRoles: readonly Role[] = [
  'supervisor',
  'officer',
  'monitoring',
  'protection',
  'psea',
  'data_protection',
  'admin',
]

/** The code of conduct in force; raise it with the text (locales, `conduct`), and everybody is asked again. */
export const conductVersion = 1

/** Give a code; set up where codes come from; accept the code of conduct. */
export type Step = 'code' | 'factor' | 'conduct'

export type Entrant = {
  /** As the account holds them, suspended or not. */
  readonly roles: readonly Role[]
  /** A second factor is set up. */
  readonly hasFactor: boolean
  /** A code was given in this session; taking a second factor away ends all of them. */
  readonly factorGiven: boolean
  /** The version of the code of conduct that they accepted. */
  readonly conduct?: number
}

/** Rules of the house that differ between the real thing and the demo. */
export type EntryRules = {
  /** Nobody must set up a second factor; who has one is asked for it all the same. */
  readonly passwordAlone: boolean
}

export function needsFactor(roles: readonly Role[]): boolean {
  return roles.some((role) => factorRoles.includes(role))
}

/** The next thing to do, or undefined: come in. */
export function stepBefore(it: Entrant, rules: EntryRules): Step | undefined {
  if (!it.factorGiven) {
    if (it.hasFactor) return 'code'
    if (!rules.passwordAlone && needsFactor(it.roles)) return 'factor'
  }
  return it.conduct === conductVersion ? undefined : 'conduct'
}
