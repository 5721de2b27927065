/** `npm run staff -- add …`: makes a staff account; the password is read from standard input. */

import { createInterface } from 'node:readline/promises'
import { text as readAll } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import { ConfigFaults } from '../config.ts'
import { type StaffLanguage, staffLanguages } from '../core/language.ts'
import { minimalPassword, passwordFault } from '../core/password.ts'
import { type Role, roles } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { makeLog } from '../log.ts'
import { addStaff } from '../store/staff.ts'
import { hashPassword } from '../web/password.ts'
import { realClock } from '../world.ts'
import { openBeside } from './beside.ts'

const usage =
  'npm run staff -- add --email E --name N --role R[,R] --language fr|en [--office O] [--supervisor E]'

type Wish = {
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly language: StaffLanguage
  readonly office?: string
  readonly supervisor?: string
}

/** Tells all faults at once; fails with `staff:exists`, `staff:not_found` and `form:invalid` as the store does. */
export async function staffCommand(config: Config, words: readonly string[]): Promise<void> {
  const wish = readWish(words)
  const password = await readPassword()
  const fault = passwordFault(password, wish.email)
  if (fault) refuse([`password: ${fault} (at least ${minimalPassword} characters, not the e-mail address)`])
  const opened: (() => Promise<void>)[] = []
  try {
    const log = makeLog(config.LOG_LEVEL === 'info' ? 'warn' : config.LOG_LEVEL)
    const { database } = await openBeside({ config, log, clock: realClock }, opened)
    await addStaff(database.prisma, {
      ...wish,
      id: realClock.id(),
      at: realClock.now(),
      passwordHash: await hashPassword(password),
    })
    process.stdout.write('The account is made.\n')
  } finally {
    for (const close of opened.reverse()) await close()
  }
}

function readWish(words: readonly string[]): Wish {
  const option = { type: 'string' } as const
  const options = {
    email: option,
    name: option,
    role: option,
    language: option,
    office: option,
    supervisor: option,
  }
  let parsed: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>
  try {
    parsed = parseArgs({ args: [...words], options, allowPositionals: true })
  } catch (error) {
    return refuse([error instanceof Error ? error.message : String(error), usage])
  }
  const { email, name, role, language = 'fr', office, supervisor } = parsed.values
  const asked = (role ?? '').split(',').filter(Boolean)
  const held = roles.filter((known) => asked.includes(known))
  const spoken = staffLanguages.find((known) => known === language)
  const faults = [
    parsed.positionals[0] === 'add' ? '' : usage,
    email && /^[^@\s]+@[^@\s]+$/.test(email) ? '' : '--email: an e-mail address',
    name?.trim() ? '' : '--name: as colleagues know them',
    asked.length > 0 && held.length === asked.length ? '' : `--role: one or more of ${roles.join(', ')}`,
    spoken ? '' : '--language: fr or en',
  ].filter(Boolean)
  if (faults.length > 0 || !email || !name || !spoken) return refuse(faults)
  return { email, name: name.trim(), roles: held, language: spoken, office, supervisor }
}

/** At a terminal the password is asked for; otherwise it is the first line of standard input. */
async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) return ((await readAll(process.stdin)).split('\n')[0] ?? '').replace(/\r$/, '')
  const desk = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await desk.question('Password: ')
  } finally {
    desk.close()
  }
}

function refuse(faults: readonly string[]): never {
  throw new Failure('config:invalid', { faults: faults.length }, { cause: new ConfigFaults(faults) })
}
