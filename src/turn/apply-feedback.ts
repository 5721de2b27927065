/** What a turn writes of feedback: told, sorted, pointed at others, made a request of. */
import type { HappeningOf } from '../core/event.ts'
import type { FeedbackHappening } from '../core/feedback-happening.ts'
import { matterOf, record, type Scene } from './scene.ts'
import { officeOf } from './surroundings.ts'

export const applyFeedback: {
  readonly [T in FeedbackHappening['type']]: (scene: Scene, it: HappeningOf<T>) => void
} = {
  feedback_recorded(scene, it) {
    const { world, person, address, language, town } = scene
    const key = person?.key ?? address?.key
    const office = person?.office ?? officeOf(town, person?.region)?.id
    scene.changes.push({
      insert: 'feedback',
      plain: {
        ...{ id: it.feedback, kind: it.kind, address_id: address?.id ?? null, person_id: person?.id ?? null },
        ...{ key_id: key ?? null, language, region: person?.region ?? null, office_id: office ?? null },
        at: world.now,
      },
      secret: key ? { text_enc: it.secret?.text } : undefined,
      key,
    })
    record(scene, it)
    scene.hints.add('feedback')
  },

  feedback_recoded(scene, it) {
    scene.changes.push({ update: 'feedback', id: it.feedback, plain: { kind: it.kind } })
    record(scene, it)
    scene.hints.add('feedback')
  },

  feedback_gathered(scene, it) {
    scene.changes.push({ update: 'feedback', id: it.feedback, plain: { rumour_id: it.rumour } })
    record(scene, it)
    scene.hints.add('feedback')
  },

  feedback_released(scene, it) {
    scene.changes.push({ update: 'feedback', id: it.feedback, plain: { rumour_id: null } })
    record(scene, it)
    scene.hints.add('feedback')
  },

  feedback_pointed(scene, it) {
    const key = scene.person?.key ?? scene.address?.key
    const { feedback: id, elsewhere, secret } = it
    const named = secret && key ? { secret: { elsewhere_enc: secret.organisation }, key } : {}
    scene.changes.push({
      update: 'feedback',
      id,
      plain: { elsewhere, ...(secret ? {} : { elsewhere_enc: null }) },
      ...named,
    })
    record(scene, it)
    scene.hints.add('feedback')
  },

  /** Only what is open may stand behind a decision. */
  decision_recorded(scene, it) {
    record(scene, it, it.request)
    if (it.request !== undefined) scene.hints.add(`request-${it.request}`)
    scene.hints.add('decisions')
  },

  /** As hidden as the request that it became, and on record there. */
  feedback_raised(scene, it) {
    const { visibility } = matterOf(scene, it.request)
    scene.changes.push({
      update: 'feedback',
      id: it.feedback,
      plain: { request_id: it.request, visibility },
    })
    record(scene, it, it.request)
    scene.hints.add('feedback')
  },
}
