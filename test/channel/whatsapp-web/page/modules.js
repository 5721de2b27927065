/** What `window.require` gives the library, module by module. */
import { Collection, Emitter, hidden, Model } from './models.js'
import { addMessage, Chat, Contact, createWid, ensureChat, lids, Msg, MsgKey, me } from './store.js'
import { tell } from './wire.js'

export const Socket = new Model({ state: 'OPENING', hasSynced: false })
Socket.logout = async () => tell({ t: 'logout' })
Socket.takeover = () => Socket.set({ state: 'CONNECTED' })
const hear = Socket.on
/** A listener that comes after the sync still hears of it. */
Socket.on = function (name, listener) {
  if (name === 'change:hasSynced' && this.hasSynced) setTimeout(() => listener(this, true), 0)
  return hear.call(this, name, listener)
}

export const Cmd = Object.assign(new Emitter(), { refreshQR() {} })
export const Conn = new Model({ ref: '1@standin', pushname: 'Stand-in', platform: 'android' })

/** The library looks for the map inside and hears of calls by what is put into it. */
export const calls = new Map()

class OpaqueData {
  static async createFromData(blob, mimetype) {
    const made = new OpaqueData()
    made.blob = blob
    made.type = mimetype ?? blob.type
    return made
  }
  get size() {
    return this.blob.size
  }
  url() {
    return 'blob:standin'
  }
  autorelease() {}
  formData() {
    return this.blob
  }
}

function mediaType(mime, { asDocument, isPtt }) {
  if (asDocument) return 'document'
  if (mime.startsWith('image/')) return 'image'
  if (mime.startsWith('audio/')) return isPtt ? 'ptt' : 'audio'
  return mime.startsWith('video/') ? 'video' : 'document'
}

function prepare(opaque, wanted) {
  return {
    async waitForPrep() {
      const data = {
        type: mediaType(opaque.type, wanted),
        mimetype: opaque.type,
        mediaBlob: opaque,
        filehash: crypto.randomUUID(),
        size: opaque.size,
        filename: opaque.blob.name,
      }
      hidden(data, 'set', (more) => Object.assign(data, more))
      hidden(data, 'toJSON', () => {
        const { mediaBlob: _blob, ...rest } = data
        return rest
      })
      return data
    },
  }
}

