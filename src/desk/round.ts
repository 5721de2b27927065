/** What the desk in chat does of itself: tells what is due, warns before a link ends, and takes words away again. */
import { Failure } from '../failure.ts'
import { chatsToWarn, endChat, listChats, type StaffChat } from '../store/staff-chat.ts'
import {
  claimChatMessages,
  closeChats,
  type DueMessage,
  dueDeletions,
  findChatMessage,
  markGone,
  queueChatMessages,
  settleChatMessage,
} from '../store/staff-chat-message.ts'
import { takeButton } from './command.ts'
import { gatherNews } from './news.ts'
import type { DeskParts, Written } from './parts.ts'
import { lineOf, requestNamed, sayTo } from './shown.ts'

const atOnce = 50

/** One round; one process at a time. */
export async function deskRound(parts: DeskParts): Promise<void> {
  const { pool, prisma, clock } = parts
  await takeWordsAway(parts)
  await gatherNews(parts)
  const warned = await chatsToWarn(prisma, clock.now())
  const sendAt = clock.now()
  await queueChatMessages(
    prisma,
    clock,
    warned.map((chat) => ({ chat, purpose: 'warning', sendAt })),
  )
  const due = await claimChatMessages(pool, clock.now(), atOnce)
  const chats = due.length === 0 ? [] : await listChats(parts, clock.now())
  for (const one of due)
    await tell(
      parts,
      one,
      chats.find(({ id }) => id === one.chat),
    )
  await closeChats(parts, clock.now())
}

/** What Telegram does not find any more is gone as well. */
async function takeWordsAway(parts: DeskParts): Promise<void> {
  const { prisma, clock, voice, log } = parts
  for (const { id, chat, message } of await dueDeletions(parts, clock.now(), atOnce)) {
    try {
      await voice.remove(chat, message)
    } catch (error) {
      const passing = !(error instanceof Failure) || error.trouble.retry || error.trouble.ours
      log.error('words could not be taken away from a chat', error, { again: passing })
      if (passing) continue
    }
    await markGone(prisma, id)
  }
}

async function tell(parts: DeskParts, due: DueMessage, link: StaffChat | undefined): Promise<void> {
  const { prisma, voice, log } = parts
  const written = link && (await wordsOf(parts, due, link))
  if (!link || !written) {
    await settleChatMessage(prisma, due.id, 'dropped')
    return
  }
  try {
    const message = await voice.say(link.chat, written)
    await settleChatMessage(prisma, due.id, { message })
  } catch (error) {
    // Told again by a later round, unless Telegram will never take it.
    log.error('staff could not be told in a chat', error, { purpose: due.purpose })
    if (error instanceof Failure && error.code === 'channel:blocked') await endChat(prisma, link.id)
    if (error instanceof Failure && error.code === 'channel:refused') {
      await settleChatMessage(prisma, due.id, 'dropped')
    }
  }
}

/** Undefined for what is not worth telling any more: it is over, taken by a colleague, or not for a chat. */
async function wordsOf(
  parts: DeskParts,
  due: DueMessage,
  { id: chat, staff }: StaffChat,
): Promise<Written | undefined> {
  const { prisma, locales } = parts
  const say = sayTo(locales, staff)
  if (due.purpose === 'trial') {
    const text = (await findChatMessage(parts, chat, { id: due.id }))?.text
    return text === undefined ? undefined : { text }
  }
  if (due.purpose === 'warning') return { text: say('ends_soon', { address: parts.console }) }
  if (due.purpose === 'alert') {
    const alert = await prisma.alert.findFirst({ where: { id: due.alert ?? '', endedAt: null } })
    if (!alert) return undefined
    const buttons = [[{ text: say('see_alert'), data: `v:${alert.id}` }]]
    return { text: say('alert', { address: parts.console }), buttons }
  }
  const it = await findNamed(parts, staff, due.request ?? '')
  if (!it || it.state === 'closed' || (it.owner !== undefined && it.owner !== staff.id)) return undefined
  return {
    text: say(it.owner === undefined ? 'notice' : 'notice_own', {
      line: lineOf(say, staff, it),
      reference: it.reference,
    }),
    buttons: it.owner === undefined ? [[takeButton(say, it)]] : undefined,
  }
}

async function findNamed({ prisma }: DeskParts, staff: StaffChat['staff'], id: string) {
  try {
    return await requestNamed(prisma, staff, { id })
  } catch (error) {
    if (error instanceof Failure && error.code === 'request:not_found') return undefined
    throw error
  }
}
