/**
 * The chats in which staff work, each linked to an account by a code from the console. A link ends after thirty days,
 * with the account, and when its owner signs out everywhere.
 */
import type { Staff } from '../core/staff.ts'
import type { Clock } from '../world.ts'
import type { Database } from './database.ts'
import { type Keys, placeOf } from './encryption.ts'
import { staffOf, staffSelect } from './staff.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

const day = 24 * 60 * 60_000
const lasts = 30 * day
const codeLasts = 10 * 60_000
/** Without letters and digits that look alike. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** A link with the chat's own number, as the bot needs it. */
export type StaffChat = { readonly id: string; readonly staff: Staff; readonly chat: number }

/** A fresh code for somebody, shown once: `K7QP-3WXM`. An older one is worth nothing from here on. */
export async function makeChatCode({ prisma, keys }: Part, staff: string, clock: Clock): Promise<string> {
  const code = Array.from({ length: 8 }, () => letters[clock.dice(letters.length)]).join('')
  const row = { codeHash: hashOf(keys, 'code', code), expiresAt: new Date(clock.now().getTime() + codeLasts) }
  await prisma.staffChatCode.upsert({
    where: { staffId: staff },
    create: { staffId: staff, ...row },
    update: row,
  })
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

/** The letters of a code in what somebody wrote, or undefined when it is none. */
export function readCode(text: string): string | undefined {
  const code = text.toUpperCase().replace(/[\s-]/g, '')
  return code.length === 8 && [...code].every((letter) => letters.includes(letter)) ? code : undefined
}

/** Spends a code and links the chat to its owner, instead of whatever either was linked to before. */
export async function linkChat(
  part: Part,
  it: { readonly chat: number; readonly code: string },
  clock: Clock,
): Promise<StaffChat | undefined> {
  const { prisma, keys } = part
  const now = clock.now()
  const where = { codeHash: hashOf(keys, 'code', it.code), expiresAt: { gt: now } }
  const found = await prisma.staffChatCode.findFirst({ where })
  const staff = found && (await findActive(prisma, found.staffId))
  // Of two who send the same code at once only one deletes it.
  if (!found || !staff || (await prisma.staffChatCode.deleteMany({ where })).count === 0) return undefined
  const id = clock.id()
  const key = keys.make('staff', clock.id(), now)
  const chatHash = hashOf(keys, 'chat', String(it.chat))
  const chatEnc = bytes(keys.encrypt(key.id, placeOf('staff_chat', 'chat_enc', id), String(it.chat)))
  const { wrapped, wrap_id: wrapId } = key.row.plain
  await prisma.$transaction([
    prisma.staffChat.updateMany({
      where: { endedAt: null, OR: [{ staffId: staff.id }, { chatHash }] },
      data: { endsAt: over },
    }),
    prisma.subjectKey.create({
      // As `make` has wrapped it.
      data: {
        id: key.id,
        subject: 'staff',
        wrapped: bytes(wrapped as Buffer),
        wrapId: Number(wrapId),
        createdAt: now,
      },
    }),
    prisma.staffChat.create({
      data: {
        ...{ id, staffId: staff.id, chatHash, chatEnc, keyId: key.id, linkedAt: now },
        endsAt: new Date(now.getTime() + lasts),
      },
    }),
  ])
  return { id, staff, chat: it.chat }
}

/** Who works in this chat, while the link lasts and the account is open. */
export async function findChat(
  { prisma, keys }: Part,
  chat: number,
  now: Date,
): Promise<StaffChat | undefined> {
  const row = await prisma.staffChat.findFirst({
    where: { chatHash: hashOf(keys, 'chat', String(chat)), endedAt: null, endsAt: { gt: now } },
  })
  const staff = row && (await findActive(prisma, row.staffId))
  return row && staff ? { id: row.id, staff, chat } : undefined
}

/** The links that hold, of some staff or of all. */
export async function listChats(
  { prisma, keys }: Part,
  now: Date,
  staff?: readonly string[],
): Promise<readonly StaffChat[]> {
  const rows = await prisma.staffChat.findMany({
    where: { endedAt: null, endsAt: { gt: now }, ...(staff ? { staffId: { in: [...staff] } } : {}) },
  })
  if (rows.length === 0) return []
  await keys.load(rows.map(({ keyId }) => keyId))
  const people = await prisma.staff.findMany({
    where: { id: { in: rows.map(({ staffId }) => staffId) }, active: true },
    select: staffSelect,
  })
  return rows.flatMap((row) => {
    const person = people.find(({ id }) => id === row.staffId)
    const chat = chatOf(keys, row)
    return person && chat !== undefined ? { id: row.id, staff: staffOf(person), chat } : []
  })
}

/** Until when somebody's chat is linked; undefined while none is. */
export async function chatLastsUntil(
  prisma: Database['prisma'],
  staff: string,
  now: Date,
): Promise<Date | undefined> {
  const row = await prisma.staffChat.findFirst({
    where: { staffId: staff, endedAt: null, endsAt: { gt: now } },
    select: { endsAt: true },
  })
  return row?.endsAt
}

/** Any moment that is long past. */
const over = new Date(0)

/** Ends whatever chat somebody works in; a round takes away what stands there (staff-chat-message.ts). */
export function endStaffChats(prisma: Pick<Database['prisma'], 'staffChat'>, staff: string) {
  return prisma.staffChat.updateMany({ where: { staffId: staff, endedAt: null }, data: { endsAt: over } })
}

/** Ends one chat: its owner has blocked the bot. */
export async function endChat(prisma: Database['prisma'], id: string): Promise<void> {
  await prisma.staffChat.updateMany({ where: { id, endedAt: null }, data: { endsAt: over } })
}

/** Links that end within a day and whose owners were not told yet; they count as told from here on. */
export async function chatsToWarn(prisma: Database['prisma'], now: Date): Promise<readonly string[]> {
  const soon = { gt: now, lte: new Date(now.getTime() + day) }
  const rows = await prisma.staffChat.findMany({
    where: { endedAt: null, endsAt: soon, warnedAt: null },
    select: { id: true },
  })
  const ids = rows.map(({ id }) => id)
  if (ids.length > 0)
    await prisma.staffChat.updateMany({ where: { id: { in: ids } }, data: { warnedAt: now } })
  return ids
}

/** The number of a chat; undefined once its key was erased. */
export function chatOf(
  keys: Keys,
  row: { readonly id: string; readonly keyId: string; readonly chatEnc: Uint8Array },
): number | undefined {
  const chat = keys.read(row.keyId, placeOf('staff_chat', 'chat_enc', row.id), row.chatEnc)
  return chat === undefined ? undefined : Number(chat)
}

async function findActive(prisma: Database['prisma'], id: string): Promise<Staff | undefined> {
  const row = await prisma.staff.findUnique({ where: { id, active: true }, select: staffSelect })
  return row ? staffOf(row) : undefined
}

function hashOf(keys: Keys, what: 'code' | 'chat', value: string): Uint8Array<ArrayBuffer> {
  return bytes(keys.hash('who', `staff_${what}|${value}`))
}

/** Prisma wants bytes that lie in a buffer of their own. */
function bytes(buffer: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer)
}
