/** What staff write to the bot: a command, or words in reply to a notice, which are an answer to its request. */

import { needResults } from '../core/need.ts'
import { showReference } from '../core/reference.ts'
import { outcomes } from '../core/request.ts'
import { Failure } from '../failure.ts'
import { endAbsences } from '../store/absence.ts'
import { writeReads } from '../store/access-log.ts'
import type { StaffChat } from '../store/staff-chat.ts'
import { findChatMessage, keepChatMessage } from '../store/staff-chat-message.ts'
import { takeRequest } from '../turn/act.ts'
import { loadForAct } from '../turn/act-load.ts'
import { awayUntil, dayAsked, goAway } from './away.ts'
import { type Button, type DeskParts, wordsStand } from './parts.ts'
import { lineOf, listShown, readShown, requestNamed, type Say, type Shown, sayTo } from './shown.ts'
import { type Heard, readCommand } from './update.ts'

type Wrote = Extract<Heard, { kind: 'wrote' }>
type Command = (
  parts: DeskParts,
  link: StaffChat,
  it: { readonly rest: string; readonly wrote: Wrote },
) => Promise<void>

const mostListed = 10

const commands: Readonly<Record<string, Command>> = {
  start: help,
  help,
  queue: (parts, link) => list(parts, link, 'queue'),
  mine: (parts, link) => list(parts, link, 'mine'),
  read,
  take: async (parts, link, { rest }) => take(parts, link, await named(parts, link, rest)),
  answer: async (parts, link, { rest, wrote }) => {
    const [, reference = '', text = ''] = /^([\d\s.-]{7,13}?\d)(?:\s+|$)([\s\S]*)$/.exec(rest) ?? []
    await draft(parts, link, { request: await named(parts, link, reference), text, wrote })
  },
  close,
  off: async (parts, link, { rest }) => {
    if (rest === '') return askAway(parts, link)
    const until = dayAsked(rest, parts.clock.now())
    if (!until) throw new Failure('form:invalid', { field: 'until' })
    await goAway(parts, link, parts.clock.id(), until)
  },
  back: async ({ prisma, clock, voice, locales }, { staff, chat }) => {
    const was = await endAbsences(prisma, staff.id, clock.now())
    await voice.say(chat, { text: sayTo(locales, staff)(was ? 'back' : 'not_away') })
  },
}

/** The commands in the order in which Telegram lists them. */
export const listedCommands = [
  'queue',
  'mine',
  'read',
  'take',
  'answer',
  'close',
  'off',
  'back',
  'help',
] as const

/** Fails as the acts do; the failure is told in the chat. */
export async function hearCommand(parts: DeskParts, link: StaffChat, wrote: Wrote): Promise<void> {
  const asked = readCommand(wrote.text)
  const command = asked && commands[asked.name]
  if (command) return command(parts, link, { rest: asked.rest, wrote })
  const say = sayTo(parts.locales, link.staff)
  const replied = wrote.replyTo && (await findChatMessage(parts, link.id, { message: wrote.replyTo }))
  if (asked || !replied || replied.request === undefined || wrote.text === '') {
    await parts.voice.say(link.chat, { text: say(wrote.text === '' ? 'only_text' : 'not_understood') })
    return
  }
  const request = await requestNamed(parts.prisma, link.staff, { id: replied.request })
  await draft(parts, link, { request, text: wrote.text, wrote })
}

/** Takes it, and says so. */
export async function take(parts: DeskParts, { staff, chat }: StaffChat, it: Shown): Promise<void> {
  await takeRequest(parts.desk, { staff, request: it.id, form: parts.clock.id() })
  const say = sayTo(parts.locales, staff)
  const told = say('taken', { line: lineOf(say, staff, it), reference: it.reference })
  await parts.voice.say(chat, { text: told })
}

async function help({ voice, locales }: DeskParts, { staff, chat }: StaffChat): Promise<void> {
  await voice.say(chat, { text: sayTo(locales, staff)('help') })
}

async function named({ prisma }: DeskParts, { staff }: StaffChat, reference: string): Promise<Shown> {
  return requestNamed(prisma, staff, { reference })
}

