/** What an act of the console is: it reads its own form and does one thing, by turn/act.ts. */
import type { Act } from '../../turn/act-load.ts'
import type { ConsoleParts } from '../parts.ts'

/** Fails with FormFault for a form that cannot be taken, and with the failures of the act. */
export type ActRoute = (parts: ConsoleParts, act: Act, body: unknown) => Promise<void>
