/** The notes that a listener is shown: the question in both languages, the choices as buttons, the notes in order. */
import type { Language } from '../core/language.ts'
import { readReference } from '../core/reference.ts'
import type { Staff } from '../core/staff.ts'
import { questionAsked } from '../flow/listen.ts'
import { choicesOf } from '../flow/steps/ask.ts'
import {
  type ListeningLine,
  languagesOf,
  notesOf,
  type ParkedNote,
  waitingNotes,
} from '../store/listening.ts'
import type { Console } from './asked.ts'
import { requestAt } from './load.ts'

/** A wording as the person was told it, and as the listener reads it. */
export type Told = { readonly theirs: string; readonly ours: string }

export type ListeningView = {
  readonly request: string
  readonly reference: string
  readonly language: Language
  readonly dueAt: Date
  readonly notes: readonly Pick<ParkedNote, 'message' | 'at' | 'body'>[]
  /** The last note shown: what is tapped counts up to it. */
  readonly last: string
  /** The question that was open when the last note was said. */
  readonly question?: Told & {
    readonly choices: readonly (Told & { readonly value: string })[]
    /** It still waits; else the person went on without it, and what was said is for staff to read. */
    readonly waits: boolean
  }
}

/** What waits for this listener, the most pressing first. */
export async function loadWaiting({ database }: Console, staff: Staff): Promise<readonly ListeningLine[]> {
  return waitingNotes(database, staff, await languagesOf(database, staff))
}

/**
 * The one to listen to next: after this reference if one is skipped, and where no colleague is listening; then where one
 * is, because two heads are better than a note that nobody hears.
 */
export function nextOf(
  { presence }: Pick<Console, 'presence'>,
  staff: Staff,
  lines: readonly ListeningLine[],
  after?: string,
): ListeningLine | undefined {
  const place = lines.findIndex(({ reference }) => reference === readReference(after ?? ''))
  const turned = [...lines.slice(place + 1), ...lines.slice(0, place + 1)]
  return turned.find(({ request }) => presence.besides(request, staff.id).length === 0) ?? turned[0]
}

/** One matter; undefined when nothing in it waits any more. Fails with `request:not_found` for what they may not see. */
export async function loadListening(
  console: Console,
  staff: Staff,
  address: string,
): Promise<ListeningView | undefined> {
  const { database, talk } = console
  const request = await requestAt(console, staff, address)
  const notes = await notesOf(database, request)
  const last = notes.at(-1)
  if (!last) return undefined
  const [row, [standing]] = await Promise.all([
    database.prisma.request.findUniqueOrThrow({
      where: { id: request },
      select: { reference: true, language: true },
    }),
    database.road.stand([last.address]),
  ])
  const language = standing?.address.language ?? (row.language as Language | null) ?? 'fr'
  const asked = last.question && questionAsked(talk.book, last.question)
  const told = (key: string): Told => ({
    theirs: sentence(console, language, key),
    ours: sentence(console, staff.language, key),
  })
  const question = asked && {
    ...told(asked.text),
    choices: choicesOf(asked).map(({ value, text }) => ({ value, ...told(text) })),
    waits: standing?.session.state?.parked?.messages.includes(last.message) ?? false,
  }
  return {
    ...{ request, reference: row.reference, language, notes, last: last.message },
    // Terms run from when each was said.
    dueAt: notes[0]?.dueAt ?? last.dueAt,
    ...(question ? { question } : {}),
  }
}

/** What a sentence says without what was filled in for the person. */
function sentence({ locales }: Pick<Console, 'locales'>, language: Language, key: string): string {
  return locales.t(language, key).replace(/\{\w+\}/g, '…')
}
