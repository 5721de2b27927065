/** The forms of accounts, judged: an invitation and an edit. What they ask for is parted by core/approval.ts. */
import { z } from 'zod'
import { type QueueKey, queueKeys } from '../core/queue.ts'
import { type WorkerSex, workerSexes } from '../core/safe-contact.ts'
import { type Role, roles, spokenLanguages } from '../core/staff.ts'
import type { AccountWish } from '../store/account.ts'
import { FormFault, readForm } from './form.ts'

/** Ticked boxes of one name: none, one or many. */
const ticked = z.union([z.string(), z.array(z.string())]).optional()
const optionalId = z.union([z.uuid(), z.literal('')]).default('')

const accountShape = z.object({
  name: z.string().trim(),
  roles: ticked,
  queues: ticked,
  speaks: ticked,
  sex: z.enum(['woman', 'man', '']).default(''),
  office: optionalId,
  supervisor: optionalId,
})

/** What somebody is to be: `queues` as they were ticked. Fails with FormFault. */
export function readAccount(body: unknown): AccountWish {
  const form = readForm(accountShape, body)
  if (form.name === '' || form.name.length > 120) throw new FormFault('account.staff.bad_name')
  return {
    name: form.name,
    roles: among<Role>(roles, form.roles),
    queues: among<QueueKey>(queueKeys, form.queues),
    speaks: among(spokenLanguages, form.speaks),
    ...(form.sex === '' ? {} : { sex: form.sex }),
    ...(form.office === '' ? {} : { office: form.office }),
    ...(form.supervisor === '' ? {} : { supervisor: form.supervisor }),
  }
}

/** The languages that somebody ticked as their own. Fails with FormFault. */
export function readSpoken(body: unknown): readonly string[] {
  return among(spokenLanguages, readForm(z.object({ speaks: ticked }), body).speaks)
}

/** What somebody says of themselves. */
export function readSex(body: unknown): WorkerSex | undefined {
  const { sex } = readForm(z.object({ sex: z.enum(['', ...workerSexes]).default('') }), body)
  return sex === '' ? undefined : sex
}

/** Where the link is sent and in which language the console opens. Fails with FormFault. */
export function readAddress(body: unknown): { readonly email: string; readonly language: 'fr' | 'en' } {
  const form = readForm(z.object({ email: z.string().trim(), language: z.enum(['fr', 'en']) }), body)
  if (form.email.length > 254 || !z.email().safeParse(form.email).success)
    throw new FormFault('first.email_wrong')
  return form
}

/** What is not in our list was not on our page. */
function among<T extends string>(known: readonly T[], given: string | string[] | undefined): readonly T[] {
  const all = given === undefined ? [] : [given].flat()
  if (all.some((one) => !known.some((each) => each === one))) throw new FormFault('form.incomplete')
  return known.filter((one) => all.includes(one))
}
