/** What the web server is built of. The house makes each part once and calls `makeServer(parts)`. */
import type { FastifyPluginAsync } from 'fastify'
import type { Channel } from '../channel/contract.ts'
import type { Secret } from '../config.ts'
import type { ConsoleParts } from '../console/parts.ts'
import type { OneTimeCode } from './one-time-code.ts'

export type WebParts = Omit<ConsoleParts, 'channels' | 'staffBot'> & {
  /** The bot of staff, with the hooks on which it is called. */
  readonly staffBot?: NonNullable<ConsoleParts['staffBot']> & Pick<Channel, 'hooks' | 'state'>
  readonly settings: {
    /** Address under which people reach the server; with https the cookies are marked Secure. */
    readonly publicUrl?: string
    /** Addresses of proxies whose X-Forwarded headers are believed. */
    readonly trustProxy?: readonly string[]
    /** PEM texts; present: the server speaks https itself. */
    readonly tls?: { readonly cert: string; readonly key: string }
    readonly metricsToken?: Secret
    /** The password alone lets everybody in; of the demo, and of no setting that an operator could choose. */
    readonly passwordAlone?: boolean
  }
  /** All accounts with their hooks and states. */
  readonly channels: readonly Channel[]
  /** What is called besides them. */
  readonly called?: readonly Pick<Channel, 'hooks'>[]
  /** Whether the job lines answer; told by /health/ready. */
  readonly lines: { ready(): Promise<boolean> }
  /** Opens /login while there is no staff; the house makes it at start and prints it. */
  readonly code: OneTimeCode
  /** Pages of others, mounted as they are: the web chat. */
  readonly plugins?: readonly FastifyPluginAsync[]
}
