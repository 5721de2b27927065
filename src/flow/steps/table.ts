/** Every kind of step with the function that takes it; a kind without one does not compile. */
import type { StepKind } from '../definition.ts'
import type { Placed, Walk } from '../walk.ts'
import type { After, Take } from './after.ts'
import { agreeFollowUp, leaveFollowUp, moveFollowUp, offerSlots } from './appointment.ts'
import { ask } from './ask.ts'
import { endCheckIn } from './check-in.ts'
import { endCode, endProxy, preferWorker, setCode } from './code.ts'
import { settleRequest } from './loop.ts'
import { tellNameless } from './nameless.ts'
import {
  changeSpeaker,
  describePerson,
  recordConsent,
  setAnswering,
  setLanguage,
  sharePhone,
  startMessages,
  stopMessages,
} from './person.ts'
import { askFollowUp, handOver, openRequestStep, recordFeedback, recordNeed } from './record.ts'
import { answerReferral, judgeReferral, withdrawReferrals } from './referral.ts'
import { end, enter, followWish, set, wait, when } from './route.ts'
import { findRequest, say, showNotice, showRequests } from './talk.ts'

const table: { readonly [K in StepKind]: Take<K> } = {
  say,
  ask,
  when,
  set,
  enter,
  follow_wish: followWish,
  wait,
  end,
  record_consent: recordConsent,
  show_notice: showNotice,
  set_language: setLanguage,
  set_answering: setAnswering,
  describe_person: describePerson,
  open_request: openRequestStep,
  record_need: recordNeed,
  ask_follow_up: askFollowUp,
  agree_follow_up: agreeFollowUp,
  offer_slots: offerSlots,
  move_follow_up: moveFollowUp,
  leave_follow_up: leaveFollowUp,
  record_feedback: recordFeedback,
  hand_over: handOver,
  settle_request: settleRequest,
  share_phone: sharePhone,
  change_speaker: changeSpeaker,
  stop_messages: stopMessages,
  start_messages: startMessages,
  set_code: setCode,
  end_code: endCode,
  prefer_worker: preferWorker,
  end_proxy: endProxy,
  show_requests: showRequests,
  find_request: findRequest,
  answer_referral: answerReferral,
  judge_referral: judgeReferral,
  withdraw_referrals: withdrawReferrals,
  end_check_in: endCheckIn,
  tell_nameless: tellNameless,
}

/** Takes one step. */
export function takeStep(walk: Walk, { kind, step }: Placed): After {
  // The kind and the step were paired when the file was read; TypeScript cannot follow the pair through the table.
  const take = table[kind] as (walk: Walk, it: typeof step) => After
  return take(walk, step)
}
