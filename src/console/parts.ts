/** What the console is built of. The house makes each part once and hands them over; nothing here is reached for. */

import type { Channel } from '../channel/contract.ts'
import type { Recording, Saying } from '../core/clip.ts'
import type { Scanner } from '../core/file.ts'
import type { Staff } from '../core/staff.ts'
import type { SurveyDefinition } from '../core/survey.ts'
import type { Vocabulary } from '../flow/answer/vocabulary.ts'
import type { Step } from '../flow/definition.ts'
import type { Readiness } from '../flow/readiness.ts'
import type { Log } from '../log.ts'
import type { Pair } from '../store/box.ts'
import type { ShippedFile } from '../store/clip.ts'
import type { Database } from '../store/database.ts'
import type { MediaPlace } from '../store/media-place.ts'
import type { Locales } from '../text/locale.ts'
import type { VoiceShelf } from '../text/voices.ts'
import type { Desk } from '../turn/act.ts'
import type { Talk } from '../turn/act-listen.ts'
import type { Hints } from '../turn/hint.ts'
import type { Teller } from '../turn/office-texts.ts'
import type { Clock } from '../world.ts'
import type { Asset } from './assets.ts'
import type { Counted } from './counted.ts'
import type { PlaceName } from './place-names.ts'

export type ConsoleParts = {
  readonly database: Database
  /** With what staff act; its clock and watch are those of the house. */
  readonly desk: Desk
  /** With what an act goes on with a conversation. */
  readonly talk: Talk
  readonly hints: Pick<Hints, 'listen' | 'changed'>
  readonly locales: Locales
  /** What is said to people, and what the office made of it. */
  readonly texts: Texts
  /** How regions and cercles are called; by their ids while absent. */
  readonly placeName?: PlaceName
  /** How places and dates that people write are understood. */
  readonly vocabulary: Pick<Vocabulary, 'place' | 'hear'>
  readonly clock: Clock
  /** How figures are counted that one page and its pictures show. */
  readonly counted: Counted
  readonly log: Log
  /** Gives a letter to the mail server, where this office has one; fails with `mail:unreachable` and `mail:refused`. */
  readonly sendLetter?: (letter: {
    readonly to: string
    readonly subject: string
    readonly text: string
  }) => Promise<void>
  /** The bot in which staff work on the road, where this office has one. */
  readonly staffBot?: { username(): string | undefined }
  /** After how many days no backup holds what was erased. */
  readonly backupDays: number
  /** Folder in which the files that came with messages lie, encrypted. */
  readonly mediaFolder: MediaPlace
  /** Looks into the files that staff send, where this office has one. */
  readonly scanner?: Scanner
  /** The accounts that run in this process, for what a channel can show; empty where channels run elsewhere. */
  readonly channels: readonly Pick<Channel, 'id' | 'kind' | 'abilities' | 'templates'>[]
}

/** The texts of this process as the studio needs them (conversation.ts). */
export type Texts = Teller & {
  readonly locales: Locales & { readonly shipped: Locales }
  readonly flows: readonly {
    readonly flow: string
    readonly about: string
    readonly survey?: boolean
    readonly steps: readonly Step[]
  }[]
  readonly sayings: readonly Saying[]
  readonly surveys: readonly SurveyDefinition[]
  /** Recordings that ship. */
  readonly clips: readonly (Recording & ShippedFile)[]
  readonly voices: () => VoiceShelf
  readonly readiness: () => readonly Readiness[]
  /** Regions by the one that each was cut from. */
  readonly formerOf: Readonly<Record<string, string>>
}

/** What the web server adds for the console's own routes. */
export type ConsoleDoor = {
  /** Address of a shipped file, by its name, with the hash of its content. */
  readonly asset: (name: Asset) => string
  /** Address under which people reach the server, where it is set. */
  readonly publicUrl?: string
  /** A password as it is kept. */
  readonly hashPassword: (password: string) => Promise<string>
  /** Whether a password is the one that is kept. */
  readonly fitsPassword: (kept: string | undefined, password: string) => Promise<boolean>
}

/** Who is asking, as the sign-in found out; every console route gets it. */
export type Asking = {
  readonly staff: Staff
  /** Hash of the session, to end streams with it. */
  readonly session: Buffer
  /** Their key pair, by which sealed matters open for them. */
  readonly pair?: Pair
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the sign-in before any route of the console runs. */
    asking: Asking | undefined
  }
}
