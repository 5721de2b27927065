/**
 * The one web hook of all our numbers at Meta: who knows the word, who signs, and which number each change is for. What
 * several numbers are told in one body is written for each of them before the body is answered.
 */
import { createHmac } from 'node:crypto'
import type { Hook } from './contract.ts'
import { isSecret, readJson } from './hook-body.ts'
import { type AccountRead, readAccount } from './whatsapp-cloud-account.ts'
import { type SaidValues, valuesOf } from './whatsapp-cloud-parse.ts'

/** A number as its hook knows it. Secrets may change while it stands. */
export type HookedNumber = {
  readonly phoneId: string
  appSecret(): string
  verifyToken(): string
  /** Resolves once everything in it that is ours is durable; false while nobody listens. */
  take(values: SaidValues): Promise<boolean>
}

/** What is said of accounts, told beside: a lost word of it is in the next list. */
export type Learn = (read: AccountRead) => Promise<void>

const path = '/hooks/whatsapp'

export class CloudHook {
  readonly hooks: readonly Hook[]
  readonly #numbers = new Set<HookedNumber>()
  readonly #learn: Learn

  constructor(learn: Learn = async () => {}) {
    this.#learn = learn
    this.hooks = [
      { method: 'GET', path, handle: async ({ query }) => this.#shakeHands(query) },
      { method: 'POST', path, handle: (request) => this.#hooked(request) },
    ]
  }

  join(number: HookedNumber): void {
    this.#numbers.add(number)
  }

  /** "Verification requests": the challenge goes back to whoever knows the word. */
  #shakeHands(query: Readonly<Record<string, string | undefined>>): { status: number; body?: string } {
    const given = query['hub.verify_token'] ?? ''
    const knows = [...this.#numbers].some((one) => isSecret(given, one.verifyToken()))
    if (query['hub.mode'] !== 'subscribe' || !knows) return { status: 403 }
    return { status: 200, body: query['hub.challenge'] ?? '' }
  }

  /** Answered once everything in it is durable; Meta brings again for days what was not answered with 200. */
  async #hooked({ headers, body }: Parameters<Hook['handle']>[0]): Promise<{ status: number }> {
    const signature = headers['x-hub-signature-256']
    const signed = typeof signature === 'string' ? this.#signers(body, signature) : []
    if (signed.length === 0) return { status: 401 }
    const received = readJson(body)
    if (received === undefined) return { status: 400 }
    const values = valuesOf(received)
    const told = new Set(values.map(({ metadata }) => metadata.phone_number_id))
    const taken = await Promise.all(
      signed.filter(({ phoneId }) => told.has(phoneId)).map((one) => one.take(values)),
    )
    if (taken.includes(false)) return { status: 503 }
    await this.#learn(readAccount(received))
    return { status: 200 }
  }

  /** The numbers whose app signed these bytes; an app that serves several is asked once. */
  #signers(body: Buffer, signature: string): readonly HookedNumber[] {
    const fits = new Map<string, boolean>()
    return [...this.#numbers].filter((number) => {
      const secret = number.appSecret()
      const known = fits.get(secret)
      if (known !== undefined) return known
      const fit = isSecret(signature, `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`)
      fits.set(secret, fit)
      return fit
    })
  }
}
