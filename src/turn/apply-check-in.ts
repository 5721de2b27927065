/** What a turn writes of check-ins and surveys: the record grows with each answer, encrypted with the key of the person. */
import { checkInSurvey, checkInVersion } from '../core/check-in.ts'
import type { CheckInHappening } from '../core/check-in-happening.ts'
import type { EventType, HappeningOf } from '../core/event.ts'
import type { Plain } from '../store/road.ts'
import { record, type Scene } from './scene.ts'

type Apply<T extends EventType> = (scene: Scene, it: HappeningOf<T>) => void

export const applyCheckIn: { readonly [T in CheckInHappening['type']]: Apply<T> } = {
  check_in_wanted(scene, it) {
    scene.changes.push({ update: 'case_file', id: it.case, plain: { check_in_at: new Date(it.at) } })
    record(scene, it)
  },

  /** Asked once: whoever does not answer is not asked again. */
  check_in_asked(scene, it) {
    const { now } = scene.world
    const asked = { check_in_at: null, check_in_asked_at: now }
    scene.changes.push({ update: 'case_file', id: it.case, plain: asked })
    insert(scene, it.checkIn, {
      ...{ survey: checkInSurvey, version: checkInVersion, mode: 'chat', language: scene.language },
      ...{ case_id: it.case, staff_id: null, day: now, ended: false },
    })
    record(scene, it)
  },

  check_in_answered(scene, it) {
    keep(scene, it, {})
    const file = scene.person?.case
    const checked = { checked_in_at: scene.world.now }
    if (file !== undefined) scene.changes.push({ update: 'case_file', id: file, plain: checked })
    record(scene, it)
  },

  check_in_ended(scene, it) {
    keep(scene, it, { ended: true })
    record(scene, it)
  },

  survey_recorded(scene, it) {
    insert(
      scene,
      it.record,
      {
        ...{ survey: it.survey, version: it.version, mode: it.mode, language: it.language },
        ...{ case_id: scene.person?.case ?? null, staff_id: scene.staff ?? null },
        ...{ day: new Date(`${it.day}T00:00:00Z`), ended: true },
      },
      it.secret?.answers,
    )
    record(scene, it)
  },
}

function insert(
  scene: Scene,
  id: string,
  plain: Readonly<Record<string, Plain>>,
  answers: Readonly<Record<string, string>> = {},
): void {
  const { person, world } = scene
  if (!person) throw new Error('a survey is of somebody who is known')
  scene.changes.push({
    insert: 'survey_record',
    plain: { ...plain, id, person_id: person.id, key_id: person.key, at: world.now },
    secret: { answers_enc: JSON.stringify(answers) },
    key: person.key,
  })
}

function keep(
  scene: Scene,
  it: HappeningOf<'check_in_answered' | 'check_in_ended'>,
  plain: Readonly<Record<string, Plain>>,
): void {
  const { person } = scene
  if (!person || !it.secret) return
  const secret = { answers_enc: JSON.stringify(it.secret.answers) }
  scene.changes.push({ update: 'survey_record', id: it.checkIn, plain, secret, key: person.key })
}
