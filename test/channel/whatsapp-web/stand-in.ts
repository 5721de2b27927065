/**
 * WhatsApp, played: the account and its phone, people who write, and what became of what we sent. The page in `page/` is
 * its other half; the real library in a real browser stands between them and the product.
 */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Page } from 'puppeteer'

/** What the page said it sent. */
export type SentByPage = {
  readonly id: string
  readonly stanza: string
  readonly chat: string
  readonly at: number
  readonly type: string
  readonly body?: string
  readonly caption?: string
  readonly media?: { readonly mimetype: string; readonly name?: string; readonly data: string }
}

type Command = { readonly t: string; readonly [name: string]: unknown }
type Line = (commands: readonly Command[]) => Promise<void>

type Kept = {
  readonly chat: string
  readonly fromMe: boolean
  readonly id: string
  readonly author?: string
  readonly name?: string
  readonly quotes?: string
  readonly unread?: boolean
  readonly media?: Media
  readonly attributes: Record<string, unknown>
}

type Media = {
  readonly mimetype: string
  readonly name?: string
  readonly size: number
  readonly data: string
  readonly late?: boolean
  readonly gone?: boolean
}

/** What somebody says; the rest is as a phone would have it. */
export type Saying = {
  readonly text?: string
  readonly file?: {
    readonly type: string
    readonly bytes: Buffer
    readonly mimetype: string
    readonly name?: string
    readonly late?: boolean
    readonly gone?: boolean
  }
  readonly attributes?: Record<string, unknown>
  readonly author?: string
  readonly name?: string
  readonly quotes?: string
  /** In seconds; now by default. */
  readonly at?: number
  readonly id?: string
}

const html =
  '<!doctype html><meta charset="utf-8"><title>WhatsApp</title><script type="module" src="/standin/main.js"></script>'

/** A file of the page by its path; undefined for what it does not have. */
export function pageFile(path: string): { readonly type: string; readonly body: string } | undefined {
  if (path === '/') return { type: 'text/html', body: html }
  const name = /^\/standin\/(main|models|modules|store|wire)\.js$/.exec(path)?.[1]
  if (name === undefined) return undefined
  return {
    type: 'text/javascript',
    body: readFileSync(new URL(`page/${name}.js`, import.meta.url), 'utf8'),
  }
}

export class StandIn {
  readonly account = '15550001111@c.us'
  readonly sent: SentByPage[] = []
  /** Everything the page said, by its kind. */
  readonly heard: Command[] = []
  readonly lids: Record<string, string> = {}
  readonly #kept: Kept[] = []
  readonly #acks = new Map<string, number>()
  #line: Line | undefined
  #synced = false
  /** Whether the phone still knows this device. */
  paired = false
  /** How far what is sent comes, and how soon each step follows. */
  acks: readonly number[] = [1, 2]
  ackAfter = 1
  ref = '2@first'
  pages = 0

  get isReady(): boolean {
    return this.#line !== undefined && this.#synced
  }

  /** Scans the code on the screen. */
  async scan(): Promise<void> {
    this.paired = true
    await this.tell({ t: 'pair' })
  }

  async renew(): Promise<void> {
    this.ref = `2@${randomBytes(6).toString('hex')}`
    await this.tell({ t: 'ref', ref: this.ref })
  }

  /** Somebody writes in a chat; gives the serialized id. */
  async says(chat: string, saying: Saying): Promise<string> {
    const [id] = await this.say(chat, [saying])
    return id ?? ''
  }

  /** Several at once, in their order. */
  async say(chat: string, sayings: readonly Saying[]): Promise<readonly string[]> {
    const kept = sayings.map((saying) => keptOf(chat, false, saying))
    await this.#bring(kept)
    return kept.map((one) => `false_${chat}_${one.id}${one.author ? `_${one.author}` : ''}`)
  }

  /** Staff write on the paired phone. */
  async types(chat: string, saying: Saying): Promise<string> {
    const kept = keptOf(chat, true, saying)
    await this.#bring([kept])
    return `true_${chat}_${kept.id}`
  }

  async knows(lid: string, phone: string): Promise<void> {
    this.lids[lid] = phone
    await this.tell({ t: 'lid', lid, phone })
  }

