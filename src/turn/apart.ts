/**
 * A turn that must not stay with whoever speaks: what is said around a complaint without a name. Its messages exist for
 * nobody, it is on record nowhere, what the person wrote is emptied in the same commit, and what we say as soon as the
 * channel has it (store/seal-away.ts). While a danger opens a matter in it, it is a turn like any other: help comes first.
 */
import { known } from '../flow/known.ts'
import type { Session } from '../flow/session.ts'
import { bodyOf } from '../store/message-body.ts'
import type { Change } from '../store/road.ts'
import type { Original } from './original.ts'
import type { Scene } from './scene.ts'

/** Whether the flow of complaints without a name talked before or after this turn. */
export function isNameless({ session }: Scene): boolean {
  return session !== undefined && (talksNameless(session.before) || inNameless(session.after))
}

/** Whether it waits for an answer. */
export function talksNameless(session: Session | undefined): boolean {
  return session?.open === true && inNameless(session)
}

function inNameless({ stack }: Session): boolean {
  return stack.some(({ flow }) => flow === known.nameless)
}

/** Sealed, with no request and so with no holder. */
export function apartFrom({ hints }: Scene): Original {
  for (const name of [...hints]) if (name.startsWith('person-')) hints.delete(name)
  return { visibility: 'sealed' }
}

/** Stands where the words stood. */
const gone = '…'

/** What was said is taken out of the message that said it. */
export function emptied({ handled, said, address }: Scene): readonly Change[] {
  if (!handled || !said || !address) return []
  const content = said.content.kind === 'file' ? said.content : ({ kind: 'text', text: gone } as const)
  const body = bodyOf({ ...said, content })
  return [{ update: 'message', id: handled.message, plain: {}, secret: { body_enc: body }, key: address.key }]
}
