/**
 * One information to many: what it says, and the way it takes. Whoever wrote at it cannot approve it; a change after the
 * review begins it anew; from the release on only the clock and the stop buttons move it.
 *
 *   draft -> review -> scheduled -> sending -> finished
 *     ^________|           |         |  ^
 *     ^____________________|       paused
 *
 * `cancelled` ends it from anywhere before `finished`.
 */
import { Failure } from '../failure.ts'
import { type Language, languages } from './language.ts'

export const campaignStates = [
  'draft',
  'review',
  'scheduled',
  'sending',
  'paused',
  'finished',
  'cancelled',
] as const
export type CampaignState = (typeof campaignStates)[number]

export const repeats = ['once', 'weekly', 'monthly'] as const
export type Repeat = (typeof repeats)[number]

/** What it says in one language. */
export type CampaignText = {
  /** `{name}` and `{office}` are filled in for each person. */
  readonly text: string
  /** For a shared phone, when the campaign is sensitive: what anybody may read. */
  readonly neutral?: string
  /** The provider's template that carries it to people outside the answer window. */
  readonly template?: string
  /** A recorded clip, by the id of its file. */
  readonly clip?: { readonly media: string; readonly seconds: number; readonly bytes: number }
}

/** One for all languages, by the id of its file. */
export type CampaignPicture = { readonly media: string; readonly bytes: number }

/**
 * Its one question: two to six answers, each with a code and its wording by language. Or a survey: the flow that begins in
 * the chat of whoever answers `surveyBegins`.
 */
export type CampaignQuestion = {
  readonly flow?: string
  readonly choices: readonly {
    readonly value: string
    readonly texts: Readonly<Partial<Record<Language, string>>>
  }[]
}

/** Percent of those written to, from a few on: beyond it the campaign stops by itself. */
export type CampaignLimits = { readonly failed: number; readonly blocked: number; readonly stopped: number }
export const usualLimits: CampaignLimits = { failed: 10, blocked: 3, stopped: 5 }

export type Campaign = {
  readonly id: string
  readonly name: string
  readonly state: CampaignState
  readonly guarded: boolean
  readonly sensitive: boolean
  readonly texts: Readonly<Partial<Record<Language, CampaignText>>>
  readonly question?: CampaignQuestion
  readonly picture?: CampaignPicture
  readonly startsAt?: Date
  readonly endsAt?: Date
  readonly repeat: Repeat
  readonly limits: CampaignLimits
}

export const campaignActs = [
  'created',
  'edited',
  'submitted',
  'returned',
  'approved',
  'withdrawn',
  'started',
  'paused',
  'halted',
  'resumed',
  'retried',
  'finished',
  'cancelled',
] as const
export type CampaignActName = (typeof campaignActs)[number]

/** What was done so far, oldest first. */
export type CampaignDone = { readonly act: CampaignActName; readonly staff?: string }

/** What an act comes to. */
export type Step = { readonly act: CampaignActName; readonly state: CampaignState }

/** What is answered to the offer of a survey. */
export const surveyBegins = 'begin'
export const surveyLater = 'later'

/** Longer than any app shows on one screen; more than this nobody reads to the end. */
export const longestText = 900
export const fewestChoices = 2
export const mostChoices = 6

/** Changes what it says or whom it is for. Fails with `campaign:closed` once it is released. */
export function edit({ state }: Campaign): Step {
  if (state !== 'draft' && state !== 'review' && state !== 'scheduled') throw new Failure('campaign:closed')
  return { act: 'edited', state: 'draft' }
}

/** To a second person. Fails with `campaign:empty` when no language has a text or the question is not whole. */
export function submit(it: Campaign): Step {
  from(it, 'draft')
  if (faultsOf(it).length > 0) throw new Failure('campaign:empty')
  return { act: 'submitted', state: 'review' }
}

/** Back to the writer, with a reason. */
export function giveBack(it: Campaign): Step {
  from(it, 'review')
  return { act: 'returned', state: 'draft' }
}

/**
 * Agreed by somebody who did not write at it; two of them when it is about protection, and each only once. Fails with
 * `campaign:own` and `campaign:agreed_already`.
 */
export function approve(it: Campaign, done: readonly CampaignDone[], staff: string): Step {
  from(it, 'review')
  if (writersOf(done).includes(staff)) throw new Failure('campaign:own')
  const agreed = approversOf(done)
  if (agreed.includes(staff)) throw new Failure('campaign:agreed_already')
  return { act: 'approved', state: agreed.length + 1 >= approvalsNeeded(it) ? 'scheduled' : 'review' }
}

/** Taken back before it went out. */
export function withdraw(it: Campaign): Step {
  if (it.state !== 'review' && it.state !== 'scheduled') throw new Failure('campaign:closed')
  return { act: 'withdrawn', state: 'draft' }
}

/** Its time has come. */
export function start(it: Campaign): Step {
  from(it, 'scheduled')
  return { act: 'started', state: 'sending' }
}

