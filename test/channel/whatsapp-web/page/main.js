/**
 * Stands in for https://web.whatsapp.com/ so that the real library in a real browser can be tried. A module that it does
 * not offer is named in the error: after an upgrade of the library that says what is wanted besides.
 */

import { Model } from './models.js'
import { Cmd, Conn, calls, modules, Socket } from './modules.js'
import { addMessage, Contact, createWid, ensureChat, lids, Msg, MsgKey, me } from './store.js'
import { listen, tell } from './wire.js'

window.require = (name) => {
  if (name in modules) return modules[name]
  throw new Error(`standin: no module ${name}`)
}

const commands = {
  sync({ account, lidsOf, paired, ref, messages }) {
    me.pn = createWid(account)
    Conn.ref = ref
    for (const [lid, phone] of Object.entries(lidsOf)) lids.set(lid, phone)
    for (const message of messages) commands.message(message)
    if (paired) commands.pair()
    else Socket.set({ state: 'UNPAIRED' })
    // The library waits for this before it does anything.
    window.Debug = { VERSION: '2.3000.1-standin' }
  },
  pair() {
    Socket.set({ state: 'CONNECTED' })
    setTimeout(async () => {
      Socket.set({ hasSynced: true })
      await tell({ t: 'synced' })
    }, 20)
  },
  ref: ({ ref }) => Conn.set({ ref }),
  state: ({ state }) => Socket.set({ state }),
  lid: ({ lid, phone }) => lids.set(lid, phone),
  message({ chat: of, fromMe, id, author, name, media, quotes, unread, attributes }) {
    const chat = ensureChat(of)
    const participant = author && createWid(author)
    const made = addMessage(chat, {
      ...{ type: 'chat', body: '', notifyName: name, isNewMsg: true, ack: fromMe ? 1 : 0, ...attributes },
      id: new MsgKey({ fromMe, remote: chat.id, id, participant }),
      from: fromMe ? me.pn : chat.id,
      to: fromMe ? chat.id : me.pn,
      ...(participant ? { author: participant } : {}),
      ...(quotes ? { quotedStanzaID: quotes } : {}),
      ...(media
        ? {
            media,
            directPath: `/standin/${id}`,
            mimetype: media.mimetype,
            filename: media.name,
            size: media.size,
          }
        : {}),
    })
    if (!fromMe && unread !== false) chat.set({ unreadCount: chat.unreadCount + 1 })
    return made
  },
  ack: ({ id, ack }) => Msg.get(id)?.set({ ack }),
  revoke: ({ id }) => Msg.get(id)?.set({ type: 'revoked', body: '' }),
  edit: ({ id, body, at }) => Msg.get(id)?.set({ latestEditSenderTimestampMs: at, body }),
  decrypt: ({ id, body }) => Msg.get(id)?.set({ body, type: 'chat' }),
  again({ id }) {
    const message = Msg.get(id)
    if (message) Msg.trigger('add', message)
  },
  arrived: ({ id }) => {
    const { mediaData } = Msg.get(id)
    mediaData.mediaStage = 'NEED_POKE'
  },
  call({ id, from }) {
    const call = { id, peerJid: createWid(from), isVideo: false, isGroup: false, outgoing: false }
    calls.set(id, call)
  },
  reaction({ id, sender, emoji }) {
    const { reactionTableMode } = modules.WAWebAddonReactionTableMode
    const key = (of) => new MsgKey({ fromMe: false, remote: sender, id: of })
    reactionTableMode.bulkUpsert([
      {
        ...{ id: key(`R${id}`), reactionParentKey: MsgKey.read(id), author: createWid(sender) },
        ...{ reactionText: emoji, reactionTimestamp: Date.now() },
      },
    ])
  },
  contact: ({ id, name }) => Contact.add(new Model({ id: createWid(id), name })),
  /** Nothing of the page answers any more. */
  hang({ milliseconds }) {
    setTimeout(() => {
      const end = Date.now() + milliseconds
      while (Date.now() < end);
    }, 0)
  },
  logout() {
    Cmd.trigger('logout')
    setTimeout(() => location.assign('/?post_logout=1'), 50)
  },
}

await listen((said) => {
  const command = commands[said.t]
  if (!command) throw new Error(`standin: no command ${said.t}`)
  command(said)
})
await tell({ t: 'hello' })
