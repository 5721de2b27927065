/** What happened, as a sentence for staff. Every event has one; what only the conversation cares about has none. */
import type { Happening } from '../core/event.ts'
import { queueKeys } from '../core/queue.ts'
import { describeFile, isOfFile } from './describe-file.ts'
import { describeFollowUp, isOfFollowUp } from './describe-followup.ts'
import { describeReferral, isOfReferral } from './describe-referral.ts'
import { describeSafety, isOfSafety } from './describe-safe.ts'
import { describeSharing, type Who } from './describe-sharing.ts'
import { describeTask, isOfTask } from './describe-task.ts'
import type { Words } from './words.ts'

/** The sentence of a happening, or undefined when staff need not read it. */
export function describe(it: Happening, words: Words, who: Who): string | undefined {
  const say = (vars: Record<string, string | number> = {}) =>
    words.any(`event.${it.type}`, { by: who.by ?? words.t('event.nobody'), ...vars })
  if (isOfFile(it)) return describeFile(it, words, who)
  if (isOfReferral(it)) return describeReferral(it, words, who)
  if (isOfFollowUp(it)) return describeFollowUp(it, words, who)
  if (isOfTask(it)) return describeTask(it, words, who.by)
  if (isOfSafety(it)) return describeSafety(it, words, who)
  switch (it.type) {
    // The thread shows the messages themselves; the walk through a flow is of no use to staff.
    case 'message_created':
    case 'flow_entered':
    case 'flow_ended':
    case 'answer_kept':
    case 'campaign_surveyed':
    case 'answer_refused':
    case 'answer_doubted':
    case 'silence_reached':
    case 'language_guessed':
    case 'request_joined':
    case 'request_answered':
    case 'notice_shown':
    case 'speaker_changed':
    case 'person_confirmed':
    // A note is shown whole, as a bubble of its own.
    case 'note_written':
      return undefined
    // The thread shows the note as waiting until it was heard.
    case 'voice_parked':
      return undefined
    case 'voice_heard':
      return say({ how: words.t(`listening.how.${it.how}`) })
    case 'identity_doubted':
    case 'message_edited':
    case 'message_deleted':
    case 'messages_started':
    case 'address_blocked':
    case 'person_described':
    case 'follow_up_asked':
    case 'safe_contact_noted':
      return say()
    case 'card_made':
    case 'card_used':
    case 'campaign_answered':
      return say()
    case 'person_imported':
      return say({ what: words.t(it.made ? 'import.event_made' : 'import.event_changed') })
    case 'knock_sent':
      return it.locked ? words.t('held.knock') : say()
    case 'message_resent':
    case 'file_wanted':
      return say()
    case 'transcript_written': {
      // It went with the message that somebody took back, or with the person.
      if (!it.secret) return undefined
      const { text } = it.secret
      return text === ''
        ? words.t('said.transcript_removed', { by: who.by ?? '' })
        : `${say()} ${words.quote(text)}`
    }
    case 'number_left':
      return it.secret ? `${say()} +${it.secret.to.replace(/^\+/, '')}` : say()
    case 'danger_noticed':
      return say({ danger: words.t(`danger.${it.danger.kind}`) })
    case 'language_chosen':
      return say({ language: words.t(`language.${it.language}`) })
    case 'answering_chosen':
      return who.by === undefined
        ? say({ how: words.t(`studio.answering.${it.how}`) })
        : words.t('box.voice_noted', { by: who.by, how: words.t(`studio.answering.${it.how}`) })
    case 'consent_recorded':
      return say({ item: words.t(`consent.${it.item}`), answer: words.t(`consent.${it.answer}`) })
    case 'phone_shared':
      return words.t(it.shared ? 'event.phone_shared' : 'event.phone_own')
    case 'messages_stopped':
      return words.t(it.how === 'all' ? 'event.messages_stopped' : 'event.campaigns_stopped')
    case 'feedback_recorded':
      return say({ kind: words.t(`feedback.${it.kind}`) })
    case 'feedback_recoded':
      return say({ was: words.t(`feedback.${it.was}`), kind: words.t(`feedback.${it.kind}`) })
    case 'decision_recorded':
      return say({ day: words.day(new Date(it.day)) })
    case 'feedback_gathered':
    case 'feedback_released':
      return say()
    case 'feedback_pointed':
      if (!it.elsewhere) return words.t('feedback.pointed_back', { by: who.by ?? words.t('event.nobody') })
      return it.secret ? `${say()} ${words.quote(it.secret.organisation)}` : say()
    case 'feedback_raised':
      return say({ kind: words.any(`taxonomy.${it.kind}`) })
    case 'need_recorded':
      return say({ category: words.t(`need.${it.category}`), urgency: words.t(`urgency.${it.urgency}`) })
    case 'contact_attempted':
      return say({
        way: words.t(`way.${it.way}`),
        result: words.t(it.reached ? 'attempt.reached' : 'attempt.missed'),
      })
    case 'check_in_answered':
      return undefined
    case 'check_in_ended':
      return say({ n: it.answered })
    case 'check_in_wanted':
    case 'check_in_asked':
    case 'survey_recorded':
    case 'loop_asked':
    case 'nameless_told':
    case 'nameless_answered':
    case 'nameless_added':
    case 'request_appealed':
      return say()
    case 'loop_answered':
      return say({ answer: words.t(`loop.${it.answer}`) })
    case 'request_assigned':
    case 'request_returned':
    case 'office_released':
    case 'delay_told':
    case 'call_asked':
    case 'request_snoozed':
    case 'request_woken':
    case 'request_merged':
    case 'request_absorbed':
    case 'request_parted':
    case 'act_undone':
      return describeSharing(it, words, who)
    default:
      return describeRequest(it, words, who)
  }
}

