/** Who and what the page knows: ids, contacts, chats, messages. */
import { Collection, hidden, Model } from './models.js'

export class Wid {
  constructor(user, server) {
    this.server = server
    this.user = user
    this._serialized = `${user}@${server}`
  }
  toString() {
    return this._serialized
  }
  toJid() {
    return this._serialized
  }
  isLid() {
    return this.server === 'lid'
  }
  isGroup() {
    return this.server === 'g.us'
  }
  isUser() {
    return ['c.us', 'lid'].includes(this.server)
  }
  isStatus() {
    return this._serialized === 'status@broadcast'
  }
  isBroadcast() {
    return this.server === 'broadcast'
  }
  isNewsletter() {
    return this.server === 'newsletter'
  }
}

export function createWid(id) {
  if (id instanceof Wid) return id
  const [user, server] = String(id?._serialized ?? id).split('@')
  return new Wid(user, server)
}

export class MsgKey {
  constructor({ from, to, id, participant, selfDir, fromMe = selfDir === 'out', remote }) {
    this.fromMe = fromMe
    this.remote = createWid(remote ?? (fromMe ? to : from))
    this.id = id
    if (participant) this.participant = createWid(participant)
    this._serialized = [fromMe, this.remote, id, participant].filter((part) => part != null).join('_')
  }

  static async newId() {
    const bytes = [...crypto.getRandomValues(new Uint8Array(9))]
    return `3EB0${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`.toUpperCase()
  }

  static read(text) {
    const [fromMe, remote, id, participant] = text.split('_')
    return new MsgKey({ fromMe: fromMe === 'true', remote, id, participant })
  }
}

export const me = {
  pn: createWid('10000000000@c.us'),
  lid: createWid('900000000000@lid'),
  pushname: 'Stand-in',
}

/** Hidden id -> phone id, both as texts. */
export const lids = new Map()

export const Contact = new Collection((id) => Contact.add(new Model({ id: createWid(id), type: 'in' })))

class ChatModel extends Model {
  constructor(id) {
    super({ id, formattedTitle: id.user, unreadCount: 0, t: 0, archive: false, mute: { expiration: 0 } })
    hidden(this, 'msgs', new Collection())
    if (id.isGroup()) hidden(this, 'groupMetadata', new Model({ id, participants: [], announce: false }))
  }

  serialize() {
    return { ...this, msgs: this.msgs.getModelsArray().map(() => 0) }
  }
}

export function ensureChat(id) {
  return Chat.get(createWid(id)) ?? Chat.add(new ChatModel(createWid(id)))
}
export const Chat = new Collection(ensureChat)

class MsgModel extends Model {
  constructor({ media, ...attributes }) {
    super({ ack: 0, isNewMsg: true, ...attributes })
    hidden(this, 'media', media)
    if (media) this.mediaData = { mediaStage: media.late ? 'REUPLOADING' : 'NEED_POKE' }
  }

  unsafe() {
    return this
  }

  canReply() {
    return true
  }

  msgContextInfo() {
    return { quotedMsg: { type: this.type, body: this.body }, quotedStanzaID: this.id.id }
  }

  async downloadMedia() {
    if (this.mediaData.mediaStage !== 'NEED_POKE') return
    this.mediaData.mediaStage = this.media?.gone ? 'ERROR_MISSING' : 'RESOLVED'
  }
}

export const Msg = Object.assign(new Collection(), {
  modelClass: MsgModel,
  getMessagesById: async (ids) => ({ messages: ids.map((id) => Msg.get(id)).filter(Boolean) }),
})

export function addMessage(chat, attributes) {
  const message = new MsgModel(attributes)
  // The chat has it before anybody hears of it.
  chat.msgs.models.set(message.id._serialized, message)
  chat.t = Math.max(chat.t, message.t)
  return Msg.add(message)
}
