/** Plays flows written in a test: every session goes through JSON between two inputs, every clock and id is counted. */
import { expect } from 'vitest'
import type { EventType, HappeningOf } from '../../src/core/event.ts'
import { referenceOf } from '../../src/core/reference.ts'
import type { Vocabulary } from '../../src/flow/answer/vocabulary.ts'
import type { Flow } from '../../src/flow/definition.ts'
import { makeEngine, type Sprint } from '../../src/flow/engine.ts'
import type { Input } from '../../src/flow/input.ts'
import { makeBook, readFlow } from '../../src/flow/read.ts'
import type { Session, Situation } from '../../src/flow/session.ts'
import type { World } from '../../src/world.ts'
import { words } from './words.ts'

export const start = new Date('2026-03-02T09:00:00Z')
export const minutes = 60_000
export const hours = 60 * minutes
export const days = 24 * hours

/** A flow from its steps; the head is written for it. */
export function flow(name: string, steps: string, head = ''): Flow {
  const read = readFlow(name, `flow: ${name}\nversion: 1\nabout: A test.\n${head}\nsteps:\n${steps}`)
  if (!read.flow) throw new Error(JSON.stringify(read.issues))
  return read.flow
}

export const met: Partial<Situation> = { language: 'en', consent: { keep_data: 'given' } }

/** A turn as the test sees it: the sentences by key, choices in brackets, and what happened. */
export type Turn = Sprint & { readonly said: readonly string[] }

export type Player = ReturnType<typeof player>

/** Somebody who talks to these flows. `facts` is what the turn would have loaded; it may be changed between inputs. */
export function player(
  flows: readonly Flow[],
  facts: Partial<Situation> = met,
  olderVersions: readonly Flow[] = [],
  vocabulary: Vocabulary = words,
  more: Partial<Pick<Parameters<typeof makeEngine>[0], 'voices' | 'published'>> = {},
) {
  const label = (key: string) => key.split('.').at(-1)
  const wording = (key: string, language: string) => `${key}/${language}`
  const make = (current: readonly Flow[], older: readonly Flow[]) =>
    makeEngine({ book: makeBook(current, older), vocabulary, label, wording, ...more })
  let engine = make(flows, olderVersions)
  let session: string | undefined
  let now = start.getTime()
  let ids = 0
  let messages = 0
  let known = facts
  const world = (): World => ({
    now: new Date(now),
    id: () => `id-${++ids}`,
    reference: () => referenceOf(++ids),
  })
  const situation = (): Situation => ({
    now: new Date(now),
    consent: {},
    known: false,
    shared: false,
    minor: false,
    stopped: 'no',
    requests: [],
    duty: false,
    office: { open: true, opensAt: new Date(now) },
    daysFor: () => 3,
    ...known,
  })
  const respond = (input: Input): Turn => {
    const before = session === undefined ? undefined : (JSON.parse(session) as Session)
    const sprint = engine.respond(before, input, situation(), world())
    session = JSON.stringify(sprint.session)
    expect(JSON.parse(session)).toEqual(sprint.session)
    return { ...sprint, said: sprint.happenings.flatMap((one) => sentenceOf(one)) }
  }
  const message = () => `message-${++messages}`
  return {
    says: (text: string, quotesList?: string) =>
      respond({ kind: 'text', message: message(), text, sentAt: new Date(now), quotesList }),
    presses: (list: string, number: number) =>
      respond({ kind: 'choice', message: message(), list, number, sentAt: new Date(now) }),
    speaks: () => respond({ kind: 'voice', message: message(), seconds: 8, sentAt: new Date(now) }),
    /** Anything else; `late` is how long it was on its way. */
    sends: (input: DistributiveOmit<Input, 'message' | 'sentAt'>, late = 0) =>
      respond({ ...input, message: message(), sentAt: new Date(now - late) } as Input),
    keepsSilent: () => respond({ kind: 'silence' }),
    after: (milliseconds: number) => {
      now += milliseconds
    },
    /** What the turn knows from here on. */
    given: (more: Partial<Situation>) => {
      known = { ...known, ...more }
    },
    /** The flow files are upgraded under the conversation. */
    upgrade: (current: readonly Flow[], older: readonly Flow[] = []) => {
      engine = make(current, older)
    },
    session: () => JSON.parse(session ?? 'null') as Session,
    setSession: (value: unknown) => {
      session = JSON.stringify(value)
    },
  }
}

type DistributiveOmit<T, K extends string> = T extends unknown ? Omit<T, K> : never

/** The happenings of one type. */
export function all<T extends EventType>(turn: Sprint, type: T): readonly HappeningOf<T>[] {
  return turn.happenings.filter((one): one is HappeningOf<T> => one.type === type)
}

/** The only happening of a type; fails when there is none or more. */
export function only<T extends EventType>(turn: Sprint, type: T): HappeningOf<T> {
  const found = all(turn, type)
  expect(found).toHaveLength(1)
  return found[0] as HappeningOf<T>
}

/** The types that happened besides sentences and the coming and going of flows. */
export function deeds(turn: Sprint): readonly EventType[] {
  const noise: readonly EventType[] = ['message_created', 'flow_entered', 'flow_ended', 'answer_kept']
  return turn.happenings.map(({ type }) => type).filter((type) => !noise.includes(type))
}

function sentenceOf(one: Sprint['happenings'][number]): string[] {
  if (one.type !== 'message_created') return []
  if (one.say.clip) return [`(${one.say.text})`]
  const choices = one.say.choices?.map(({ value }) => value).join('|')
  const words = choices === undefined ? one.say.text : `${one.say.text} [${choices}]`
  return one.say.aloud ? [`(${one.say.text})`, words] : [words]
}
