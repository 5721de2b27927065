/** The people of the Bot API stand-in: they write, press, speak and block, and see what the bot sends them. */

export type Params = Readonly<Record<string, unknown>>

/** What the stand-in answers instead of a result. */
export class ApiError extends Error {
  readonly code: number
  readonly retryAfter: number | undefined

  constructor(code: number, description: string, retryAfter?: number) {
    super(description)
    this.code = code
    this.retryAfter = retryAfter
  }
}

type Button = { readonly text: string; readonly callback_data?: string }
/** A message of the bot as the person sees it. */
export type Seen = {
  readonly id: number
  readonly text: string
  readonly buttons: readonly Button[]
  /** What it carries, when it is not text. */
  readonly media?: 'voice' | 'photo' | 'document'
}
type Deliver = (update: Readonly<Record<string, unknown>>) => void

/** All chats of the bot. */
export class Chats {
  readonly #deliver: Deliver
  readonly #people = new Map<number, Person>()
  readonly #files = new Map<string, Buffer>()
  /** Presses not answered yet, with the moment at which they expire. */
  readonly #presses = new Map<string, number>()
  #nextFile = 1
  #nextPress = 1
  /** How long a press can be answered, in milliseconds. */
  pressLives = 15_000
  answeredPresses = 0
  /** Messages that were really shown to somebody, over all chats. */
  shown = 0

  constructor(deliver: Deliver) {
    this.#deliver = deliver
  }

  /** Somebody with a chat of their own. They must write before the bot may. */
  person(id: number, name = 'Awa'): Person {
    const known = this.#people.get(id)
    if (known) return known
    const person = new Person(id, name, this, this.#deliver)
    this.#people.set(id, person)
    return person
  }

  keepFile(bytes: Buffer): string {
    const id = `file-${this.#nextFile++}`
    this.#files.set(id, bytes)
    return id
  }

  /** Telegram forgets files; this one is gone. */
  forgetFile(id: string): void {
    this.#files.set(id, Buffer.alloc(0))
  }

  fileAt(path: string): Buffer | undefined {
    const bytes = this.#files.get(path.replace('voice/', ''))
    return bytes && bytes.length > 0 ? bytes : undefined
  }

  newPress(): string {
    const id = `90071992547409${this.#nextPress++}`
    this.#presses.set(id, performance.now() + this.pressLives)
    return id
  }

  call(method: string, params: Params): unknown {
    switch (method) {
      case 'sendMessage':
        return this.#send(params, textOf(params['text'], 4096))
      case 'sendVoice':
      case 'sendPhoto':
      case 'sendDocument':
        return this.#sendMedia(method.slice(4).toLowerCase() as 'voice' | 'photo' | 'document', params)
      case 'editMessageText':
        return this.#chat(params).edit(
          Number(params['message_id']),
          textOf(params['text'], 4096),
          keyboard(params),
        )
      case 'deleteMessage':
        return this.#chat(params).remove(Number(params['message_id']))
      case 'sendChatAction':
        return this.#chat(params) !== undefined
      case 'answerCallbackQuery':
        return this.#answerPress(String(params['callback_query_id']))
      case 'getFile':
        return this.#getFile(String(params['file_id']))
      default:
        throw new ApiError(404, 'Not Found: method not found')
    }
  }

  #send(params: Params, text: string): unknown {
    return this.#show(this.#chat(params), { text, buttons: keyboard(params) })
  }

  #sendMedia(media: 'voice' | 'photo' | 'document', params: Params): unknown {
    if (!params[media]) throw new ApiError(400, `Bad Request: there is no ${media} in the request`)
    const text = params['caption'] === undefined ? '' : textOf(params['caption'], 1024)
    return this.#show(this.#chat(params), { text, buttons: keyboard(params), media })
  }

  #show(person: Person, seen: Omit<Seen, 'id'>): unknown {
    this.shown += 1
    return person.show(seen)
  }

  #chat(params: Params): Person {
    const person = this.#people.get(Number(params['chat_id']))
    if (!person?.began) throw new ApiError(400, 'Bad Request: chat not found')
    if (person.blocking) throw new ApiError(403, 'Forbidden: bot was blocked by the user')
    return person
  }

  #answerPress(id: string): true {
    const expires = this.#presses.get(id)
    this.#presses.delete(id)
    if (expires === undefined || expires < performance.now()) {
      throw new ApiError(
        400,
        'Bad Request: query is too old and response timeout expired or query ID is invalid',
      )
    }
    this.answeredPresses += 1
    return true
  }

  #getFile(id: string): unknown {
    const bytes = this.#files.get(id)
    if (!bytes) throw new ApiError(400, 'Bad Request: wrong file_id or the file is temporarily unavailable')
    if (bytes.length > 20 * 1024 * 1024) throw new ApiError(400, 'Bad Request: file is too big')
    const size = bytes.length > 0 ? bytes.length : undefined
    return { file_id: id, file_unique_id: `u-${id}`, file_size: size, file_path: `voice/${id}` }
  }
}

/** One person in a private chat with the bot. */
export class Person {
  readonly id: number
  readonly name: string
  /** What stands in the chat from the bot, oldest first, edits applied. */
  readonly seen: Seen[] = []
  began = false
  blocking = false
  readonly #chats: Chats
  readonly #deliver: Deliver
  readonly #waiting = new Set<() => void>()
  #nextMessage = 1
  #clock = 1_772_442_000

  constructor(id: number, name: string, chats: Chats, deliver: Deliver) {
    this.id = id
    this.name = name
    this.#chats = chats
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
    const file_id = this.#chats.keepFile(bytes)
    const voice = { file_id, file_unique_id: `u-${file_id}`, duration: seconds, mime_type: 'audio/ogg' }
    return this.#writes({ voice: { ...voice, file_size: bytes.length } })
  }

  sendsPhoto(bytes: Buffer, caption?: string): number {
    const sizes = [90, 320, 1280].map((width) => ({
      file_id: this.#chats.keepFile(bytes),
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
    const id = this.#chats.newPress()
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

function textOf(value: unknown, limit: number): string {
  const text = typeof value === 'string' ? value.trim() : ''
  if (text === '') throw new ApiError(400, 'Bad Request: message text is empty')
  if (text.length > limit) throw new ApiError(400, 'Bad Request: message is too long')
  return text
}

/** The buttons of a message; one wrong button refuses the whole message, as Telegram does. */
function keyboard(params: Params): readonly Button[] {
  const given = params['reply_markup']
  if (given === undefined) return []
  const markup = (typeof given === 'string' ? JSON.parse(given) : given) as { inline_keyboard?: Button[][] }
  const buttons = (markup.inline_keyboard ?? []).flat()
  for (const it of buttons) {
    const bytes = Buffer.byteLength(it.callback_data ?? '')
    if (bytes < 1 || bytes > 64) throw new ApiError(400, 'Bad Request: BUTTON_DATA_INVALID')
    if (it.text === '') throw new ApiError(400, 'Bad Request: text buttons are allowed in keyboard only')
  }
  return buttons
}
