/**
 * What a flow file may say. A closed vocabulary: a step is one of the shapes below, a comparison is the only
 * expression. `flow.schema.json` is generated from here so that editors complete it.
 *
 * Steps run from the first downwards; `next` jumps. Texts are keys into locales. Step ids are stable: a session that
 * began under an older file goes on by them.
 */
import { z } from 'zod'
import { answerings } from '../core/answering.ts'
import { consentAnswers, consentItems } from '../core/consent.ts'
import { needCategories, urgencies } from '../core/need.ts'
import { feedbackKinds, requestKinds } from '../core/request.ts'
import { agreeFollowUp, askFollowUp, leaveFollowUp, moveFollowUp, offerSlots } from './appointment-shapes.ts'
import { endCheckIn } from './check-in-shapes.ts'
import { endCode, endProxy, preferWorker, setCode } from './code-shapes.ts'
import { tellNameless } from './nameless-shapes.ts'
import { answerReferral, judgeReferral, withdrawReferrals } from './referral-shapes.ts'
import { common, duration, key, next, textKey, value } from './shape-parts.ts'

const comparison = z
  .strictObject({
    answer: key.optional().describe('an answer kept in this flow'),
    person: z
      .enum([
        'known',
        'consent',
        'informed',
        'language',
        'shared',
        'coded',
        'helped',
        'helps_need',
        'helps_followup',
        'helps_info',
        'locked',
        'minor',
        'quiet',
        'has_requests',
        'duty',
        'emergency_number',
        'stopped',
        'office_open',
        'office_place',
      ])
      .optional()
      .describe('a fact about the person or the office'),
    is: z.union([z.string(), z.number(), z.boolean()]).optional(),
    in: z.array(z.union([z.string(), z.number()])).optional(),
    kept: z.boolean().optional().describe('whether there is an answer at all'),
  })
  .describe('compares one answer or one person field')

const choice = z.strictObject({
  value: key,
  text: textKey.describe('label of the choice'),
  words: z.array(key).optional().describe('concepts of understanding.json that also mean this choice'),
  next: next.optional(),
})

const say = z.strictObject({ ...common, say: textKey.describe('says one sentence') })

export const askKinds = [
  'choice',
  'yes_no',
  'text',
  'number',
  'date',
  'place',
  'phone',
  'case_number',
  'age',
  'name',
  'voice',
  'code',
] as const

const ask = z.strictObject({
  ...common,
  ask: z.enum(askKinds),
  text: textKey.describe('the question'),
  help: textKey.optional().describe('said before the question when it was not understood or help was asked'),
  choices: z.array(choice).max(10).optional(),
  keep: key.describe('the name under which the answer is kept; a later step may compare it'),
  secret: z.boolean().default(true).describe('free answers are encrypted; choices are codes and may be open'),
  told: key.optional().describe('the choice that a whole sentence stands for when it names none; it is kept'),
  strict: z.boolean().default(false).describe('only "1" or a clear yes counts (consent)'),
  optional: z.boolean().default(false).describe('"pass" or "I do not know" leaves it empty'),
  aside: z
    .boolean()
    .default(false)
    .describe('asked by the way: what does not answer it leaves it, and is read as if nothing were asked'),
  voice: z
    .enum(['accepted', 'parked'])
    .default('accepted')
    .describe('a voice note is the answer, or is parked for a listener'),
  past: next.optional().describe('where to when each time that it asks about is over'),
  served: next
    .optional()
    .describe('where it goes on, unasked, when another matter was taken to somebody while it was open'),
  silence: z
    .strictObject({ after: duration, say: textKey.optional(), next: next.optional() })
    .optional()
    .describe('what happens when nobody answers; never in sensitive flows or on shared phones'),
})

const when = z.strictObject({
  ...common,
  when: z.array(z.strictObject({ if: comparison, next })).min(1),
  otherwise: next.optional(),
})

const set = z.strictObject({ ...common, set: z.record(key, value) })
const enter = z.strictObject({
  ...common,
  enter: key.describe('another flow; comes back here when it ends, with the answers it kept'),
  with: z.record(key, value).optional().describe('answers that the other flow finds kept already'),
})
const followWish = z.strictObject({
  ...common,
  follow_wish: z
    .strictObject({ answer: key })
    .describe(
      'a kept text that names a wish of the menu or a need enters its flow, as outside every question, with a sentence as its answer `said`, and comes back here like `enter`; a text that names none, and a whole sentence about a need, goes on',
    ),
})
const wait = z.strictObject({ ...common, wait: duration.describe('goes on by itself after this time') })
const end = z.strictObject({
  ...common,
  end: z.enum(['done', 'menu', 'left']).describe('menu: the menu is shown next'),
})

