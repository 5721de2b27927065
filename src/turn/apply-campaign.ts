/** What a turn writes of an answer to a campaign: the message, the ledger, and the request that it opens belong to it. */
import type { HappeningOf } from '../core/event.ts'
import { record, type Scene } from './scene.ts'

/** Before the request that the same words open. */
export function answerCampaign(scene: Scene, it: HappeningOf<'campaign_answered'>): void {
  const { campaign, recipient, message, value } = it
  scene.campaign = campaign
  record(scene, it)
  scene.changes.push(
    { update: 'message', id: message, plain: { campaign_id: campaign } },
    {
      update: 'campaign_recipient',
      id: `${campaign}/${recipient}`,
      plain: { answered_at: scene.world.now, ...(value === undefined ? {} : { answer: value }) },
    },
  )
  scene.hints.add(`campaign-${campaign}`)
}

/** What they chose so far, whole each time: an answer that is changed is counted once. */
export function keepSurvey(scene: Scene, it: HappeningOf<'campaign_surveyed'>): void {
  const { campaign, recipient, answers } = it
  scene.campaign = campaign
  record(scene, it)
  scene.changes.push({
    update: 'campaign_recipient',
    id: `${campaign}/${recipient}`,
    plain: { survey: JSON.stringify(answers) },
  })
  scene.hints.add(`campaign-${campaign}`)
}

/** Whoever asks to be left alone soon after a campaign counts with it. */
export function countStopped({ got, changes, hints, world }: Scene): void {
  if (!got) return
  changes.push({
    update: 'campaign_recipient',
    id: `${got.id}/${got.recipient}`,
    plain: { stopped_at: world.now },
  })
  hints.add(`campaign-${got.id}`)
}
