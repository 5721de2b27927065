/** Asks somebody without content to write again, and staff to call whoever does not: rows of a turn like any other. */
import { askForCall, knockDays, lockedDays, neutralKnock } from '../core/knock.ts'
import type { Language } from '../core/language.ts'
import type { Spoken, TemplateCall } from '../core/message.ts'
import { hushFor } from '../core/send-policy.ts'
import { chooseTemplate, knockUse } from '../core/template.ts'
import { besideFlows } from '../flow/sentences.ts'
import { businessOf } from '../store/channel.ts'
import { type CallOwed, callsOwed, endKnocks, listSilent, noteCalled, type Silent } from '../store/knock.ts'
import type { Change } from '../store/road.ts'
import { listTemplates } from '../store/template.ts'
import { speak } from '../text/render.ts'
import { type Desk, perform } from './act.ts'
import { type Speech, sayTo, untilItStands } from './aloud.ts'
import { each } from './pass-time.ts'

type Parts = Desk & { readonly pool: Parameters<typeof listSilent>[0] }

const atOnce = 200
const day = 24 * 60 * 60_000

/** The template of an account that stands for something, for a person of this language. */
export async function findTemplate(
  { prisma }: Pick<Desk, 'prisma'>,
  channel: string,
  use: string,
  language: Language | undefined,
): Promise<TemplateCall | undefined> {
  const business = await businessOf(prisma, channel)
  if (business === undefined) return undefined
  const found = chooseTemplate(await listTemplates(prisma, business), use, language)
  return found && { name: found.name, language: found.language }
}

/** Ends the knocks that were answered and knocks where somebody is silent; gives how many were asked to write. */
export async function knock(desk: Parts, speech: Speech): Promise<number> {
  await endKnocks(desk.pool, desk.clock.now())
  const hushedSince = new Date(desk.clock.now().getTime() - hushFor)
  const silent = await listSilent(desk.pool, { hushedSince, limit: atOnce })
  await each(silent, (one) =>
    untilItStands(async () => knockAt(desk, one, await knockFor(desk, one, speech))),
  )
  return silent.length
}

/** What asks them to write: free words where the provider takes them, else a template, or nothing. */
async function knockFor(desk: Parts, it: Silent, speech: Speech): Promise<Knock | undefined> {
  const { channel, language = 'fr', locked, heardAt } = it
  const use = locked ? neutralKnock : knockUse
  const free =
    locked &&
    ((await businessOf(desk.prisma, channel)) === undefined ||
      (heardAt !== undefined && desk.clock.now().getTime() - heardAt.getTime() < day))
  const template = free ? undefined : await findTemplate(desk, channel, use, it.language)
  if (!template && !free) return undefined
  const say = { text: locked ? neutralKnock : besideFlows.knock, language }
  // Where only a template may go, nothing is heard.
  if (template) {
    const spoken = speak(say, speech.screen(channel), speech.locales)
    return { spoken: { ...spoken, occasion: 'knock', template }, changes: [] }
  }
  const { spoken, changes } = await sayTo(desk, speech, it, { ...say, visibility: it.visibility })
  return { spoken: { ...spoken, occasion: 'knock' }, changes }
}

type Knock = { readonly spoken: Spoken; readonly changes: readonly Change[] }

/** On record even when there is nothing to send: then staff call at once. */
async function knockAt(desk: Parts, it: Silent, asked: Knock | undefined): Promise<void> {
  const spoken = asked?.spoken
  const { clock, road, passOn } = desk
  const { address, channel, key, session, request, visibility } = it
  const [turn, message, at] = [clock.id(), clock.id(), clock.now()]
  const belongs = { visibility, ...(request ? { request } : {}) }
  await road.act({
    ...{ turn, at, address: { id: address, key, channel, session } },
    messages: spoken ? [{ id: message, spoken, priority: 'answer', ...belongs }] : [],
    events: spoken
      ? [
          {
            id: clock.id(),
            by: 'clock',
            happening: { type: 'knock_sent', message, ...(it.locked ? { locked: true } : {}) },
            ...belongs,
          },
        ]
      : [],
    changes: [
      ...(asked?.changes ?? []),
      {
        insert: 'knock',
        plain: { id: clock.id(), address_id: address, message_id: spoken ? message : null, at },
      },
    ],
  })
  const outgoing = new Map(spoken ? [[channel, [address]]] : [])
  passOn({ outgoing, hints: new Set(request ? [`thread-${request}`] : []) })
}

/** Asks staff to call whoever was asked to write and did not; gives how many knocks that were. */
export async function askCalls(desk: Parts): Promise<number> {
  const ago = (days: number) => new Date(desk.clock.now().getTime() - days * day)
  const owed = await callsOwed(desk.pool, { silent: ago(knockDays), locked: ago(lockedDays) }, atOnce)
  await each(owed, (one) => askCall(desk, one))
  return owed.length
}

async function askCall(desk: Parts, { knock: form, cause, requests }: CallOwed): Promise<void> {
  // The knock is the form: asked again after a crash, it is on record already.
  await each(requests, (request) =>
    perform(desk, { request, form }, (found) => ({ happenings: askForCall(found.request, cause) })),
  )
  await noteCalled(desk.pool, form, desk.clock.now())
}
