/** What the console is built of. The house makes each part once and hands them over; nothing here is reached for. */
import type { PrismaClient } from '../../prisma/client/client.ts'
import type { Channel } from '../channel/contract.ts'
import type { Staff } from '../core/staff.ts'
import type { Log } from '../log.ts'
import type { Locales } from '../text/locale.ts'
import type { Clock } from '../world.ts'
import type { Asset } from './assets.ts'

export type ConsoleParts = {
  readonly prisma: PrismaClient
  readonly locales: Locales
  readonly clock: Clock
  readonly log: Log
  /** The accounts that run in this process, for what a channel can show; empty where channels run elsewhere. */
  readonly channels: readonly Pick<Channel, 'id' | 'kind' | 'abilities'>[]
  /** Address of a shipped file, by its name, with the hash of its content. */
  readonly asset: (name: Asset) => string
}

/** Who is asking, as the sign-in found out; every console route gets it. */
export type Asking = {
  readonly staff: Staff
  /** A token for the forms of this page. */
  readonly token: () => string
  /** Hash of the session, to end streams with it. */
  readonly session: Buffer
}
