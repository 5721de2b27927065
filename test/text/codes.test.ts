/** Every code that staff may meet has its words; a code added to the core without words fails here. */
import { describe, expect, test } from 'vitest'
import { consentAnswers, consentItems } from '../../src/core/consent.ts'
import { dangerKinds } from '../../src/core/danger.ts'
import type { EventType } from '../../src/core/event.ts'
import { languages } from '../../src/core/language.ts'
import { needCategories, needResults, urgencies } from '../../src/core/need.ts'
import { queueKeys } from '../../src/core/queue.ts'
import { feedbackKinds, outcomes, requestKinds, requestStates } from '../../src/core/request.ts'
import { roles } from '../../src/core/staff.ts'
import { visibilities } from '../../src/core/visibility.ts'
import { readShelf } from '../../src/shelf.ts'
import { makeLocales } from '../../src/text/locale.ts'

const locales = makeLocales(readShelf().locales)

const codes: Readonly<Record<string, readonly (string | number)[]>> = {
  '': Object.keys(requestKinds),
  priority: [0, 1, 2, 3, 4],
  state: requestStates,
  outcome: outcomes,
  need: needCategories,
  need_result: needResults,
  urgency: urgencies,
  queue: queueKeys,
  role: roles,
  feedback: feedbackKinds,
  danger: dangerKinds,
  visibility: visibilities,
  consent_item: consentItems,
  consent_answer: consentAnswers,
  language: languages,
}

/** A record, so that the compiler asks for an event that is missing here. */
const events: Readonly<Record<EventType, true>> = {
  message_created: true,
  feedback_recoded: true,
  feedback_pointed: true,
  feedback_raised: true,
  decision_recorded: true,
  feedback_gathered: true,
  feedback_released: true,
  campaign_answered: true,
  campaign_surveyed: true,
  loop_asked: true,
  loop_answered: true,
  request_appealed: true,
  task_done: true,
  task_postponed: true,
  risk_noted: true,
  check_in_wanted: true,
  check_in_asked: true,
  check_in_answered: true,
  check_in_ended: true,
  survey_recorded: true,
  follow_up_proposed: true,
  follow_up_agreed: true,
  follow_up_moved: true,
  follow_up_declined: true,
  follow_up_prompted: true,
  follow_up_done: true,
  follow_up_missed: true,
  follow_up_cancelled: true,
  visit_asked: true,
  code_given: true,
  code_set: true,
  code_ended: true,
  help_called: true,
  code_lost: true,
  answer_insisted: true,
  holder_let_in: true,
  nameless_told: true,
  nameless_answered: true,
  nameless_added: true,
  holder_added: true,
  opening_refused: true,
  matter_reported: true,
  matter_forgotten: true,
  staff_shut_out: true,
  staff_let_back: true,
  worker_preferred: true,
  proxy_named: true,
  proxy_ended: true,
  guardian_heard: true,
  referral_proposed: true,
  referral_prompted: true,
  referral_agreed: true,
  referral_refused: true,
  referral_sent: true,
  referral_opened: true,
  referral_accepted: true,
  referral_declined: true,
  referral_ended: true,
  referral_silent: true,
  referral_judged: true,
  referral_withdrawn: true,
  referral_removed: true,
  flow_entered: true,
  flow_ended: true,
  answer_kept: true,
  answer_refused: true,
  answer_doubted: true,
  silence_reached: true,
  danger_noticed: true,
  language_guessed: true,
  message_edited: true,
  message_deleted: true,
  voice_parked: true,
  voice_heard: true,
  language_chosen: true,
  answering_chosen: true,
  notice_shown: true,
  consent_recorded: true,
  person_described: true,
  person_confirmed: true,
  person_imported: true,
  card_made: true,
  card_used: true,
  speaker_changed: true,
  phone_shared: true,
  safe_contact_noted: true,
  messages_stopped: true,
  messages_started: true,
  address_blocked: true,
  request_opened: true,
  request_joined: true,
  request_raised: true,
  request_lowered: true,
  request_taken: true,
  request_handed_over: true,
  request_answered: true,
  message_resent: true,
  file_wanted: true,
  transcript_written: true,
  request_reclassified: true,
  request_closed: true,
  request_reopened: true,
  note_written: true,
  request_assigned: true,
  request_returned: true,
  office_released: true,
  delay_told: true,
  knock_sent: true,
  number_left: true,
  identity_doubted: true,
  call_asked: true,
  request_snoozed: true,
  request_woken: true,
  request_merged: true,
  request_absorbed: true,
  request_parted: true,
  act_undone: true,
  need_recorded: true,
  follow_up_asked: true,
  feedback_recorded: true,
  contact_attempted: true,
  age_said: true,
  age_settled: true,
  person_edited: true,
  case_staged: true,
  case_assigned: true,
  case_closed: true,
  case_reopened: true,
  person_erased: true,
  persons_joined: true,
  persons_parted: true,
  identity_checked: true,
  identity_settled: true,
  contact_noticed: true,
  contact_disputed: true,
  contact_changed: true,
  contact_refused: true,
}

describe.each(['fr', 'en'] as const)('in %s', (language) => {
  test.each(Object.keys(codes))('every code of the group "%s" has a label of its own', (group) => {
    const keys = (codes[group] ?? []).map((code) =>
      ['taxonomy', group, code].filter((it) => it !== '').join('.'),
    )
    expect(keys.filter((key) => !locales.has(language, key))).toEqual([])
    expect(new Set(keys.map((key) => locales.t(language, key))).size).toBe(keys.length)
  })

  test('every event has its sentence, and no other has', () => {
    const written = locales.keys().filter((key) => key.startsWith('event.'))
    const wanted = Object.keys(events).map((type) => `event.${type}`)
    expect(written.toSorted()).toEqual(wanted.toSorted())
    expect(wanted.filter((key) => !locales.has(language, key))).toEqual([])
  })
})