  /** Tells the page, if there is one. */
  async tell(...commands: readonly Command[]): Promise<void> {
    await this.#line?.(commands).catch(() => undefined)
  }

  attach(line: Line): void {
    this.#line = line
    this.#synced = false
  }

  detach(line: Line): void {
    if (this.#line !== line) return
    this.#line = undefined
    this.#synced = false
  }

  /** What the page says. */
  async hear(said: Command): Promise<void> {
    this.heard.push(said)
    if (said.t === 'hello') await this.#sync()
    if (said.t === 'synced') this.#synced = true
    if (said.t === 'logout') {
      this.paired = false
      await this.tell({ t: 'logout' })
    }
    if (said.t === 'sent') this.#take(said as unknown as SentByPage)
  }

  async #sync(): Promise<void> {
    this.pages += 1
    const messages = this.#kept.map((one) => {
      const ack = this.#acks.get(`${one.fromMe}_${one.chat}_${one.id}`)
      return ack === undefined ? one : { ...one, attributes: { ...one.attributes, ack } }
    })
    const { account, lids: lidsOf, paired, ref } = this
    await this.tell({ t: 'sync', account, lidsOf, paired, ref, messages })
  }

  async #bring(kept: readonly Kept[]): Promise<void> {
    this.#kept.push(...kept)
    // A page that is still loading gets them with everything else and tells the library nothing.
    if (this.#line) await this.tell(...kept.map((one) => ({ t: 'message', ...one })))
  }

  #take(sent: SentByPage): void {
    this.sent.push(sent)
    const { id, stanza, chat, at: t, type, body, caption } = sent
    const kept = { chat, fromMe: true, id: stanza, attributes: { t, type, body, caption, ack: 0 } }
    this.#kept.push(
      sent.media === undefined
        ? kept
        : { ...kept, media: { mimetype: sent.media.mimetype, size: 1, data: sent.media.data } },
    )
    for (const [step, ack] of this.acks.entries()) {
      setTimeout(() => void this.acknowledge(id, ack), this.ackAfter * (step + 1))
    }
  }

  async acknowledge(id: string, ack: number): Promise<void> {
    this.#acks.set(id, ack)
    await this.tell({ t: 'ack', id, ack })
  }
}

function keptOf(chat: string, fromMe: boolean, saying: Saying): Kept {
  const { text, file, author, name, quotes, at, id, attributes } = saying
  return {
    ...{ chat, fromMe, author, name, quotes },
    id: id ?? randomBytes(16).toString('hex').toUpperCase(),
    attributes: {
      t: at ?? Math.floor(Date.now() / 1000),
      ...(text === undefined ? {} : file ? { caption: text } : { body: text }),
      ...(file ? { type: file.type } : {}),
      ...attributes,
    },
    ...(file
      ? {
          media: {
            ...{ mimetype: file.mimetype, name: file.name, late: file.late, gone: file.gone },
            ...{ size: file.bytes.length, data: file.bytes.toString('base64') },
          },
        }
      : {}),
  }
}

/** Lets pages of this browser meet the stand-in and nobody else; for `meets` of the channel. */
export function meeting(standIn: StandIn): (page: Page) => Promise<void> {
  return async (page) => {
    await page.setRequestInterception(true)
    page.on('request', (request) => {
      const url = new URL(request.url())
      const file = url.hostname === 'web.whatsapp.com' ? pageFile(url.pathname) : undefined
      const answer = file
        ? request.respond({ status: 200, contentType: file.type, body: file.body })
        : request.abort('blockedbyclient')
      answer.catch(() => undefined)
    })
    const line: Line = async (commands) => {
      await page.evaluate((all) => {
        // The page's own function; there is no window where this is compiled.
        const { standinHear } = globalThis as unknown as { standinHear: (all: unknown) => void }
        standinHear(all)
      }, commands)
    }
    await page.exposeFunction('standinTell', async (text: string) => {
      const said: Command = JSON.parse(text)
      if (said.t === 'hello') standIn.attach(line)
      await standIn.hear(said)
    })
    page.on('close', () => standIn.detach(line))
    page.on('error', () => standIn.detach(line))
    page.browser().on('disconnected', () => standIn.detach(line))
  }
}
