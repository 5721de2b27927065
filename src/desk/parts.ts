/** What the desk in chat is built of, and what it does in a chat. */
import type { Log } from '../log.ts'
import type { Database } from '../store/database.ts'
import type { Locales } from '../text/locale.ts'
import type { Desk } from '../turn/act.ts'
import type { Clock } from '../world.ts'

/** A button under a message; `data` comes back when it is pressed, at most 64 bytes (api, InlineKeyboardButton). */
export type Button = { readonly text: string; readonly data: string }

export type Written = {
  readonly text: string
  /** Rows of buttons. */
  readonly buttons?: readonly (readonly Button[])[]
}

/** The ways of the bot. Each fails as a channel does: `channel:throttled`, `channel:blocked`, and so on. */
export type Voice = {
  /** Writes a message that can be neither forwarded nor saved; gives its number in the chat. */
  say(chat: number, written: Written): Promise<number>
  edit(chat: number, message: number, written: Written): Promise<void>
  remove(chat: number, message: number): Promise<void>
  leave(chat: number): Promise<void>
  /** Ends the waiting sign on a pressed button. */
  acknowledge(press: string): Promise<void>
}

export type DeskParts = Pick<Database, 'pool' | 'prisma' | 'keys'> & {
  readonly desk: Desk
  readonly locales: Locales
  readonly voice: Voice
  readonly clock: Clock
  readonly log: Log
  /** Where the console is, for what is read only there. */
  readonly console: string
}

/** How long words stand in a chat. */
export const wordsStand = 10 * 60_000
