/** What the house keeps of a WhatsApp Web account, and what staff order; the channel itself knows no database. */
import type { Incoming } from '../../core/message.ts'
import type { ChannelState } from '../contract.ts'
import type { Ending } from './session.ts'

/** Why an account does not work: what ended its session, or what keeps it from beginning. */
export type Why = Ending | 'in_use' | 'no_browser'

export type SessionNews = {
  readonly state: ChannelState
  readonly why?: Why
  /** What a phone must scan, while one is wanted. */
  readonly code?: string
  /** The number of the office that is paired, in digits. */
  readonly account?: string
}

/** What staff have set. */
export type Orders = {
  readonly paused: boolean
  /** Messages in a day, answers included. */
  readonly dailyCap: number
  readonly sentToday: number
  readonly campaigns: boolean
  /** The phone is to be unlinked. */
  readonly unlink: boolean
}

export type Keeping = {
  orders(): Promise<Orders>
  tell(news: SessionNews): Promise<void>
  /** One more message went out. */
  sent(): Promise<void>
  /** The order to unlink is carried out. */
  unlinked(): Promise<void>
  /** Before they are stored: counts those that nobody had heard when they came. */
  late(found: readonly Incoming[]): Promise<void>
  /** Which of these ids belong to messages that the house knows it has sent. */
  known(externalIds: readonly string[]): Promise<ReadonlySet<string>>
  /** What is said to somebody who calls, in their language. */
  noCalls(chat: string): Promise<string>
}
