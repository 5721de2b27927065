/** A desk in chat for tests: the stand-in of Telegram, a real office, and the bot between them. */
import { onTestFinished } from 'vitest'
import { referenceOf } from '../../src/core/reference.ts'
import { type RequestKind, requestKinds } from '../../src/core/request.ts'
import type { Role, Staff } from '../../src/core/staff.ts'
import { makeStaffBot } from '../../src/desk/bot.ts'
import { placeOf } from '../../src/store/encryption.ts'
import { makeChatCode } from '../../src/store/staff-chat.ts'
import { BotApi } from '../channel/bot-api.ts'
import type { Person } from '../channel/bot-api-person.ts'
import type { TestDatabase } from '../database.ts'
import { conversation, hire, type Office, openOffice } from '../turn/office.ts'

export const minute = 60_000

export async function openDesk(database: TestDatabase, webhook?: { secret: string }) {
  const office = await openOffice(database)
  const telegram = await BotApi.start()
  const bot = makeStaffBot({
    ...office.database,
    ...{ desk: office.desk, locales: conversation.locales, clock: office.clock, log: office.log, webhook },
    ...{ console: 'https://baro.example.org/console', token: telegram.token, apiRoot: telegram.root },
    pollSeconds: 1,
  })
  onTestFinished(async () => {
    await bot.close()
    await telegram.close()
    await office.close()
  })
  await bot.start()
  return { office, telegram, bot }
}

export type TestDesk = Awaited<ReturnType<typeof openDesk>>

let chats = 0

/** Somebody who works here, with a phone in which the bot is linked to their account. */
export async function linked(
  desk: TestDesk,
  name: string,
  roles: readonly Role[],
): Promise<{ readonly staff: Staff; readonly phone: Person }> {
  const staff = await hire(desk.office, name, roles)
  chats += 1
  const phone = desk.telegram.chats.person(9_000 + chats, name)
  phone.says(await makeChatCode(desk.office.database, staff.id, desk.office.clock))
  await phone.sees(1)
  return { staff, phone }
}

/** What the bot says after something was written or pressed, at least `count` messages of it. */
export async function sees(phone: Person, act: () => unknown, count = 1): Promise<readonly string[]> {
  const before = new Set(phone.seen.map(({ id }) => id))
  await act()
  const until = performance.now() + 15_000
  for (;;) {
    const fresh = phone.seen.filter(({ id }) => !before.has(id))
    if (fresh.length >= count) return fresh.map(({ text }) => text)
    if (performance.now() > until)
      throw new Error(`the chat shows ${fresh.length} more messages, not ${count}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Until something holds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 15_000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it never came to that')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

let references = 70_000

/** A request of somebody who wrote `text`, as a turn would leave it. */
export async function request(
  { office }: { readonly office: Office },
  from: string,
  text: string,
  more: {
    readonly kind?: RequestKind
    readonly owner?: string
    readonly shared?: boolean
    readonly priority?: number
  } = {},
) {
  const { prisma, keys } = office.database
  await office.says(from, text)
  const address = await addressOf(office, from)
  if (more.shared) await prisma.address.update({ where: { id: address.id }, data: { shared: true } })
  const { kind = 'request.info', owner = null } = more
  const { queue, visibility, priority } = requestKinds[kind]
  references += 1
  const [id, at] = [office.clock.id(), office.clock.now()]
  const reference = referenceOf(references)
  await keys.load([address.keyId])
  await prisma.request.create({
    data: {
      ...{ id, reference, kind, queue, visibility, priority: more.priority ?? priority, ownerId: owner },
      ...{ openedAt: at, lastHeardAt: at, dueAt: new Date(at.getTime() + 48 * 60 * minute) },
      ...{ addressId: address.id, keyId: address.keyId, language: 'fr' },
      textEnc: new Uint8Array(keys.encrypt(address.keyId, placeOf('request', 'text_enc', id), text)),
    },
  })
  await prisma.message.updateMany({
    where: { addressId: address.id, direction: 'in' },
    data: { requestId: id, visibility },
  })
  await prisma.event.create({
    data: {
      ...{ id: office.clock.id(), at, turnId: id, type: 'request_opened', by: 'person', visibility },
      ...{ requestId: id, addressId: address.id, facts: {} },
    },
  })
  return { id, reference, address: address.id }
}

async function addressOf({ database, channel }: Office, from: string) {
  const hash = database.keys.hash('address', `${channel.id}|${from}`)
  return database.prisma.address.findFirstOrThrow({ where: { externalHash: new Uint8Array(hash) } })
}
