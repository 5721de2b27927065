/** What staff press in the chat. The row of the message is the key of the form: pressed twice, it acts once. */
import { showReference } from '../core/reference.ts'
import { outcomes } from '../core/request.ts'
import { Failure } from '../failure.ts'
import { acknowledgeAlert } from '../store/alert.ts'
import { isId } from '../store/request.ts'
import type { StaffChat } from '../store/staff-chat.ts'
import { type ChatMessage, findChatMessage, forgetText, takeAwaySaid } from '../store/staff-chat-message.ts'
import { answerRequest, closeRequest } from '../turn/act.ts'
import { isDone, loadForAct } from '../turn/act-load.ts'
import { goAway, morningIn } from './away.ts'
import { take } from './command.ts'
import type { DeskParts } from './parts.ts'
import { requestNamed, type Shown, sayTo } from './shown.ts'
import type { Heard } from './update.ts'

type Pressed = Extract<Heard, { kind: 'pressed' }>

/** Fails as the acts do; the failure is told in the chat. What no button of ours says is nothing. */
export async function hearPress(parts: DeskParts, link: StaffChat, pressed: Pressed): Promise<void> {
  const [what, id = '', more = ''] = pressed.data.split(':')
  if (!isId(id)) return
  if (what === 't') return take(parts, link, await requestNamed(parts.prisma, link.staff, { id }))
  if (what === 'v') return seeAlert(parts, link, pressed, id)
  const kept = await findChatMessage(parts, link.id, { id })
  if (!kept) return
  if (what === 'o' && kept.purpose === 'off') {
    const days = Number(more)
    if ([1, 3, 7].includes(days)) await goAway(parts, link, id, morningIn(days, parts.clock.now()))
    return
  }
  if (kept.request === undefined) return
  const it = await requestNamed(parts.prisma, link.staff, { id: kept.request })
  if (what === 's' && kept.purpose === 'answer') await send(parts, link, kept, it)
  if (what === 'x' && kept.purpose === 'answer') await giveUp(parts, link, kept, it)
  if (what === 'c' && kept.purpose === 'close') await close(parts, link, { kept, it, outcome: Number(more) })
}

/**
 * Fails with `request:answered_meanwhile` when anything was answered since the words were shown back, by whomever: also by
 * the writer, in the console. The words leave the chat as soon as they are on their way.
 */
async function send(parts: DeskParts, link: StaffChat, kept: ChatMessage, it: Shown): Promise<void> {
  const { staff } = link
  if (kept.text === undefined) return
  const act = { staff, request: it.id, form: kept.id }
  if (!(await isDone(parts.prisma, it.id, kept.id))) {
    const { saidLast } = await loadForAct(parts.prisma, staff, it.id)
    if (saidLast?.id !== kept.seen) throw new Failure('request:answered_meanwhile', { request: it.id })
    await answerRequest(parts.desk, act, { text: kept.text, seen: kept.seen })
  }
  await clear(parts, link, kept, it, 'sent')
}

async function giveUp(parts: DeskParts, link: StaffChat, kept: ChatMessage, it: Shown): Promise<void> {
  if (kept.text !== undefined) await clear(parts, link, kept, it, 'cancelled')
}

async function clear(
  { prisma, clock, voice, locales }: DeskParts,
  link: StaffChat,
  kept: ChatMessage,
  it: Shown,
  how: 'sent' | 'cancelled',
): Promise<void> {
  await forgetText(prisma, kept.id)
  await takeAwaySaid(prisma, link.id, it.id, clock.now())
  const text = sayTo(locales, link.staff)(how, { reference: showReference(it.reference) })
  if (kept.message !== undefined) await voice.edit(link.chat, kept.message, { text })
}

async function close(
  { desk, voice, locales }: DeskParts,
  link: StaffChat,
  { kept, it, outcome }: { readonly kept: ChatMessage; readonly it: Shown; readonly outcome: number },
): Promise<void> {
  const end = outcomes[outcome]
  if (!end) return
  await closeRequest(desk, { staff: link.staff, request: it.id, form: kept.id }, { outcome: end })
  const say = sayTo(locales, link.staff)
  const told = { reference: showReference(it.reference), outcome: say(`console.outcome.${end}`) }
  if (kept.message !== undefined) await voice.edit(link.chat, kept.message, { text: say('closed', told) })
}

/** Of the alert nothing is known here but its number; whoever was not told of it has seen nothing. */
async function seeAlert(parts: DeskParts, link: StaffChat, pressed: Pressed, alert: string): Promise<void> {
  const { prisma, clock, desk, voice, locales } = parts
  const told = await acknowledgeAlert(prisma, { id: alert }, link.staff.id, clock.now())
  if (told.length === 0) return
  desk.passOn({ outgoing: new Map(), hints: new Set(told.map((id) => `alert-${id}`)) })
  const text = sayTo(locales, link.staff)('alert_seen', { address: parts.console })
  await voice.edit(link.chat, pressed.message, { text })
}