/** By somebody, or `halted` by the house because a limit was passed. */
export function pause(it: Campaign, by: 'staff' | 'house'): Step {
  from(it, 'sending')
  return { act: by === 'staff' ? 'paused' : 'halted', state: 'paused' }
}

/** Sends the rest. */
export function resume(it: Campaign): Step {
  from(it, 'paused')
  return { act: 'resumed', state: 'sending' }
}

/** Once more to those whom it could not reach, and to nobody else. */
export function retry(it: Campaign): Step {
  if (it.state !== 'finished' && it.state !== 'paused') throw new Failure('campaign:closed')
  return { act: 'retried', state: 'sending' }
}

export function finish(it: Campaign): Step {
  from(it, 'sending')
  return { act: 'finished', state: 'finished' }
}

/** Never again; what was sent stays counted. */
export function cancel(it: Campaign): Step {
  if (it.state === 'finished' || it.state === 'cancelled') throw new Failure('campaign:closed')
  return { act: 'cancelled', state: 'cancelled' }
}

export function approvalsNeeded({ guarded }: Pick<Campaign, 'guarded'>): number {
  return guarded ? 2 : 1
}

/** Who changed a word of it since it was made: none of them can agree to it. */
export function writersOf(done: readonly CampaignDone[]): readonly string[] {
  const wrote = done.filter(({ act }) => act === 'created' || act === 'edited' || act === 'submitted')
  return [...new Set(wrote.flatMap(({ staff }) => staff ?? []))]
}

/** Who has agreed since it was last submitted. */
export function approversOf(done: readonly CampaignDone[]): readonly string[] {
  const since = done.findLastIndex(({ act }) => act === 'submitted')
  const agreed = done.slice(since + 1).filter(({ act }) => act === 'approved')
  return agreed.flatMap(({ staff }) => staff ?? [])
}

/** What is still missing before it can be submitted; codes for the page. */
export function faultsOf({ texts, question, startsAt, endsAt, sensitive }: Campaign): readonly string[] {
  const wordings = languages.flatMap((language) => texts[language] ?? [])
  const faults: string[] = []
  if (!wordings.some(({ text }) => text.trim() !== '')) faults.push('no_text')
  if (wordings.some(({ text, neutral }) => Math.max(text.length, neutral?.length ?? 0) > longestText))
    faults.push('too_long')
  if (wordings.some(({ text, neutral }) => hasUnknownField(text) || hasUnknownField(neutral ?? '')))
    faults.push('unknown_field')
  if (startsAt && endsAt && endsAt <= startsAt) faults.push('ends_before')
  if (sensitive && wordings.some(({ neutral }) => neutral !== undefined && neutral.trim() === ''))
    faults.push('empty_neutral')
  return question ? [...faults, ...faultsOfQuestion(question, texts)] : faults
}

function faultsOfQuestion({ choices }: CampaignQuestion, texts: Campaign['texts']): readonly string[] {
  const faults: string[] = []
  if (choices.length < fewestChoices || choices.length > mostChoices) faults.push('choices')
  if (new Set(choices.map(({ value }) => value)).size < choices.length) faults.push('same_choice')
  const spoken = languages.filter((language) => texts[language] !== undefined)
  if (choices.some((one) => spoken.some((language) => (one.texts[language] ?? '').trim() === '')))
    faults.push('choice_untold')
  return faults
}

/** What can be filled in for each person. */
export const campaignFields = ['name', 'office'] as const

function hasUnknownField(text: string): boolean {
  const known: readonly string[] = campaignFields
  return [...text.matchAll(/\{([^{}]*)\}/g)].some(([, field = '']) => !known.includes(field))
}

/** The wording with its fields filled in; one that is not known leaves no gap. French keeps its space before `!` and `?`. */
export function filled(text: string, fields: { readonly name?: string; readonly office?: string }): string {
  const whole = text.replace(/\{(name|office)\}/g, (_, field: 'name' | 'office') => fields[field] ?? '')
  return whole
    .replace(/ +([,.])/g, '$1')
    .replace(/ {2,}/g, ' ')
    .trim()
}

/** Whether the house must stop it: too many of those written to were not reached, blocked us, or asked to be left alone. */
export function passedLimit(
  limits: CampaignLimits,
  so: {
    readonly written: number
    readonly failed: number
    readonly blocked: number
    readonly stopped: number
  },
): keyof CampaignLimits | undefined {
  // One of four is no sign of anything.
  const fewest = 3
  const over = (count: number, percent: number) => count >= fewest && count * 100 > so.written * percent
  if (over(so.blocked, limits.blocked)) return 'blocked'
  if (over(so.stopped, limits.stopped)) return 'stopped'
  return over(so.failed, limits.failed) ? 'failed' : undefined
}

function from({ state }: Campaign, expected: CampaignState): void {
  if (state !== expected) throw new Failure('campaign:closed', { state })
}
