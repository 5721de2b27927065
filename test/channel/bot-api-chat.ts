/** All chats of the Bot API stand-in: what the bot did to people, their files and presses. */
import { Person } from './bot-api-person.ts'
import { ApiError, type Deliver, keyboard, type Params, type Seen, textOf } from './bot-api-shape.ts'

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
  /** When people begin to write, in seconds; a program that lives by the real clock needs the present. */
  since = 1_772_442_000
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
    const person = new Person(id, name, this, this.#deliver, this.since)
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
      case 'leaveChat':
      case 'setMyCommands':
        return true
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
    const { name, bytes } = attached(params, media)
    if (media === 'voice' && bytes.toString('latin1', 0, 4) !== 'OggS') {
      throw new ApiError(400, 'Bad Request: a voice note is Ogg with Opus')
    }
    const text = params['caption'] === undefined ? '' : textOf(params['caption'], 1024)
    const seen = { text, buttons: keyboard(params), media, bytes, fileName: name }
    return this.#show(this.#chat(params), seen)
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

/** A file that came with the call: in its own part of the form, named by the field. */
function attached(params: Params, field: string): { readonly name: string; readonly bytes: Buffer } {
  const [, part = ''] = /^attach:\/\/(\w+)$/.exec(String(params[field] ?? '')) ?? []
  const file = params[part] as { name: string; bytes: Buffer } | undefined
  if (!file) throw new ApiError(400, `Bad Request: there is no ${field} in the request`)
  return file
}
