/**
 * The WhatsApp Cloud API as a channel: Meta calls our web hook, signed over the raw body; we call Meta to send and to
 * fetch files. One channel is one phone number.
 */
import type { Language } from '../core/language.ts'
import type { FileHandle, Incoming, Spoken } from '../core/message.ts'
import { Failure } from '../failure.ts'
import type { Clock } from '../world.ts'
import { carriedBytes } from './carry.ts'
import type { Channel, ChannelState, Ears, Hook, OpenFile, Sent, TemplateDesk } from './contract.ts'
import { sendParts } from './send-parts.ts'
import { Graph } from './whatsapp-cloud-graph.ts'
import { CloudHook, type HookedNumber } from './whatsapp-cloud-hook.ts'
import { readHook, type SaidValues } from './whatsapp-cloud-parse.ts'
import { type Part, partsOf, whatsappCloudAbilities, withFile } from './whatsapp-cloud-send.ts'
import { listTemplates, submitTemplate } from './whatsapp-cloud-template.ts'

export type CloudSecrets = {
  readonly token: string
  /** Signs what Meta brings. */
  readonly appSecret: string
  /** What Meta says once, when the hook is set. */
  readonly verifyToken: string
}

export type WhatsappCloudSettings = {
  /** Channel row id. */
  readonly id: string
  /** Meta's id of the phone number. */
  readonly phoneId: string
  /** Asked at each call: they can be changed while the number stands. */
  readonly secrets: () => CloudSecrets
  /** The business account, once it is known. */
  readonly business?: () => string | undefined
  /** The hook that it shares with other numbers; one of its own by default. */
  readonly hook?: CloudHook
  readonly apiRoot: string
  /** The word on the button that opens a list of choices. */
  readonly listButton: (language: Language) => string
  readonly clock: Clock
  /** Told of the limit of a day that Meta gives when it is asked. */
  readonly limited?: (limit: string) => void
  /** Told of each trouble while listening. */
  readonly noticed?: (failure: Failure) => void
}

const callLimit = 15_000
const fileLimit = 120_000
/** How long `close` lets a call go on before it is cut. */
const grace = 5_000
/** Read receipts under way at once; more are left out rather than in the way of answers. */
const attendedAtMost = 16
/** What comes later than this was written to nobody who waits. */
const fresh = 10 * 60_000

/** One phone number as a channel. Nothing is called before `start`. */
export function makeWhatsappCloud(settings: WhatsappCloudSettings): Channel {
  return new WhatsappCloud(settings)
}

class WhatsappCloud implements Channel {
  readonly kind = 'whatsapp_cloud'
  readonly abilities = whatsappCloudAbilities
  readonly id: string
  readonly hooks: readonly Hook[]
  readonly templates: TemplateDesk
  readonly perSecond = () => this.#perSecond
  readonly #settings: WhatsappCloudSettings
  readonly #graph: Graph
  #attended = 0
  #perSecond: number | undefined
  readonly #calling = new AbortController()
  readonly #pending = new Set<Promise<unknown>>()
  #ears: Ears | undefined
  #state: ChannelState = 'starting'

  constructor(settings: WhatsappCloudSettings) {
    this.id = settings.id
    this.#settings = settings
    const { apiRoot: root, phoneId, secrets, hook = new CloudHook() } = settings
    this.#graph = new Graph({ root, phoneId, token: () => secrets().token })
    const number: HookedNumber = {
      phoneId,
      appSecret: () => secrets().appSecret,
      verifyToken: () => secrets().verifyToken,
      take: (values) => this.#take(values),
    }
    hook.join(number)
    this.hooks = hook.hooks
    const business = settings.business ?? (() => undefined)
    this.templates = {
      business,
      list: () => this.#call(callLimit, (signal) => listTemplates(this.#graph, business(), signal)),
      submit: (one) =>
        this.#call(callLimit, (signal) => submitTemplate(this.#graph, business(), one, signal)),
    }
  }

  state(): ChannelState {
    return this.#state
  }

