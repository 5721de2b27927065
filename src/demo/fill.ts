/** `npm run demo`: fills an empty throw-away database with a fictional office that has worked for half a year. */

import { reportedKinds } from '../core/reported.ts'
import type { Role } from '../core/staff.ts'
import { type PlacesFile, readPlaces } from '../flow/answer/files.ts'
import type { Database } from '../store/database.ts'
import type { MediaPlace } from '../store/media-place.ts'
import { demoPassword } from './cast.ts'
import { loadStory } from './load.ts'
import type { Stage } from './stage.ts'
import { tellStory } from './story.ts'

export type DemoReport = {
  readonly people: number
  readonly messages: number
  readonly requests: number
  /** Requests that are not closed. */
  readonly open: number
  readonly events: number
  /** Who can sign in, the first of each role first; all with the same password. */
  readonly accounts: readonly { readonly email: string; readonly name: string; readonly role: Role }[]
  readonly password: string
}

export type DemoSettings = {
  readonly database: Pick<Database, 'pool' | 'prisma' | 'keys'>
  readonly conversation: Pick<Stage, 'engine' | 'book' | 'locales' | 'voices'>
  /** locales/places.json as the shelf has it, or as read before. */
  readonly places: unknown
  /** The story ends here; everything in it is told from this moment backwards. */
  readonly now: Date
  /** Hash of `demoPassword`, for every account. */
  readonly passwordHash: string
  readonly mediaFolder: MediaPlace
  /** Another seed, another story. */
  readonly seed?: string
}

const dayBefore = (now: Date) => new Date(now.getTime() - 24 * 60 * 60_000)

/** Fills a migrated database that has no staff and nobody's messages yet; all or nothing but for the files. */
export async function fillDemo(settings: DemoSettings): Promise<DemoReport> {
  const { database, conversation, now, passwordHash, mediaFolder, seed = 'baro' } = settings
  const places: Pick<PlacesFile, 'regions'> = readPlaces(settings.places)
  const story = tellStory({ ...conversation, places, hash: database.keys.hash, now, seed })
  const { ledger, cast, people, references } = story
  await loadStory(database, ledger, { passwordHash, mediaFolder, references })
  // Their calendars begin empty but for what the story put there.
  await database.prisma.diary.createMany({ data: cast.staff.map(({ id }) => ({ id, changedAt: now })) })
  // Somebody was called to what is not reported yet on the day on which it was late, and not all at once today.
  await database.prisma.request.updateMany({
    where: {
      reportedOn: null,
      kind: { in: [...reportedKinds] },
      openedAt: { lt: dayBefore(now) },
    },
    data: { reportCalledAt: now },
  })
  const requests = [...(ledger.tables.get('request')?.values() ?? [])]
  return {
    people: people.length,
    messages: ledger.messages.size,
    requests: requests.length,
    open: requests.filter(({ plain }) => plain['state'] !== 'closed').length,
    events: ledger.events.size,
    accounts: cast.staff.flatMap(({ email, name, roles }) => roles.map((role) => ({ email, name, role }))),
    password: demoPassword,
  }
}