type OfRequest = Extract<
  Happening,
  {
    type:
      | 'request_opened'
      | 'request_raised'
      | 'request_lowered'
      | 'request_taken'
      | 'request_handed_over'
      | 'request_reclassified'
      | 'request_closed'
      | 'request_reopened'
      | 'note_written'
  }
>

function describeRequest(it: OfRequest, words: Words, who: Who): string {
  const by = who.by ?? words.t('event.nobody')
  const say = (vars: Record<string, string | number> = {}) => words.any(`event.${it.type}`, { by, ...vars })
  switch (it.type) {
    case 'request_opened':
      return [
        say({ kind: words.any(`taxonomy.${it.kind}`), queue: queueName(words, it.queue) }),
        ...(it.how ? [`${words.t(`reception.how.${it.how}`)}.`] : []),
      ].join(' ')
    case 'request_raised':
    case 'request_lowered':
      return say({ priority: words.t(`priority.${it.priority}`) })
    case 'request_taken':
      return say({ owner: who.names[it.owner] ?? words.t('event.nobody') })
    case 'request_handed_over': {
      const sentence = say({ queue: queueName(words, it.queue) })
      return it.secret ? `${sentence} ${words.quote(it.secret.reason)}` : sentence
    }
    case 'request_reclassified':
      return it.falseAlarm
        ? words.t('event.false_alarm', { by, kind: words.any(`taxonomy.${it.kind}`) })
        : say({ kind: words.any(`taxonomy.${it.kind}`) })
    case 'request_closed': {
      const sentence = say({ outcome: words.t(`outcome.${it.outcome}`) })
      return it.secret?.note ? `${sentence} ${words.quote(it.secret.note)}` : sentence
    }
    case 'request_reopened':
      return it.cause === 'person' ? words.t('event.reopened_by_person') : say()
    case 'note_written':
      return `${say()} ${words.quote(it.secret.note)}`
    default:
      return it satisfies never
  }
}

function queueName(words: Words, queue: string): string {
  return queueKeys.some((key) => key === queue) ? words.t(`queue.${queue}`) : queue
}
