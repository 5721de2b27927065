/** Which step may follow which: for the inspection of flow files, never for running them. */
import type { Ask, Flow, FlowBook, Step, StepKind } from './definition.ts'
import { known } from './known.ts'

/** The steps to which one step names a way, in words of the file; they may not exist. */
export function namedNext(step: Step): readonly string[] {
  const named: (string | undefined)[] = [step.next]
  if ('ask' in step) {
    named.push(
      ...(step.choices ?? []).map((choice) => choice.next),
      step.silence?.next,
      step.served,
      step.past,
    )
  }
  if ('when' in step) named.push(...step.when.map((branch) => branch.next), step.otherwise)
  if ('offer_slots' in step) named.push(step.offer_slots.otherwise)
  if ('set_code' in step) named.push(step.set_code.otherwise)
  if ('tell_nameless' in step) named.push(step.tell_nameless.spoken)
  if ('withdraw_referrals' in step) named.push(step.withdraw_referrals.none)
  if ('move_follow_up' in step) named.push(step.move_follow_up.taken, step.move_follow_up.past)
  if ('agree_follow_up' in step && step.agree_follow_up !== true) named.push(step.agree_follow_up.past)
  return named.filter((id) => id !== undefined)
}

/** The steps that may follow one step within its flow. */
export function follows(flow: Flow, place: number): readonly string[] {
  const step = flow.steps[place]
  if (!step || 'end' in step) return []
  const named = namedNext(step)
  const falls = fallsThrough(step) ? (step.next ?? flow.steps[place + 1]?.id) : undefined
  return falls === undefined ? named : [...named, falls]
}

/** Steps that no way leads to. */
export function deadSteps(flow: Flow): readonly string[] {
  const reached = new Set<string>()
  const open = flow.steps.slice(0, 1).map(({ id }) => id)
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue
    reached.add(id)
    open.push(...follows(flow, flow.index.get(id) ?? -1))
  }
  return flow.steps.map(({ id }) => id).filter((id) => !reached.has(id))
}

/**
 * Steps from which the walk may come back to themselves without a question or a wait on the way, over all flows: the
 * loops that only the cap on steps would end. Each is named `flow.step`.
 */
export function loops(book: FlowBook): readonly string[] {
  const edges = edgesWithoutWaiting(book)
  const state = new Map<string, 'open' | 'done'>()
  const found: string[] = []
  const visit = (node: string): void => {
    state.set(node, 'open')
    for (const to of edges.get(node) ?? []) {
      if (state.get(to) === 'open') found.push(to)
      else if (!state.has(to)) visit(to)
    }
    state.set(node, 'done')
  }
  for (const node of edges.keys()) if (!state.has(node)) visit(node)
  return [...new Set(found)]
}

const waiting: readonly StepKind[] = ['ask', 'wait']

function edgesWithoutWaiting(book: FlowBook): ReadonlyMap<string, readonly string[]> {
  const edges = new Map<string, readonly string[]>()
  for (const key of book.keys()) {
    const flow = book.current(key)
    flow?.steps.forEach((step, place) => {
      const kind = flow.kinds[place]
      if (kind === undefined || waiting.includes(kind)) return
      const inside = follows(flow, place).map((id) => `${key}.${id}`)
      const child =
        'enter' in step ? step.enter : 'end' in step && step.end === 'menu' ? known.menu : undefined
      const first = child === undefined ? undefined : book.current(child)?.steps[0]?.id
      const outside = first === undefined ? [] : [`${child}.${first}`]
      const comesBack = child === undefined || mayPass(book, child, new Set())
      edges.set(`${key}.${step.id}`, comesBack ? [...inside, ...outside] : outside)
    })
  }
  return edges
}

/** Whether a flow may end without having waited for anybody. */
function mayPass(book: FlowBook, key: string, above: ReadonlySet<string>): boolean {
  const flow = book.current(key)
  if (!flow || above.has(key)) return !flow
  const seen = new Set<string>()
  const open = flow.steps.slice(0, 1).map(({ id }) => id)
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const place = flow.index.get(id) ?? -1
    const step = flow.steps[place]
    const kind = flow.kinds[place]
    if (seen.has(id) || !step || !kind || waiting.includes(kind)) continue
    seen.add(id)
    if ('enter' in step && !mayPass(book, step.enter, new Set([...above, key]))) continue
    const next = follows(flow, place)
    if (next.length === 0) return true
    open.push(...next)
  }
  return false
}

/** Whether a step may go on to its `next` or the step below; a question whose every choice jumps does not. */
function fallsThrough(step: Step): boolean {
  if ('ask' in step) return !everyChoiceJumps(step)
  return !('when' in step) || step.otherwise === undefined
}

function everyChoiceJumps(step: Ask): boolean {
  const { choices = [], optional } = step
  return !optional && choices.length > 0 && choices.every((choice) => choice.next !== undefined)
}