  /** Listens at once; whether the token is right is asked beside. */
  async start(ears: Ears): Promise<void> {
    this.#ears = ears
    void this.#call(callLimit, (signal) => this.#graph.check(signal)).then(
      ({ perSecond }) => {
        this.#perSecond = perSecond
        void this.#askLimit()
      },
      (error: unknown) => {
        if (error instanceof Failure) this.#settings.noticed?.(error)
      },
    )
  }

  /** Later changes are brought by the hook. */
  async #askLimit(): Promise<void> {
    const limit = await this.#call(callLimit, (signal) => this.#graph.dailyLimit(signal)).catch(
      () => undefined,
    )
    if (limit !== undefined) this.#settings.limited?.(limit)
  }

  async send(to: string, spoken: Spoken, open: OpenFile): Promise<Sent> {
    const bytes = await carriedBytes(spoken, this.abilities, open)
    const parts = partsOf(spoken, this.#settings.listButton(spoken.language))
    const send = async (part: Part) => {
      const body = bytes && part.file ? withFile(part.body, await this.#upload(part.file, bytes)) : part.body
      return this.#call(callLimit, (signal) => this.#graph.send(to, body, signal))
    }
    const externalId = await sendParts(parts, send, this.#calling.signal)
    return { externalId }
  }

  fetch(file: FileHandle, limit: number): Promise<Buffer> {
    return this.#call(fileLimit, (signal) => this.#graph.download(file.handle, limit, signal))
  }

  async close(): Promise<void> {
    this.#state = 'stopped'
    this.#ears = undefined
    const cut = setTimeout(() => this.#calling.abort(), grace)
    await Promise.allSettled(this.#pending)
    clearTimeout(cut)
    this.#calling.abort()
  }

  #upload({ mime, name, kind }: NonNullable<Part['file']>, bytes: Buffer): Promise<string> {
    const file = { bytes, mime, name: name ?? (kind === 'voice' ? 'voice.ogg' : kind) }
    return this.#call(fileLimit, (signal) => this.#graph.upload(file, signal))
  }

  /** False while nobody listens, so that Meta comes again. */
  async #take(values: SaidValues): Promise<boolean> {
    const { phoneId, clock } = this.#settings
    const ears = this.#ears
    if (!ears) return false
    if (this.#state === 'starting') this.#state = 'up'
    const { arrivals, reports, news } = readHook(values, { channel: this.id, phoneId, now: clock.now() })
    await this.#track(
      (async () => {
        if (arrivals.length > 0) await ears.arrived(arrivals)
        if (reports.length > 0) await ears.reported(reports)
        if (news.length > 0) await ears.told(news)
      })(),
    )
    for (const one of lastOfEach(arrivals)) this.#attend(one)
    return true
  }

  /** Two blue ticks and "is typing", beside the answer and never before it; Meta marks earlier messages with the last. */
  #attend({ externalId, sentAt, edit }: Incoming): void {
    const { clock } = this.#settings
    const late = clock.now().getTime() - sentAt.getTime() > fresh
    if (edit > 0 || late || this.#attended >= attendedAtMost) return
    this.#attended += 1
    void this.#call(callLimit, (signal) => this.#graph.attend(externalId, signal))
      // A tick that is missing harms nobody, and says nothing about the channel.
      .catch(() => {})
      .finally(() => {
        this.#attended -= 1
      })
  }

  async #call<T>(limit: number, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const signal = AbortSignal.any([this.#calling.signal, AbortSignal.timeout(limit)])
    try {
      const result = await this.#track(call(signal))
      this.#setState(undefined)
      return result
    } catch (error) {
      if (error instanceof Failure) this.#setState(error)
      throw error
    }
  }

  async #track<T>(work: Promise<T>): Promise<T> {
    this.#pending.add(work)
    try {
      return await work
    } finally {
      this.#pending.delete(work)
    }
  }

  /** A refusal of one message says nothing about the channel: Meta answered, so it is up. */
  #setState(failure: Failure | undefined): void {
    if (this.#state === 'stopped') return
    if (failure?.code === 'channel:unauthorized') this.#state = 'unauthorized'
    else if (failure?.code === 'channel:unreachable') this.#state = 'down'
    else this.#state = 'up'
  }
}

/** Of each person the last message that can be marked. */
function lastOfEach(arrivals: readonly Incoming[]): readonly Incoming[] {
  return [...new Map(arrivals.map((one) => [one.from, one])).values()]
}
