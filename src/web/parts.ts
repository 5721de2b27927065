/** What the web server is built of. The house makes each part once and calls `makeServer(parts)`. */
import type { Channel } from '../channel/contract.ts'
import type { Secret } from '../config.ts'
import type { ConsoleParts } from '../console/parts.ts'

export type WebParts = ConsoleParts & {
  readonly settings: {
    /** Address under which people reach the server; with https the cookies are marked Secure. */
    readonly publicUrl?: string
    /** Addresses of proxies whose X-Forwarded headers are believed. */
    readonly trustProxy?: readonly string[]
    /** PEM texts; present: the server speaks https itself. */
    readonly tls?: { readonly cert: string; readonly key: string }
    readonly metricsToken?: Secret
  }
  /** Derived from the master key: signs form tokens and hashes session cookies and counted tries. */
  readonly cookieKey: Buffer
  /** All accounts with their hooks and states. */
  readonly channels: readonly Channel[]
  /** Whether the job lines answer; told by /health/ready. */
  readonly lines: { ready(): Promise<boolean> }
}
