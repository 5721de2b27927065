/**
 * From what happened to the rows that say so. Every kind of happening has its entry; most only go on record. Nothing is
 * read here and nothing is written: the rows are committed together afterwards.
 */
import type { EventType, Happening, HappeningOf } from '../core/event.ts'
import { neutralKnock } from '../core/knock.ts'
import type { Spoken } from '../core/message.ts'
import { known } from '../flow/known.ts'
import { answerCampaign, keepSurvey } from './apply-campaign.ts'
import { applyCase } from './apply-case.ts'
import { applyCheckIn } from './apply-check-in.ts'
import { applyDesk } from './apply-desk.ts'
import { applyFeedback } from './apply-feedback.ts'
import { applyFile } from './apply-file.ts'
import { applyFollowUp } from './apply-followup.ts'
import { applyListen } from './apply-listen.ts'
import { applyLoop } from './apply-loop.ts'
import { applyMatch } from './apply-match.ts'
import { applyNameless } from './apply-nameless.ts'
import { applyNote } from './apply-note.ts'
import { applyPerson } from './apply-person.ts'
import { applyReferral } from './apply-referral.ts'
import { applyRequest } from './apply-request.ts'
import { applySafe } from './apply-safe.ts'
import { applyTask } from './apply-task.ts'
import { changeMatter, changeSession, hintMatter, matterOf, onBehalf, record, type Scene } from './scene.ts'

type Apply<T extends EventType> = (scene: Scene, it: HappeningOf<T>) => void

/** History is enough: the rows are the message's own or the session's. */
const keep = (scene: Scene, it: Happening): void => record(scene, it)

/** What is said without anybody having just written is judged before it leaves (core/send-policy.ts). */
function occasionOf({ by }: Scene, sentence: string): Pick<Spoken, 'occasion'> {
  if (by === 'person') return {}
  if (sentence === neutralKnock) return { occasion: 'knock' }
  return { occasion: by === 'clock' ? 'prompt' : 'staff' }
}

/** On record with the request that it belongs to. */
function keepInRequest(
  scene: Scene,
  it: HappeningOf<'message_resent' | 'transcript_written' | 'file_wanted'>,
): void {
  record(scene, it, it.request)
  if (it.request !== undefined) hintMatter(scene, matterOf(scene, it.request))
}

const table: { readonly [T in EventType]: Apply<T> } = {
  ...applyPerson,
  ...applyRequest,
  ...applySafe,
  ...applyCase,
  ...applyNote,
  ...applyDesk,
  ...applyFeedback,
  ...applyFile,
  ...applyTask,
  ...applyCheckIn,
  ...applyFollowUp,
  ...applyReferral,
  ...applyLoop,
  ...applyNameless,
  ...applyMatch,
  // The row of the message is its record.
  message_created(scene, { message, say }) {
    const spoken = { ...scene.render(say), ...occasionOf(scene, say.text) }
    scene.messages.push({ id: message, spoken, priority: 'answer', visibility: 'open' })
  },
  /** On a shared phone nothing leaves that may be another's, until it is known who speaks. */
  flow_entered(scene, it) {
    record(scene, it)
    if (it.flow === known.speaker) changeSession(scene, { doubted: true })
  },
  flow_ended: keep,
  answer_kept: keep,
  answer_refused: keep,
  answer_doubted: keep,
  silence_reached: keep,
  danger_noticed: keep,
  language_guessed: keep,
  message_edited(scene, it) {
    if (it.original) {
      scene.changes.push({ update: 'message', id: it.message, plain: { original_id: it.original } })
    }
    record(scene, it)
  },
  message_deleted(scene, it) {
    for (const id of [it.message, ...(scene.corrections ?? [])]) {
      scene.changes.push({ update: 'message', id, plain: { deleted_at: scene.world.now } })
    }
    record(scene, it)
  },
  ...applyListen,
  campaign_answered: answerCampaign,
  campaign_surveyed: keepSurvey,
  notice_shown: keep,
  knock_sent: keep,
  // Their rows are written by moved.ts.
  number_left: keep,
  identity_doubted: keep,
  answering_chosen: keep,
  // Its rows are written by take-caseload.ts.
  person_imported: keep,
  // The rows of these are changed by their acts.
  message_resent(scene, it) {
    if (it.answers) changeMatter(scene, it.request, { state: 'answered' }, { state: 'answered' })
    keepInRequest(scene, it)
  },
  transcript_written: keepInRequest,
  file_wanted: keepInRequest,
}

/** What may be for somebody else, and is applied as theirs. */
const forOthers: ReadonlySet<EventType> = new Set(['request_opened', 'need_recorded', 'follow_up_asked'])

/** Applies one happening to the scene. */
export function apply(scene: Scene, it: Happening): void {
  if (it.type === 'request_opened' && it.behalf) scene.behalf?.add(it.request)
  const of = forOthers.has(it.type) && 'request' in it && it.request ? onBehalf(scene, it.request) : scene
  // The entry under a type takes happenings of that type, which TypeScript cannot follow through the table.
  const entry = table[it.type] as (scene: Scene, it: Happening) => void
  entry(of, it)
}
