/** From the text of a flow file to a flow that runs, or to the list of what is wrong with it. */
import { createHash } from 'node:crypto'
import { parseDocument } from 'yaml'
import type { z } from 'zod'
import { type Flow, type FlowBook, flowHead, type Step, type StepKind, stepShapes } from './definition.ts'

/** A problem in a flow file, as data; `message` is for the author, in English. */
export type Issue = {
  readonly flow: string
  readonly step?: string
  readonly code: IssueCode
  readonly message: string
}

export type IssueCode =
  | 'not_yaml'
  | 'not_a_flow'
  | 'other_name'
  | 'not_a_step'
  | 'wrong_step'
  | 'same_id'
  | 'dead_step'
  | 'missing_step'
  | 'missing_flow'
  | 'missing_text'
  | 'missing_choices'
  | 'too_many_choices'
  | 'too_long'
  | 'promise'
  | 'unverified_number'
  | 'loop'
  | 'silence'
  | 'unknown_answer'

export type ReadFlow = { readonly flow?: Flow; readonly issues: readonly Issue[] }

/** Reads one file; `name` is the file's name without its ending. A flow with an issue is not given. */
export function readFlow(name: string, text: string): ReadFlow {
  const document = parseDocument(text, { prettyErrors: true })
  if (document.errors.length > 0) {
    return {
      issues: document.errors.map((error) => ({ flow: name, code: 'not_yaml', message: error.message })),
    }
  }
  const head = flowHead.safeParse(document.toJS())
  if (!head.success) {
    return { issues: tell(head.error).map((message) => ({ flow: name, code: 'not_a_flow', message })) }
  }
  const issues: Issue[] = []
  if (head.data.flow !== name) {
    issues.push({
      flow: name,
      code: 'other_name',
      message: `the file is ${name}, the flow ${head.data.flow}`,
    })
  }
  const read = head.data.steps.map((step, place) => readStep(name, step, place, issues))
  const steps = read.flatMap((step) => step ?? [])
  const index = new Map<string, number>()
  steps.forEach(({ step }, place) => {
    if (index.has(step.id)) {
      issues.push({ flow: name, step: step.id, code: 'same_id', message: 'two steps have this id' })
    }
    index.set(step.id, place)
  })
  if (issues.length > 0) return { issues }
  const meaning = { ...head.data, steps: steps.map(({ step }) => step) }
  return {
    flow: { ...meaning, hash: hashOf(meaning), kinds: steps.map(({ kind }) => kind), index },
    issues: [],
  }
}

/** The flows that run now, and older versions for sessions that began in them. Of two with one key the later wins. */
export function makeBook(flows: readonly Flow[], olderVersions: readonly Flow[] = []): FlowBook {
  const byKey = new Map(flows.map((flow) => [flow.flow, flow]))
  const byHash = new Map([...olderVersions, ...flows].map((flow) => [flow.hash, flow]))
  const keys = [...byKey.keys()].sort()
  return {
    current: (flow) => byKey.get(flow),
    version: (hash) => byHash.get(hash),
    keys: () => keys,
  }
}

/** The kind of a step is the one kind name among its keys, so only that shape's faults are told. */
function readStep(
  flow: string,
  given: unknown,
  place: number,
  issues: Issue[],
): { readonly step: Step; readonly kind: StepKind } | undefined {
  const where = `step ${place + 1}`
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    issues.push({ flow, code: 'not_a_step', message: `${where} is no mapping` })
    return undefined
  }
  const id = 'id' in given && typeof given.id === 'string' ? given.id : undefined
  const kinds = Object.keys(given).filter((key): key is StepKind => Object.hasOwn(stepShapes, key))
  const kind = kinds[0]
  if (kind === undefined || kinds.length > 1) {
    const found = kinds.length > 1 ? `is both ${kinds.join(' and ')}` : 'is of no known kind'
    issues.push({
      flow,
      step: id,
      code: 'not_a_step',
      message: `${where} ${found}; a step is one of ${Object.keys(stepShapes).join(', ')}`,
    })
    return undefined
  }
  const read = stepShapes[kind].safeParse(given)
  if (!read.success) {
    for (const message of tell(read.error)) {
      issues.push({ flow, step: id, code: 'wrong_step', message: `${where} (${kind}): ${message}` })
    }
    return undefined
  }
  // The shape was picked by the kind, which TypeScript cannot follow through the table.
  return { step: read.data as Step, kind }
}

function tell(error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const path = issue.path.join('.')
    return path === '' ? issue.message : `${path}: ${issue.message}`
  })
}

/** Of the parsed meaning with sorted keys: comments, order of keys and spacing of the file do not count. */
function hashOf(meaning: unknown): string {
  const canonical = JSON.stringify(meaning, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
  return createHash('sha256').update(canonical).digest('hex').slice(0, 32)
}
