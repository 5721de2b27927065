/**
 * What a listener makes of the voice notes of a request: in one turn it is on record, and the conversation that waited
 * goes on as if the person had typed it. Where the person took the lead meanwhile it is a summary and answers nothing.
 */
import type { Happening } from '../core/event.ts'
import { type HeardHow, hearNotes } from '../core/listening.ts'
import type { RequestKind } from '../core/request.ts'
import { close, reclassify } from '../core/request-rules.ts'
import { writeTranscript } from '../core/transcript.ts'
import { Failure } from '../failure.ts'
import type { Sprint } from '../flow/engine.ts'
import type { Found as Heard } from '../flow/input.ts'
import { linkedRows } from '../store/linked.ts'
import { isAnsweredOnly, notesOf, type ParkedNote } from '../store/listening.ts'
import type { Change, Standing } from '../store/road.ts'
import type { Desk } from './act.ts'
import { type Act, type Found, isDone, loadForAct } from './act-load.ts'
import { idleSession } from './session.ts'
import { type TurnParts, walk, worldOf, writeDown } from './turn.ts'

/** With what a conversation goes on. */
export type Talk = Pick<TurnParts, 'engine' | 'book' | 'locales' | 'screen' | 'voices'>

/** `label` is the choice as the listener reads it: it is kept as what the note says. */
export type Made =
  | { readonly is: 'choice'; readonly value: string; readonly label: string }
  | { readonly is: 'words'; readonly text: string }
  | { readonly is: 'summary'; readonly text: string }
  | { readonly is: 'unclear' }
  | { readonly is: 'guarded'; readonly kind: RequestKind }

const triesAtMost = 4
/** References made ready; no turn opens more requests. */
const referencesAtMost = 8

/**
 * Of the notes up to `last`, which is the last one that the listener was shown. Fails with `listening:heard` when a
 * colleague was faster, with `listening:more` when another note came and the answer may be in that, and with
 * `listening:no_answer` when the words are no answer to the question.
 */
export async function hearVoice(
  desk: Desk,
  talk: Talk,
  act: Act,
  it: { readonly last: string; readonly made: Made },
): Promise<void> {
  for (let tries = 1; tries <= triesAtMost; tries += 1) {
    if (await hearOnce(desk, talk, act, it)) return
  }
  throw new Failure('request:changed_meanwhile')
}

async function hearOnce(
  desk: Desk,
  talk: Talk,
  act: Act,
  { last, made }: { readonly last: string; readonly made: Made },
): Promise<boolean> {
  const { prisma, road } = desk
  const found = await loadForAct(prisma, act.staff, act.request)
  if (await isDone(prisma, act.request, act.form)) return true
  const waiting = await notesOf(desk, act.request)
  const note = waiting.find(({ message }) => message === last)
  if (!note || !found.address) throw new Failure('listening:heard')
  const more = waiting.some(({ message }) => message > last)
  if (more && (made.is === 'choice' || made.is === 'words')) throw new Failure('listening:more')
  const [standing] = await road.stand([note.address])
  if (!standing) throw new Failure('listening:heard')
  await desk.references.ready(referencesAtMost)
  const parts = { ...talk, keys: desk.keys, clock: desk.clock, references: desk.references }
  const town = await desk.watch.current()
  const world = worldOf(parts)
  const input = { kind: 'heard', message: last, found: heardOf(made, found) } as const
  // Whoever blocked us or asked for silence is not spoken to: what was heard is on record alone.
  const silent = standing.address.state !== 'live' || standing.address.stopped === 'all'
  const sprint: Sprint =
    silent && made.is !== 'guarded'
      ? { session: standing.session.state ?? idleSession(undefined, world.now), happenings: [] }
      : walk(parts, town, standing, input, world)
  const heard = made.is === 'guarded' ? waiting : waiting.filter(({ message }) => message <= last)
  const how = howOf(made, note, silent ? undefined : standing, sprint)
  const { happenings, changes } = await deedOf(desk, found, { heard, note, made, how })
  const linked = made.is === 'guarded' ? await linkedRows(prisma, found.request) : undefined
  const { rows, hints } = writeDown(parts, {
    ...{ town, standing, world, sprint },
    deed: {
      ...{ staff: act.staff.id, form: act.form, happenings, changes },
      request: { ...found.request, ...linked, needs: found.needs },
    },
  })
  const [went] = await road.commit([rows])
  if (went === 'refused') throw new Failure('request:changed_meanwhile')
  if (went === 'behind') return false
  const { id, channel } = standing.address
  desk.passOn({ outgoing: new Map(rows.messages.length > 0 ? [[channel, [id]]] : []), hints })
  return true
}

function heardOf(made: Made, { request }: Found): Heard {
  if (made.is !== 'guarded') return made
  return { is: 'guarded', request: request.id, reference: request.reference, kind: made.kind }
}

/** What it came to: an answer is one only where the question still waited for it, and the person may be spoken to. */
function howOf(
  made: Made,
  { message }: ParkedNote,
  standing: Standing | undefined,
  sprint: Sprint,
): HeardHow {
  if (made.is !== 'choice' && made.is !== 'words') return made.is
  if (!standing?.session.state?.parked?.messages.includes(message)) return 'summary'
  const answered = sprint.happenings.some(({ type }) => type === 'answer_kept')
  if (!answered && made.is === 'words') throw new Failure('listening:no_answer')
  return answered ? 'answered' : 'summary'
}

type Deed = { readonly happenings: readonly Happening[]; readonly changes: readonly Change[] }

async function deedOf(
  desk: Desk,
  { request }: Found,
  it: {
    readonly heard: readonly ParkedNote[]
    readonly note: ParkedNote
    readonly made: Made
    readonly how: HeardHow
  },
): Promise<Deed> {
  const { heard, note, made, how } = it
  const notes = heard.map(({ message, question }) => ({ message, asked: isSame(question, note.question) }))
  const happenings = [...hearNotes(request.id, notes, how)]
  if (made.is === 'guarded') happenings.push(...reclassify(request, made.kind))
  if (how === 'answered' && request.kind === 'unclear' && request.state === 'open') {
    const all = notes.every(({ asked }) => asked)
    // Nothing is left in it for anybody to answer.
    if (
      all &&
      (await isAnsweredOnly(
        desk,
        request.id,
        notes.map(({ message }) => message),
      ))
    ) {
      happenings.push(...close(request, { outcome: 'answered' }))
    }
  }
  const written = transcriptOf(note, made, request.id)
  return { happenings: [...happenings, ...written.happenings], changes: written.changes }
}

function isSame(one: ParkedNote['question'], other: ParkedNote['question']): boolean {
  return one !== undefined && one.hash === other?.hash && one.step === other.step
}

/** What was heard is written under the note, for whoever reads the thread. */
function transcriptOf({ message, media, body }: ParkedNote, made: Made, request: string): Deed {
  const text = made.is === 'choice' ? made.label : 'text' in made ? made.text.trim() : ''
  if (!media || text === '') return { happenings: [], changes: [] }
  const transcript = body.kind === 'file' ? body.transcript : undefined
  const happenings = writeTranscript({ message, request, media: media.id, transcript }, text)
  const change: Change = {
    ...{ update: 'media', id: media.id, key: media.key, plain: {} },
    secret: { transcript_enc: text },
  }
  return { happenings, changes: happenings.length > 0 ? [change] : [] }
}