const recordConsent = z.strictObject({
  ...common,
  record_consent: z.strictObject({
    // Nobody answers for a child in a chat.
    item: z.enum(consentItems).exclude(['guardian']),
    answer: z.enum(consentAnswers),
    text: textKey,
  }),
})
const showNotice = z.strictObject({ ...common, show_notice: z.array(textKey).min(1) })
const setLanguage = z.strictObject({ ...common, set_language: value })
const setAnswering = z.strictObject({
  ...common,
  set_answering: z.enum(answerings).describe('sentences are said aloud too, or written only'),
})
const describePerson = z.strictObject({
  ...common,
  describe_person: z.partialRecord(
    z.enum(['name', 'place', 'age', 'sex', 'phone', 'case_number', 'return_country']),
    z.strictObject({ answer: key }),
  ),
})
const openRequest = z.strictObject({
  ...common,
  open_request: z.strictObject({
    kind: z.union([
      z.enum(Object.keys(requestKinds) as [keyof typeof requestKinds]),
      z.strictObject({ answer: key }),
    ]),
    category: z.union([z.enum(needCategories), z.strictObject({ answer: key })]).optional(),
    urgency: z.union([z.enum(urgencies), z.strictObject({ answer: key })]).optional(),
    text: z.strictObject({ answer: key }).optional(),
  }),
})
const recordNeed = z.strictObject({
  ...common,
  record_need: z.strictObject({
    category: z.union([z.enum(needCategories), z.strictObject({ answer: key })]),
    urgency: z.union([z.enum(urgencies), z.strictObject({ answer: key })]),
    text: z.strictObject({ answer: key }).optional(),
  }),
})
const recordFeedback = z.strictObject({
  ...common,
  record_feedback: z.strictObject({
    kind: z.union([z.enum(feedbackKinds), z.strictObject({ answer: key })]),
    text: z.strictObject({ answer: key }).optional(),
  }),
})
const handOver = z.strictObject({
  ...common,
  hand_over: z.strictObject({ text: z.strictObject({ answer: key }).optional() }),
})
const settleRequest = z.strictObject({
  ...common,
  settle_request: z
    .enum(['yes', 'no'])
    .describe('what the person says of the matter in hand: solved, or not'),
})
const sharePhone = z.strictObject({ ...common, share_phone: z.boolean() })
const changeSpeaker = z.strictObject({ ...common, change_speaker: z.enum(['same', 'other']) })
const stopMessages = z.strictObject({ ...common, stop_messages: z.enum(['campaigns', 'all']) })
const startMessages = z.strictObject({ ...common, start_messages: z.literal(true) })
const showRequests = z.strictObject({
  ...common,
  show_requests: z
    .strictObject({ one: textKey, none: textKey })
    .describe('says the state of each open request of this address'),
})
const findRequest = z.strictObject({
  ...common,
  find_request: z.strictObject({
    reference: z.strictObject({ answer: key }),
    found: textKey,
    unknown: textKey,
  }),
})

export const stepShapes = {
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
  open_request: openRequest,
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
} as const

export type StepKind = keyof typeof stepShapes
export type StepOf<K extends StepKind> = z.infer<(typeof stepShapes)[K]>
export type Step = { [K in StepKind]: StepOf<K> }[StepKind]
export type Ask = StepOf<'ask'>
export type Comparison = z.infer<typeof comparison>
export type Value = z.infer<typeof value>

/** A flow without its steps, which are judged one by one so that each fault names its step. */
export const flowHead = z.strictObject({
  flow: key.describe('the key of this flow; the name of its file'),
  version: z.literal(1).describe('version of this format'),
  about: z.string().describe('one sentence for the people who keep this flow'),
  sensitive: z
    .boolean()
    .default(false)
    .describe('no silence prompts, nothing echoed, STOP and 00 leave at once'),
  survey: z.boolean().optional().describe('an officer may send it to many: a campaign begins it'),
  steps: z.array(z.unknown()).min(1),
})

/** The whole file, for the schema that editors read. */
export const flowShape = flowHead.extend({
  steps: z.array(z.union(Object.values(stepShapes) as unknown as [typeof say, typeof ask])).min(1),
})

/** A flow as read from its file, steps in order. */
export type Flow = {
  readonly flow: string
  readonly version: 1
  readonly about: string
  readonly sensitive: boolean
  readonly survey?: boolean
  readonly steps: readonly Step[]
  /** Of the file's meaning, not its bytes: comments and order of keys do not count. */
  readonly hash: string
  /** The kind of each step, in the same order. */
  readonly kinds: readonly StepKind[]
  /** Where each step id stands. */
  readonly index: ReadonlyMap<string, number>
}

/** All flows that can run: the current ones by key, and older versions by hash for sessions that began in them. */
export type FlowBook = {
  current(flow: string): Flow | undefined
  version(hash: string): Flow | undefined
  keys(): readonly string[]
}
