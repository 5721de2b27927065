/** Who speaks to the bot of staff: strangers are asked for a code, the linked are heard, groups are left. */
import { Failure } from '../failure.ts'
import { tryOnce } from '../store/attempt.ts'
import { findChat, linkChat, readCode } from '../store/staff-chat.ts'
import { isPassing } from '../turn/passing.ts'
import { hearCommand } from './command.ts'
import type { DeskParts } from './parts.ts'
import { hearPress } from './press.ts'
import { sayTo } from './shown.ts'
import { type Heard, readCommand } from './update.ts'

/** A stranger is answered so often; from then on with silence, and no code of theirs is looked at. */
const strangers = { kind: 'staff_chat', most: 6, within: 10 * 60_000 } as const

/**
 * Hears one update to its end. Fails only when it should be brought again: with the database away. What Telegram refuses
 * is told to the log, and whoever waits for an answer asks again.
 */
export async function hear(parts: DeskParts, heard: Heard): Promise<void> {
  try {
    if (heard.kind === 'elsewhere') await parts.voice.leave(heard.chat)
    else await hearPrivate(parts, heard)
  } catch (error) {
    const unsaid = error instanceof Failure && error.code.startsWith('channel:')
    // What the program itself fails on would come again for ever, and nobody would be heard behind it.
    if (!unsaid && isPassing(error)) throw error
    parts.log.error('the chat of staff is in trouble', error)
  }
}

async function hearPrivate(parts: DeskParts, heard: Exclude<Heard, { kind: 'elsewhere' }>): Promise<void> {
  const link = await findChat(parts, heard.chat, parts.clock.now())
  if (heard.kind === 'pressed') await parts.voice.acknowledge(heard.press).catch(() => undefined)
  if (!link) {
    if (heard.kind === 'wrote') await meet(parts, heard)
    return
  }
  const { staff, chat } = link
  const say = sayTo(parts.locales, staff)
  try {
    if (heard.kind === 'pressed') await hearPress(parts, link, heard)
    else await hearCommand(parts, link, heard)
  } catch (error) {
    if (!(error instanceof Failure) || error.trouble.ours || error.code.startsWith('channel:')) throw error
    await parts.voice.say(chat, { text: say(`failure.${error.code.replace(':', '.')}`) })
  }
}

async function meet(parts: DeskParts, heard: Extract<Heard, { kind: 'wrote' }>): Promise<void> {
  const { clock, voice, locales } = parts
  if ((await tryOnce(parts, strangers, `staff_chat|${heard.chat}`, clock.now())) !== undefined) return
  const code = readCode(readCommand(heard.text)?.rest || heard.text)
  const link = code && (await linkChat(parts, { chat: heard.chat, code }, clock))
  if (link) {
    const say = sayTo(locales, link.staff)
    await voice.say(heard.chat, { text: `${say('linked', { name: link.staff.name })}\n\n${say('help')}` })
  } else {
    const say = sayTo(locales, { language: heard.english ? 'en' : 'fr' })
    await voice.say(heard.chat, { text: say(code ? 'wrong_code' : 'stranger', { address: parts.console }) })
  }
}
