/** One person of the Bot API stand-in: writes, presses, speaks and blocks, and sees what the bot sends. */
import { ApiError, type Button, type Deliver, type Seen } from './bot-api-shape.ts'

/** Where a person's files and presses are kept. */
export type Desk = { keepFile(bytes: Buffer): string; newPress(): string }

/** One person in a private chat with the bot. */
export class Person {
  readonly id: number
  readonly name: string
  /** What stands in the chat from the bot, oldest first, edits applied. */
  readonly seen: Seen[] = []
  began = false
  blocking = false
  readonly #desk: Desk
  readonly #deliver: Deliver
  readonly #waiting = new Set<() => void>()
  #nextMessage = 1
  #clock: number

  /** `since`: the second at which their first message is dated; each later one is a second younger. */
  constructor(id: number, name: string, desk: Desk, deliver: Deliver, since: number) {
    this.id = id
    this.#clock = since
    this.name = name
    this.#desk = desk
    this.#deliver = deliver
  }

  says(text: string, options: { readonly quotes?: number } = {}): number {
    const quoted = options.quotes === undefined ? {} : { reply_to_message: this.#envelope(options.quotes) }
    return this.#writes({ text, ...quoted })
  }

  edits(id: number, text: string): void {
    this.#deliver({ edited_message: { ...this.#envelope(id), edit_date: this.#clock++, text } })
  }

  sendsVoice(bytes: Buffer, seconds = 4): number {
    const file_id = this.#desk.keepFile(bytes)
    const voice = { file_id, file_unique_id: `u-${file_id}`, duration: seconds, mime_type: 'audio/ogg' }
    return this.#writes({ voice: { ...voice, file_size: bytes.length } })
  }

  sendsPhoto(bytes: Buffer, caption?: string): number {
    const sizes = [90, 320, 1280].map((width) => ({
      file_id: this.#desk.keepFile(bytes),
      width,
      height: width,
    }))
    return this.#writes({ photo: sizes, caption })
  }

  sendsLocation(latitude: number, longitude: number): number {
    return this.#writes({ location: { latitude, longitude } })
  }

  sendsContact(phone_number: string, own: boolean): number {
    return this.#writes({
      contact: { phone_number, first_name: this.name, user_id: own ? this.id : this.id + 1 },
    })
  }

  /** Presses the button with this label (or whose label begins so) of the newest message that has one. */
  presses(label: string): string {
    for (const message of [...this.seen].reverse()) {
      const button = message.buttons.find((it) => it.text.startsWith(label))
      if (button) return this.pressesData(message.id, button.callback_data ?? '')
    }
    throw new Error(`No button ${label} in the chat`)
  }

  pressesData(message: number, data: string): string {
    const id = this.#desk.newPress()
    this.#deliver({ callback_query: { id, from: this.#user(), message: this.#envelope(message), data } })
    return id
  }

  blocks(): void {
    this.blocking = true
    this.#member('kicked')
  }

  unblocks(): void {
    this.blocking = false
    this.#member('member')
  }

  /** Resolves when the bot has shown this many messages in the chat. */
  async sees(count: number, milliseconds = 5000): Promise<readonly Seen[]> {
    const until = performance.now() + milliseconds
    while (this.seen.length < count) {
      const left = until - performance.now()
      if (left <= 0) throw new Error(`The chat shows ${this.seen.length} messages, not ${count}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        this.#waiting.add(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
    return this.seen
  }

  show(message: Omit<Seen, 'id'>): unknown {
    const seen = { id: this.#nextMessage++, ...message }
    this.seen.push(seen)
    for (const wake of this.#waiting) wake()
    this.#waiting.clear()
    return { ...this.#envelope(seen.id), text: seen.text }
  }

  edit(id: number, text: string, buttons: readonly Button[]): unknown {
    const index = this.seen.findIndex((it) => it.id === id)
    if (index < 0) throw new ApiError(400, 'Bad Request: message to edit not found')
    if (this.seen[index]?.text === text) throw new ApiError(400, 'Bad Request: message is not modified')
    this.seen[index] = { id, text, buttons }
    return { ...this.#envelope(id), text }
  }

  remove(id: number): true {
    const index = this.seen.findIndex((it) => it.id === id)
    if (index < 0) throw new ApiError(400, 'Bad Request: message to delete not found')
    this.seen.splice(index, 1)
    return true
  }

  #writes(content: Readonly<Record<string, unknown>>): number {
    this.began = true
    const id = this.#nextMessage++
    this.#deliver({ message: { ...this.#envelope(id), ...content } })
    return id
  }

  #member(status: string): void {
    const chat = { id: this.id, type: 'private' }
    this.#deliver({
      my_chat_member: {
        chat,
        from: this.#user(),
        date: this.#clock++,
        new_chat_member: { status, user: { id: 4242 } },
      },
    })
  }

  #envelope(message_id: number): Readonly<Record<string, unknown>> {
    const chat = { id: this.id, type: 'private', first_name: this.name }
    return { message_id, date: this.#clock++, chat, from: this.#user() }
  }

  #user(): Readonly<Record<string, unknown>> {
    return { id: this.id, is_bot: false, first_name: this.name }
  }
}
