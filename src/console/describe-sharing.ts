/** How staff share their work, as sentences: given, given back, put aside, merged, parted, taken back. */
import type { HappeningOf } from '../core/event.ts'
import { showReference } from '../core/reference.ts'
import type { Words } from './words.ts'

type Sharing = HappeningOf<
  | 'request_assigned'
  | 'request_returned'
  | 'office_released'
  | 'delay_told'
  | 'call_asked'
  | 'request_snoozed'
  | 'request_woken'
  | 'request_merged'
  | 'request_absorbed'
  | 'request_parted'
  | 'act_undone'
>

/** Names for a sentence: who did it, and the staff it mentions by id. */
export type Who = { readonly by?: string; readonly names: Readonly<Record<string, string>> }

/** The sentence of one of these. */
export function describeSharing(it: Sharing, words: Words, who: Who): string {
  const machine = words.t('lists.machine')
  const say = (vars: Record<string, string> = {}) =>
    words.any(`event.${it.type}`, { by: who.by ?? machine, ...vars })
  const name = (id: string) => who.names[id] ?? words.t('event.nobody')
  switch (it.type) {
    case 'request_assigned': {
      const sentence = say({ owner: name(it.owner) })
      return it.secret ? `${sentence} ${words.quote(it.secret.reason)}` : sentence
    }
    case 'request_returned':
      return say({ owner: name(it.owner) })
    case 'office_released':
      return say()
    case 'delay_told':
      return say({ day: words.day(new Date(it.until)) })
    case 'call_asked':
      return say({ why: words.t(`held.call.${it.cause}`) })
    case 'request_snoozed':
      return say({ time: words.exact(new Date(it.until)) })
    case 'request_woken':
      return words.t(`lists.woken.${it.cause}`)
    case 'request_merged':
    case 'request_absorbed':
    case 'request_parted':
      return say({ reference: showReference(it.reference) })
    case 'act_undone':
      return say({ act: words.t(`lists.act.${it.act}`) })
    default:
      return it satisfies never
  }
}
