/** Follow-ups as sentences: who proposed, who asked for another day, what was said to the person. */
import type { Happening } from '../core/event.ts'
import type { FollowUpHappening } from '../core/followup-happening.ts'
import type { Who } from './describe-sharing.ts'
import type { Words } from './words.ts'

const types: ReadonlySet<string> = new Set<FollowUpHappening['type']>([
  'follow_up_proposed',
  'follow_up_agreed',
  'follow_up_moved',
  'follow_up_declined',
  'follow_up_prompted',
  'follow_up_done',
  'follow_up_missed',
  'follow_up_cancelled',
  'visit_asked',
])

export function isOfFollowUp(it: Happening): it is FollowUpHappening {
  return types.has(it.type)
}

export function describeFollowUp(it: FollowUpHappening, words: Words, who: Who): string {
  const by = who.by ?? words.t('event.nobody')
  const time = (iso: string) => words.exact(new Date(iso))
  const say = (key: FollowUpHappening['type'], vars: Record<string, string | number> = {}) =>
    words.any(`event.${key}`, { by, ...vars })
  switch (it.type) {
    case 'follow_up_proposed': {
      const told = { what: words.t(`calendar.kind.${it.kind}`), time: time(it.at) }
      if (it.agreed) return words.t('calendar.event.set', { by, ...told })
      if (it.was !== undefined) return words.t('calendar.event.replaced', { by, ...told, was: time(it.was) })
      return say(it.type, told)
    }
    case 'follow_up_agreed':
      return who.by
        ? words.t('calendar.event.agreed_by', { by, time: time(it.at) })
        : say(it.type, { time: time(it.at) })
    case 'follow_up_moved':
      return say(it.type, { time: time(it.at), was: time(it.was) })
    case 'follow_up_declined':
    case 'follow_up_done':
      return say(it.type)
    case 'follow_up_prompted':
      return words.t(`calendar.told.${it.how === 'said' ? it.prompt : it.how}`)
    case 'follow_up_missed':
      return say(it.type, { n: it.count })
    case 'follow_up_cancelled':
      return say(it.type, { time: time(it.at) })
    case 'visit_asked':
      return say(it.type, { n: it.missed })
    default:
      return it satisfies never
  }
}