async function inBase64(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

function send(chat, message) {
  const { mediaBlob, mediaObject: _object, toJSON: _json, set: _set, ...attributes } = message
  const made = addMessage(chat, attributes)
  const sent = (async () => {
    const file = mediaBlob?.blob
    await tell({
      t: 'sent',
      id: made.id._serialized,
      stanza: made.id.id,
      chat: chat.id._serialized,
      at: made.t,
      type: made.type,
      body: made.body,
      caption: made.caption,
      ...(file ? { media: { mimetype: made.mimetype, name: file.name, data: await inBase64(file) } } : {}),
    })
    return { messageSendResult: 'OK', t: made.t }
  })()
  return [Promise.resolve(made), sent]
}

async function download({ directPath }) {
  const message = Msg.getModelsArray().find((one) => one.directPath === directPath)
  if (!message?.media || message.media.gone) throw Object.assign(new Error('gone'), { status: 404 })
  return Uint8Array.from(atob(message.media.data), (letter) => letter.charCodeAt(0)).buffer
}

const mediaObjects = new Map()
function mediaObject(hash) {
  const made = mediaObjects.get(hash) ?? { filehash: hash, contentInfo: {}, consolidate() {} }
  mediaObjects.set(hash, made)
  return made
}

const nothing = () => undefined
const phoneOf = (wid) => (lids.has(String(wid)) ? createWid(lids.get(String(wid))) : undefined)
function lidOf(wid) {
  for (const [lid, phone] of lids) if (phone === String(wid)) return createWid(lid)
  return undefined
}
const chatState = (state) => async (wid) => tell({ t: 'chatstate', state, chat: String(wid) })

export const modules = {
  WAWebSocketModel: { Socket },
  WAWebCmd: { Cmd },
  WAWebConnModel: { Conn },
  WAWebOfflineHandler: { OfflineMessageHandler: { getOfflineDeliveryProgress: () => 100 } },
  WAWebAltDeviceLinkingApi: { setPairingType: nothing, initializeAltDeviceLinking: async () => {} },
  WABase64: { encodeB64: (bytes) => btoa(String.fromCharCode(...bytes)) },
  WAWebCompanionRegClientUtils: { DEVICE_PLATFORM: '1' },
  WAWebAdvSignatureApi: {},
  WAWebUserPrefsInfoStore: {
    waNoiseInfo: { get: async () => ({ staticKeyPair: { pubKey: new Uint8Array(32) } }) },
  },
  WAWebSignalStoreApi: {
    waSignalStore: { getRegistrationInfo: async () => ({ identityKeyPair: { pubKey: new Uint8Array(32) } }) },
  },
  WAWebUserPrefsMultiDevice: { getADVSecretKey: () => 'c2VjcmV0' },
  WAWebUserPrefsMeUser: { getMaybeMePnUser: () => me.pn, getMaybeMeLidUser: () => me.lid },
  WAWebMiscBrowserUtils: { info: () => ({ os: 'standin', name: 'standin' }) },
  WAWebBackendJobsCommon: {},
  WAWebE2EProtoUtils: {},
  WAWebSyncGatingUtils: {},
  WAWebCallCollection: { on: nothing, calls },
  WAWap: {
    wap: (tag, attributes, children) => ({ tag, attributes, children }),
    generateId: () => 'standin.1',
  },
  WADeprecatedSendIq: { deprecatedCastStanza: async (stanza) => tell({ t: 'stanza', stanza }) },
  WAWebNonMessageDataRequestPlaceholderMessageResendUtils: { handlePlaceholderMsgsSeen: nothing },
  WAWebAddonReactionTableMode: { reactionTableMode: { bulkUpsert: nothing } },
  WAWebAddonPollVoteTableMode: { pollVoteTableMode: { bulkUpsert: nothing } },
  WAWebCollections: {
    ...{ Msg, Chat, Contact },
    Blocklist: new Collection(),
    BusinessProfile: new Collection(() => ({})),
    GroupMetadata: { update: async () => tell({ t: 'asked', what: 'group' }) },
    WAWebNewsletterCollection: new Collection(),
  },
  WAWebWidFactory: { createWid, createWidFromWidLike: createWid, asUserWidOrThrow: createWid },
  WAWebMsgKey: MsgKey,
  WAWebChatGetters: {
    getIsNewsletter: (chat) => chat.id.isNewsletter(),
    getIsBroadcast: (chat) => chat.id.isBroadcast(),
  },
  WAWebApiContact: { getCurrentLid: lidOf, getPhoneNumber: phoneOf, getAlternateUserWid: nothing },
  WAWebLidMigrationUtils: { toPn: phoneOf },
  WAWebQueryExistsJob: {
    queryWidExists: async (wid) => {
      await tell({ t: 'asked', what: 'wid' })
      return { wid }
    },
  },
  WALinkify: { findLink: nothing, findLinks: () => [] },
  WAWebGetEphemeralFieldsMsgActionsUtils: { getEphemeralFields: () => ({}) },
  WAWebFindChatAction: {
    findOrCreateLatestChat: async (wid) => ({ chat: wid.user.startsWith('404') ? null : ensureChat(wid) }),
  },
  WAWebChatLoadMessages: { loadEarlierMsgs: async () => [] },
  WAWebStreamModel: { Stream: { markAvailable: nothing, markUnavailable: nothing } },
  WAWebUpdateUnreadChatAction: { sendSeen: async ({ chat }) => tell({ t: 'seen', chat: String(chat.id) }) },
  WAWebChatStateBridge: {
    sendChatStateComposing: chatState('composing'),
    sendChatStateRecording: chatState('recording'),
    sendChatStatePaused: chatState('paused'),
  },
  WAWebPresenceChatAction: { sendPresenceAvailable: async () => {}, sendPresenceUnavailable: async () => {} },
  WAWebMsgReply: { canReplyMsg: () => true },
  WAWebSendMsgChatAction: { addAndSendMsgToChat: send },
  WAWebDownloadManager: { downloadManager: { downloadAndMaybeDecrypt: download } },
  WAWebMediaOpaqueData: OpaqueData,
  WAWebPrepRawMedia: { prepRawMedia: prepare },
  WAWebMediaStorage: { getOrCreateMediaObject: mediaObject },
  WAWebMmsMediaTypes: { msgToMediaType: ({ type }) => type, castToV4: (type) => type },
  WAWebMediaDataUtils: { shouldUseMediaCache: () => false },
  WAWebMediaInMemoryBlobCache: { InMemoryMediaBlobCache: { put: nothing } },
  WAWebMediaMmsV4Upload: {
    uploadMedia: async () => ({
      mediaEntry: {
        ...{ mmsUrl: 'https://standin/', mediaKey: 'a2V5', mediaKeyTimestamp: 1 },
        ...{ directPath: `/standin/up/${crypto.randomUUID()}`, encFilehash: 'ZW5j', uploadHash: 'dXA=' },
      },
    }),
  },
}
