/** How things come to be said and to happen in the large office: rows in the ledger of its town. */
import type { Happening } from '../../src/core/event.ts'
import type { Language } from '../../src/core/language.ts'
import type { Spoken } from '../../src/core/message.ts'
import { delivery } from '../../src/demo/delivery.ts'
import type { Dice } from '../../src/demo/dice.ts'
import type { DemoAddress } from '../../src/demo/people.ts'
import { minute } from '../../src/demo/rhythm.ts'
import { keepArrival } from '../../src/demo/writing.ts'
import type { Town } from './large-town.ts'

/** Somebody of the town, as their matters need them. */
export type Soul = {
  readonly id: string
  readonly key: string
  readonly address: DemoAddress
  readonly language: Language
  readonly region: string
  readonly office: string
  readonly file?: { readonly id: string; readonly owner: string; readonly supervisor?: string }
}

/** Nothing happens after the story's end. */
export function earlier(now: Date, at: Date): Date {
  return at < now ? at : new Date(now.getTime() - minute)
}

type Where = { readonly request?: string; readonly visibility?: 'open' | 'restricted' | 'sealed' }

/** The person writes. */
export function hears(town: Town, soul: Soul, at: Date, text: string, where: Where = {}): void {
  const { message } = keepArrival(town, at, soul.address, { content: { kind: 'text', text } })
  const row = town.ledger.messages.get(message)
  if (row) Object.assign(row, { person: soul.id, ...where })
}

/** The conversation writes, or a member of staff. */
export function says(
  town: Town,
  soul: Soul,
  at: Date,
  text: string,
  dice: Dice,
  where: Where & { readonly staff?: string } = {},
): string {
  const { staff, ...rest } = where
  const id = town.id(at)
  const out: Spoken = { text, language: soul.language }
  town.ledger.addMessage({
    ...{
      id,
      address: soul.address.id,
      key: soul.address.key,
      person: soul.id,
      visibility: 'open',
      turn: id,
      at,
    },
    ...delivery({ kind: soul.address.channel, blocked: false }, dice),
    ...rest,
    said: { out, staff },
  })
  return id
}

/** Something happened to them, or to a request of theirs. */
export function happens(
  town: Town,
  soul: Soul,
  at: Date,
  happening: Happening,
  where: Where & { readonly staff?: string; readonly key?: string } = {},
): void {
  const { staff, key = soul.key, ...rest } = where
  const id = town.id(at)
  town.ledger.addEvent({
    ...{ id, at, turn: id, by: staff ? { staff } : 'flow', happening, visibility: 'open', key },
    ...{ address: soul.address.id, person: soul.id },
    ...rest,
  })
}
