/** Whom staff are about to write to, as the policy of sending wants it: so that they know before what will become of it. */
import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { homeCountry } from '../core/night.ts'
import { mayLeave, type Reached, type Verdict } from '../core/send-policy.ts'
import type { Database } from '../store/database.ts'
import { readReached } from '../store/reached.ts'
import type { Clock } from '../world.ts'

/** What becomes of an answer that is sent to this address now; `insists`: whether staff may send it all the same. */
export type Leaves = { readonly verdict: Verdict; readonly insists: boolean }

type Desk = Pick<Database, 'prisma' | 'keys'> & { readonly clock: Clock }

export async function leavesNow(desk: Desk, address: string, person: string | undefined): Promise<Leaves> {
  const whom = await whomAt(desk, address, person)
  const now = desk.clock.now()
  const verdict = mayLeave(whom, { occasion: 'staff' }, now)
  const insisted = mayLeave(whom, { occasion: 'staff', insisted: true }, now)
  return { verdict, insists: verdict.is !== 'send' && insisted.is === 'send' }
}

/** Whether anything may ever be said there of our own accord. A call for help in secret only makes it wait, and shows nowhere. */
export async function isWrittenTo(desk: Desk, address: string, person: string | undefined): Promise<boolean> {
  const { alarmedAt: _, ...whom } = await whomAt(desk, address, person)
  return mayLeave(whom, { occasion: 'prompt' }, desk.clock.now()).is !== 'never'
}

async function whomAt(desk: Desk, address: string, person: string | undefined): Promise<Reached> {
  const { phone, ...facts } = await readReached(desk, address, person)
  const country = (phone && parsePhoneNumberFromString(phone)?.country) ?? homeCountry
  return { ...facts, country }
}
