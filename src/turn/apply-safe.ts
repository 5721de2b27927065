/** What a turn writes of codes: they stand with the session, and the message that held one is made unreadable. */
import type { HappeningOf } from '../core/event.ts'
import type { SafeHappening } from '../core/safe-happening.ts'
import { bodyOf } from '../store/message-body.ts'
import { changeMatter, changeSession, record, type Scene } from './scene.ts'

type Apply<T extends SafeHappening['type']> = (scene: Scene, it: HappeningOf<T>) => void

/** Stands where a code stood: nobody reads it, not even staff. */
export const hiddenCode = '••••'

export const applySafe: { readonly [T in SafeHappening['type']]: Apply<T> } = {
  code_given(scene, it) {
    hideCode(scene)
    const { now } = scene.world
    if (it.how === 'alarm') changeSession(scene, { alarmed_at: now })
    if (it.how === 'opened') changeSession(scene, { opened_at: now, code_tries: 0, doubted: false })
    if (it.how === 'refused') changeSession(scene, { code_tries: it.tries })
    if (it.how === 'opened' || it.how === 'refused') record(scene, it)
  },

  code_set(scene, { type, which, mark }) {
    const hash = mark === undefined ? null : Buffer.from(mark, 'base64')
    const { now } = scene.world
    if (which === 'alarm') changeSession(scene, { alarm_hash: hash })
    else changeSession(scene, { code_hash: hash, code_tries: 0, opened_at: now, doubted: false })
    record(scene, { type, which })
  },

  code_ended(scene, it) {
    changeSession(scene, { code_hash: null, alarm_hash: null, code_tries: 0, opened_at: null })
    record(scene, it)
  },

  worker_preferred(scene, it) {
    if (!scene.person) return
    record(scene, it)
    const { id } = scene.person
    scene.changes.push({ update: 'person', id, plain: { prefers: it.sex ?? null } })
    scene.hints.add(`person-${id}`)
  },

  /** Of whom the file has as a child it tells nothing that staff do not know. */
  age_said(scene, it) {
    if (scene.person?.minor) return
    changeMatter(scene, it.request, { said_age: it.years })
    record(scene, it, it.request)
  },

  age_settled(scene, it) {
    changeMatter(scene, it.request, { said_age: null })
    record(scene, it, it.request)
  },

  proxy_named: (scene, it) => record(scene, it),

  /** By staff the rows are their act's; by the person it ends here. */
  guardian_heard(scene, it) {
    record(scene, it)
    const { world, person, staff } = scene
    scene.changes.push({
      insert: 'consent',
      plain: {
        ...{ id: world.id(), person_id: person?.id ?? null, item: 'guardian', answer: it.answer },
        ...{ text: it.text, wording: it.wording, language: it.language, medium: 'staff' },
        ...{ kin: it.kin, heard: it.medium, staff_id: staff ?? null, at: world.now },
      },
    })
  },

  proxy_ended(scene, it) {
    const { person, staff, world } = scene
    record(scene, it)
    if (!person?.helpedBy || staff !== undefined) return
    scene.changes.push(
      { update: 'proxy', id: person.helpedBy, plain: { ended_at: world.now } },
      { update: 'person', id: person.id, plain: { helped_by: null } },
    )
  },

  answer_insisted: (scene, it) => record(scene, it, it.request),
  help_called: (scene, it) => record(scene, it, it.request),
  holder_let_in: (scene, it) => record(scene, it, it.request),
  matter_reported(scene, it) {
    changeMatter(scene, it.request, { reported_on: new Date(it.on) })
    record(scene, it, it.request)
  },
  holder_added: (scene, it) => record(scene, it, it.request),
  opening_refused: (scene, it) => record(scene, it, it.request),
  matter_forgotten: (scene, it) => record(scene, it, it.request),
  staff_shut_out: (scene, it) => record(scene, it, it.request),
  staff_let_back: (scene, it) => record(scene, it, it.request),
  code_lost: (scene, it) => record(scene, it, it.request),
}

function hideCode({ handled, said, address, changes }: Scene): void {
  if (!handled || !said || !address) return
  const body = bodyOf({ ...said, content: { kind: 'text', text: hiddenCode } })
  changes.push({
    update: 'message',
    id: handled.message,
    plain: {},
    secret: { body_enc: body },
    key: address.key,
  })
}