async function list(
  { prisma, voice, locales }: DeskParts,
  { staff, chat }: StaffChat,
  look: 'queue' | 'mine',
) {
  const say = sayTo(locales, staff)
  const all = await listShown(prisma, staff, look, mostListed)
  if (all.length === 0) {
    await voice.say(chat, { text: say(`${look}_empty`) })
    return
  }
  const lines = all.map((it) => `${lineOf(say, staff, it)}\n/read_${it.reference}`)
  const buttons = look === 'queue' ? all.map((it) => [takeButton(say, it)]) : undefined
  await voice.say(chat, { text: [say(`${look}_title`), ...lines].join('\n\n'), buttons })
}

export function takeButton(say: Say, it: Shown): Button {
  return { text: say('take', { reference: showReference(it.reference) }), data: `t:${it.id}` }
}

/**
 * Shows what was said, for ten minutes. The read is on record before anything is shown, and that it must be taken away
 * again before the words stand there.
 */
async function read(parts: DeskParts, link: StaffChat, { rest }: { readonly rest: string }): Promise<void> {
  const { pool, prisma, clock, voice, locales } = parts
  const { staff, chat } = link
  const say = sayTo(locales, staff)
  const it = await requestNamed(prisma, staff, { reference: rest })
  const at = clock.now()
  await writeReads(pool, [{ staff: staff.id, what: 'request', id: it.id, at }])
  const words = await readShown(parts, say, it.id)
  const message = await voice.say(chat, { text: lineOf(say, staff, it) })
  const deleteAt = new Date(at.getTime() + wordsStand)
  await keepChatMessage(parts, clock, { chat: link.id, purpose: 'read', request: it.id, message, deleteAt })
  const foot = say('read_foot', { reference: it.reference })
  await voice.edit(chat, message, { text: `${lineOf(say, staff, it)}\n\n${words}\n\n${foot}` })
}

/** Shows an answer back before it goes. */
async function draft(
  parts: DeskParts,
  link: StaffChat,
  it: { readonly request: Shown; readonly text: string; readonly wrote: Wrote },
): Promise<void> {
  const { prisma, clock, voice, locales } = parts
  const { staff, chat } = link
  const { request, wrote } = it
  const text = it.text.trim()
  const say = sayTo(locales, staff)
  const words = { chat: link.id, request: request.id, deleteAt: new Date(clock.now().getTime() + wordsStand) }
  await keepChatMessage(parts, clock, { ...words, purpose: 'said', message: wrote.message })
  if (text === '') throw new Failure('form:invalid', { field: 'text' })
  if (request.state === 'closed') throw new Failure('request:closed')
  if (request.owner !== undefined && request.owner !== staff.id) throw new Failure('request:taken')
  const { saidLast } = await loadForAct(prisma, staff, request.id)
  const message = await voice.say(chat, { text: lineOf(say, staff, request) })
  const kept = { ...words, purpose: 'answer', message, text, seen: saidLast?.id } as const
  const id = await keepChatMessage(parts, clock, kept)
  await voice.edit(chat, message, {
    text: say('confirm', { reference: showReference(request.reference), text }),
    buttons: [
      [
        { text: say('send_it'), data: `s:${id}` },
        { text: say('cancel'), data: `x:${id}` },
      ],
    ],
  })
}

/** Asks how it ended. */
async function close(parts: DeskParts, link: StaffChat, { rest }: { readonly rest: string }): Promise<void> {
  const { clock, voice, locales } = parts
  const say = sayTo(locales, link.staff)
  const it = await named(parts, link, rest)
  if (it.state === 'closed') throw new Failure('request:closed')
  const id = clock.id()
  const ends = it.kind === 'request.need' ? needResults : outcomes
  const buttons = ends.map((end) => [
    { text: say(`console.outcome.${end}`), data: `c:${id}:${outcomes.indexOf(end)}` },
  ])
  const text = say('close', { line: lineOf(say, link.staff, it) })
  const message = await voice.say(link.chat, { text, buttons })
  await keepChatMessage(parts, clock, { id, chat: link.id, purpose: 'close', request: it.id, message })
}

async function askAway(parts: DeskParts, link: StaffChat): Promise<void> {
  const { clock, voice, locales } = parts
  const say = sayTo(locales, link.staff)
  const id = clock.id()
  const buttons = [1, 3, 7].map((days) => [
    { text: say('away_until', { until: awayUntil(link.staff, days, clock.now()) }), data: `o:${id}:${days}` },
  ])
  const message = await voice.say(link.chat, { text: say('away_ask'), buttons })
  await keepChatMessage(parts, clock, { id, chat: link.id, purpose: 'off', message })
}
