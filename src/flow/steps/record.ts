/** Steps that leave something with staff: a request, a need, a wish for a follow-up, an opinion. */

import { type Danger, dangerOfRequest } from '../../core/danger.ts'
import { needCategories, urgencies } from '../../core/need.ts'
import { priorityOf } from '../../core/priority.ts'
import { feedbackKinds, kindOf, type RequestKind, requestKinds } from '../../core/request.ts'
import { keptAnswer, plainValue } from '../condition.ts'
import { giveToIntake, type Opened, openRequest, raiseTo } from '../opening.ts'
import { type Answer, linesOf } from '../session.ts'
import { joinUnheard, unheard } from '../unheard.ts'
import { replaceTop, requestInHand, tell, top, type Walk } from '../walk.ts'
import type { Take } from './after.ts'

/** Opens a request. A second walk over the same step ("back") joins the request it has opened before. */
export const openRequestStep: Take<'open_request'> = (walk, { open_request: wish }) => {
  const kind = oneOf(Object.keys(requestKinds) as RequestKind[], plainValue(walk, wish.kind)) ?? 'unclear'
  const source = answerFor(walk, wish.text)
  const before = requestInHand(walk)
  if (before !== undefined && before.request === walk.session.lastRequest?.request) {
    if (walk.session.lastRequest.kind === kind) return 'on'
  }
  const opened = openRequest(walk, {
    kind,
    cause: source?.is === 'voice' ? 'voice' : 'asked',
    category: oneOf(needCategories, plainValue(walk, wish.category)),
    urgency: oneOf(urgencies, plainValue(walk, wish.urgency)),
    danger: dangerOf(kind),
    behalf: isForOther(walk),
    text: wordsOf(walk, source, kindOf(kind).visibility !== 'open'),
  })
  joinUnheard(walk, top(walk), hold(walk, opened))
  joinSource(walk, opened.request, source)
  return 'on'
}

/** Whoever may write for somebody said that it is for them. */
function isForOther(walk: Walk): boolean {
  return walk.situation.helps !== undefined && plainValue(walk, { answer: 'for_whom' }) === 'other'
}

/** Whoever says in a flow that there is danger says it as strongly as any phrase. */
function dangerOf(kind: RequestKind): Danger | undefined {
  const danger = dangerOfRequest(kind)
  return danger && { kind: danger, strength: 'strong' }
}

/** Puts the need on record, under the request in hand; without one the request is opened first. */
export const recordNeed: Take<'record_need'> = (walk, { record_need: need }) => {
  const category = oneOf(needCategories, plainValue(walk, need.category)) ?? 'other'
  const urgency = oneOf(urgencies, plainValue(walk, need.urgency)) ?? 'can_wait'
  const text = textOf(answerFor(walk, need.text))
  const inHand = requestInHand(walk)?.request
  const request =
    inHand ??
    hold(
      walk,
      openRequest(walk, {
        ...{ kind: 'request.need', cause: 'asked', category, urgency, text, behalf: isForOther(walk) },
      }),
    )
  tell(walk, {
    type: 'need_recorded',
    need: walk.world.id(),
    request,
    category,
    urgency,
    secret: text === undefined ? undefined : { text },
  })
  raiseTo(walk, request, priorityOf({ kind: 'request.need', category, urgency }))
  settle(walk)
  return 'on'
}

export const askFollowUp: Take<'ask_follow_up'> = (walk) => {
  const inHand = requestInHand(walk)?.request
  const request = inHand ?? hold(walk, openRequest(walk, { kind: 'request.followup', cause: 'asked' }))
  tell(walk, { type: 'follow_up_asked', followUp: walk.world.id(), request })
  settle(walk)
  return 'on'
}

export const recordFeedback: Take<'record_feedback'> = (walk, { record_feedback: feedback }) => {
  const kind = oneOf(feedbackKinds, plainValue(walk, feedback.kind)) ?? 'question'
  const source = answerFor(walk, feedback.text)
  const text = textOf(source)
  const secret = text === undefined ? undefined : { text }
  tell(walk, { type: 'feedback_recorded', feedback: walk.world.id(), kind, secret })
  if (source?.is === 'voice') joinSource(walk, giveToIntake(walk, 'voice').request, source)
  settle(walk)
  return 'on'
}

/** A person takes over: what was said goes to intake, whatever the flow was about. */
export const handOver: Take<'hand_over'> = (walk, { hand_over: what }) => {
  const source = answerFor(walk, what.text)
  const opened = giveToIntake(walk, source?.is === 'voice' ? 'voice' : 'hand_over', textOf(source))
  hold(walk, opened)
  joinSource(walk, opened.request, source)
  settle(walk)
  return 'on'
}

/** A voice note that answered belongs to the request that it led to. */
function joinSource(walk: Walk, request: string, source: Answer | undefined): void {
  if (source?.is === 'voice') tell(walk, { type: 'request_joined', request, message: source.message })
}

/** The request in hand from here on; gives its id. */
function hold(walk: Walk, { request, reference, days }: Opened): string {
  const frame = top(walk)
  if (frame) replaceTop(walk, { ...frame, request, reference, days, trail: [] })
  return request
}

/** What stands in a record is not gone back behind: "back" begins after it. */
function settle(walk: Walk): void {
  const frame = top(walk)
  if (frame) replaceTop(walk, { ...frame, trail: [], claimed: true })
}

/** The answer a step names, or what the person said before any question was asked. */
function answerFor(walk: Walk, from: { readonly answer: string } | undefined): Answer | undefined {
  const named = from && keptAnswer(walk, from.answer)
  return named === undefined || named.is === 'nothing' ? keptAnswer(walk, 'said') : named
}

/** What was taken back meanwhile is told to nobody, except to those who guard a matter. */
function textOf(answer: Answer | undefined, guarded = false): string | undefined {
  const lines = linesOf(answer, guarded)
  if (lines.length > 0) return lines.map(({ value }) => value).join('\n')
  if (answer?.is === 'code') return answer.value
  return answer?.is === 'place' ? answer.value.said : undefined
}

/** The answer and what was said beside the questions. */
function wordsOf(walk: Walk, answer: Answer | undefined, guarded: boolean): string | undefined {
  const all = [answer, keptAnswer(walk, unheard)]
  const texts = all.map((one) => textOf(one, guarded)).filter((text) => text !== undefined)
  return texts.length > 0 ? texts.join('\n') : undefined
}

function oneOf<T extends string>(all: readonly T[], value: string | undefined): T | undefined {
  return all.find((one) => one === value)
}
