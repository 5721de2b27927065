/** All that can be known to be wrong with the flows before anybody walks through them. */
import { type Language, languages } from '../core/language.ts'
import type { Ask, Flow, FlowBook, Step } from './definition.ts'
import { known } from './known.ts'
import { deadSteps, loops, namedNext } from './reach.ts'
import type { Issue, IssueCode } from './read.ts'
import { sentences } from './sentences.ts'
import { textsOf } from './texts-of.ts'
import { numberIn, promiseIn, saysCall, sentenceLength } from './wording.ts'

/** The part of the locales that an inspection reads (text/locale.ts). */
export type Wordings = {
  t(language: Language, key: string, vars?: Readonly<Record<string, string | number>>): string
  has(language: Language, key: string): boolean
}

const choicesAtMost = 6
const needsAtMost = 10

/** Inspects every current flow and the engine's own sentences. */
export function inspect(book: FlowBook, locales: Wordings): readonly Issue[] {
  const flows = book.keys().flatMap((key) => book.current(key) ?? [])
  return [
    ...missingKnown(book),
    ...flows.flatMap((flow) => [...inspectWays(book, flow), ...inspectQuestions(flow)]),
    ...loops(book).map((node) => loopIssue(node)),
    ...flows.flatMap((flow) => inspectAnswers(book, flow)),
    ...flows.flatMap((flow) => flow.steps.flatMap((step) => inspectTexts(flow, step, locales))),
    ...Object.values(sentences).flatMap((text) => textIssues('common', undefined, text, locales, false)),
  ]
}

function missingKnown(book: FlowBook): Issue[] {
  return Object.values(known)
    .filter((key) => book.current(key) === undefined)
    .map((key) => issue(key, undefined, 'missing_flow', 'the engine enters this flow, and there is none'))
}

function inspectWays(book: FlowBook, flow: Flow): Issue[] {
  const dead = deadSteps(flow).map((id) => issue(flow.flow, id, 'dead_step', 'no way leads here'))
  const ways = flow.steps.flatMap((step) => {
    const gone = namedNext(step).filter((id) => !flow.index.has(id))
    const missing = gone.map((id) => issue(flow.flow, step.id, 'missing_step', `there is no step ${id}`))
    if (!('enter' in step) || book.current(step.enter)) return missing
    return [...missing, issue(flow.flow, step.id, 'missing_flow', `there is no flow ${step.enter}`)]
  })
  return [...dead, ...ways]
}

function inspectQuestions(flow: Flow): Issue[] {
  return flow.steps.flatMap((step) => {
    if (flow.sensitive && 'wait' in step) {
      return [issue(flow.flow, step.id, 'silence', 'a sensitive flow never speaks by itself')]
    }
    return 'ask' in step ? questionIssues(flow, step) : []
  })
}

function questionIssues(flow: Flow, step: Ask): Issue[] {
  const found: Issue[] = []
  const say = (code: IssueCode, message: string) => found.push(issue(flow.flow, step.id, code, message))
  const values = (step.choices ?? []).map(({ value }) => value)
  const most = step.keep === 'category' ? needsAtMost : choicesAtMost
  if (flow.sensitive && step.silence) say('silence', 'a sensitive flow never speaks by itself')
  if (step.ask === 'choice' && values.length < 2) say('missing_choices', 'a choice needs at least two')
  if (values.length > most) say('too_many_choices', `${values.length} choices; ${most} are read`)
  if (new Set(values).size < values.length) say('missing_choices', 'two choices have the same value')
  if (step.ask === 'yes_no' && values.length > 0 && values.join() !== 'yes,no') {
    say('missing_choices', 'the choices of yes_no are yes and no')
  }
  if (step.told !== undefined && !values.includes(step.told)) {
    say('missing_choices', `what is told is taken for ${step.told}, which is no choice`)
  }
  return found
}

/** Answers that are compared or used and that nothing keeps: here, in a flow entered from here, or handed over. */
function inspectAnswers(book: FlowBook, flow: Flow): Issue[] {
  const kept = new Set([
    'said',
    'unheard',
    'kind',
    'category',
    'prompt',
    'where',
    ...keptIn(book, flow, new Set()),
  ])
  for (const key of book.keys()) {
    for (const step of book.current(key)?.steps ?? []) {
      if ('enter' in step && step.enter === flow.flow)
        for (const name of Object.keys(step.with ?? {})) kept.add(name)
    }
  }
  return flow.steps.flatMap((step) =>
    usedAnswers(step)
      .filter((name) => !kept.has(name))
      .map((name) => issue(flow.flow, step.id, 'unknown_answer', `nothing keeps an answer ${name}`)),
  )
}

function keptIn(book: FlowBook, flow: Flow, seen: Set<string>): string[] {
  if (seen.has(flow.flow)) return []
  seen.add(flow.flow)
  return flow.steps.flatMap((step) => {
    if ('ask' in step) return [step.keep]
    if ('set' in step) return Object.keys(step.set)
    const below = 'follow_wish' in step ? book.keys() : 'enter' in step ? [step.enter] : []
    return below.flatMap((key) => {
      const child = book.current(key)
      return child ? keptIn(book, child, seen) : []
    })
  })
}

/** Every `{ answer: name }` in a step, and every comparison of one. */
function usedAnswers(step: unknown): string[] {
  if (typeof step !== 'object' || step === null) return []
  return Object.entries(step).flatMap(([key, value]) =>
    key === 'answer' && typeof value === 'string' && !('item' in step) ? [value] : usedAnswers(value),
  )
}

function inspectTexts(flow: Flow, step: Step, locales: Wordings): Issue[] {
  const onDuty = flow.steps.some(
    (one) =>
      'when' in one && one.when.some((branch) => branch.if.person === 'duty' && branch.next === step.id),
  )
  return textsOf(step).flatMap((text) => textIssues(flow.flow, step.id, text, locales, onDuty))
}

function textIssues(
  flow: string,
  step: string | undefined,
  key: string,
  locales: Wordings,
  onDuty: boolean,
): Issue[] {
  return languages.flatMap((language) => {
    const say = (code: IssueCode, message: string) => [
      issue(flow, step, code, `${key} in ${language}: ${message}`),
    ]
    if (!locales.has(language, key)) return say('missing_text', 'there is no such sentence')
    const text = locales.t(language, key, { count: 2 })
    const promise = promiseIn(language, text)
    const number = numberIn(text)
    return [
      ...(text.length > sentenceLength ? say('too_long', `${text.length} letters of ${sentenceLength}`) : []),
      ...(promise === undefined ? [] : say('promise', `promises: ${promise}`)),
      ...(saysCall(language, text) && !onDuty
        ? say('promise', 'a call is said only after `if: {person: duty}`')
        : []),
      ...(number === undefined ? [] : say('unverified_number', `only {number} may name one: ${number}`)),
    ]
  })
}

function loopIssue(node: string): Issue {
  const [flow = '', step] = node.split('.')
  return issue(flow, step, 'loop', 'comes back here without a question or a wait')
}

function issue(flow: string, step: string | undefined, code: IssueCode, message: string): Issue {
  return step === undefined ? { flow, code, message } : { flow, step, code, message }
}
