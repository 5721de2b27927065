/**
 * What the demo office did with feedback: one rumour of before was put together, some pieces were sorted, two decisions were
 * taken. The six who say the same this week are left for whoever looks.
 */
import type { Staff } from '../core/staff.ts'
import type { Database } from '../store/database.ts'
import { type FeedbackLine, listFeedback } from '../store/feedback.ts'
import type { Desk } from '../turn/act.ts'
import { recordDecision } from '../turn/act-decision.ts'
import { pointFeedback, recodeFeedback } from '../turn/act-feedback.ts'
import { gatherRumour } from '../turn/act-rumour.ts'
import { makeReferences } from '../turn/references.ts'
import { makeWatch } from '../turn/surroundings.ts'
import { memberOf, storyClock } from './afterwards.ts'

const day = 86_400_000

const decisions = [
  { words: /nioro|nyoro/i, text: 'Une équipe vient à Nioro le premier lundi de chaque mois.', daysAgo: 12 },
  {
    words: /deux jours|two days/i,
    text: 'Toute visite est annoncée deux jours avant, par message ou par appel.',
    daysAgo: 80,
  },
]

/** Everything in it lies before `now`; fills nothing where nothing was said. */
export async function fillFeedback(database: Database, now: Date): Promise<void> {
  const clock = storyClock('feedback', new Date(now.getTime() - day))
  const { prisma, pool } = database
  const desk: Desk = {
    ...{ ...database, clock, watch: makeWatch(prisma, clock), references: makeReferences(pool) },
    passOn() {},
  }
  const officer = await memberOf(database, 'officer')
  const { lines } = await listFeedback(database, officer, {}, { limit: 500 })
  const said = (words: RegExp) => lines.filter(({ text, at }) => at < clock.now() && words.test(text ?? ''))
  await sort(desk, officer, said)
  for (const { words, text, daysAgo } of decisions) {
    const behind = said(words).map(({ id }) => id)
    if (behind.length === 0) continue
    const on = new Date(now.getTime() - daysAgo * day).toISOString().slice(0, 10)
    const wish = { text, language: 'fr', day: on, references: [], feedback: behind } as const
    await recordDecision(desk, { staff: officer, form: clock.id() }, wish)
  }
}

async function sort(
  desk: Desk,
  staff: Staff,
  said: (words: RegExp) => readonly FeedbackLine[],
): Promise<void> {
  const act = (feedback: string) => ({ staff, feedback, form: desk.clock.id() })
  for (const { id } of said(/whatsapp/i).slice(0, 1)) await recodeFeedback(desk, act(id), 'question')
  for (const { id } of said(/payer pour/i).slice(0, 1)) {
    await pointFeedback(desk, act(id), "Comité d'accueil de Kita")
  }
  const ends = said(/d[eé]cembre|december/i).map(({ id }) => id)
  const rumour = { staff, rumour: desk.clock.id() }
  if (ends.length > 0) await gatherRumour(desk, rumour, ends, 'Le programme finit en décembre')
}
