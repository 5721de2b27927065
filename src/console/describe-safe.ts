/** Codes as sentences: what staff may know of them, and never the code itself. */
import type { Happening } from '../core/event.ts'
import type { SafeHappening } from '../core/safe-happening.ts'
import type { Who } from './describe-sharing.ts'
import type { Words } from './words.ts'

const types: ReadonlySet<string> = new Set<SafeHappening['type']>([
  'age_said',
  'age_settled',
  'code_given',
  'code_set',
  'code_ended',
  'help_called',
  'proxy_named',
  'proxy_ended',
  'guardian_heard',
  'worker_preferred',
  'answer_insisted',
  'code_lost',
  'holder_let_in',
  'holder_added',
  'opening_refused',
  'matter_reported',
  'matter_forgotten',
  'staff_shut_out',
  'staff_let_back',
])

export function isOfSafety(it: Happening): it is SafeHappening {
  return types.has(it.type)
}

export function describeSafety(it: SafeHappening, words: Words, who: Who): string | undefined {
  switch (it.type) {
    case 'age_said':
      return words.t('event.age_said', { years: it.years })
    case 'age_settled':
      return words.t(it.theirs ? 'event.age_theirs' : 'event.age_settled', {
        by: who.by ?? words.t('event.nobody'),
      })
    case 'code_given':
      return words.t(it.how === 'refused' ? 'event.code_refused' : 'event.code_opened')
    case 'code_ended':
      return who.by ? words.t('event.code_ended', { by: who.by }) : words.t('event.code_given_up')
    case 'proxy_named':
      return words.t('event.proxy_named', {
        by: who.by ?? words.t('event.nobody'),
        matters: it.matters.map((matter) => words.t(`box.proxy_${matter}`)).join(', '),
        how: words.t(`box.proxy_${it.medium}`),
        until: words.exact(new Date(it.until)),
      })
    case 'guardian_heard':
      return words.t('event.guardian_heard', {
        by: who.by ?? words.t('event.nobody'),
        kin: words.t(`guardian.kin.${it.kin}`),
        how: words.t(`guardian.${it.medium}`),
        answer: words.t(`consent.${it.answer}`),
      })
    case 'proxy_ended':
      return words.t('event.proxy_ended')
    case 'worker_preferred':
      return words.t('event.worker_preferred', { worker: words.t(`box.worker_${it.sex ?? 'any'}`) })
    case 'answer_insisted':
      return words.t('event.answer_insisted', {
        by: who.by ?? words.t('event.nobody'),
        against: words.t(`box.against_${it.against}`),
      })
    case 'opening_refused':
      return words.t('event.opening_refused', { by: who.by ?? words.t('event.nobody') })
    case 'holder_added':
    case 'holder_let_in':
      return words.t(`event.${it.type}`, {
        by: who.by ?? words.t('event.nobody'),
        name: who.names[it.holder] ?? words.t('event.nobody'),
      })
    case 'matter_reported':
      return words.t('event.matter_reported', {
        by: who.by ?? words.t('event.nobody'),
        day: words.shortDay(new Date(it.on)),
        reference: it.secret?.reference ?? '',
      })
    case 'staff_shut_out':
    case 'staff_let_back':
      return words.t(`event.${it.type}`, {
        by: who.by ?? words.t('event.nobody'),
        name: who.names[it.colleague] ?? words.t('event.nobody'),
      })
    case 'matter_forgotten':
    case 'code_set':
    case 'help_called':
    case 'code_lost':
      return words.any(`event.${it.type}`)
    default:
      return it satisfies never
  }
}
