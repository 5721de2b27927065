/** What staff write in the file of a person and in their case. */
import type { Stage } from '../core/case.ts'
import type { EventType, HappeningOf } from '../core/event.ts'
import { isMinor, type PersonField } from '../core/person.ts'
import type { Plain } from '../store/road.ts'
import { record, type Scene } from './scene.ts'

type Apply<T extends EventType> = (scene: Scene, it: HappeningOf<T>) => void

export const applyFile: {
  readonly [T in
    | 'person_edited'
    | 'case_staged'
    | 'case_assigned'
    | 'case_closed'
    | 'case_reopened'
    | 'person_erased']: Apply<T>
} = {
  person_edited(scene, it) {
    const { person, keys } = scene
    if (!person) return
    const plain: Record<string, Plain> = {}
    const secret: Record<string, string | undefined> = {}
    const { after } = it.secret
    for (const field of it.fields) {
      if (field === 'caseNumber') writeCaseNumber(scene, it)
      else if (isSecret(field)) {
        // A column that nobody knows any more is emptied; an absent secret would leave it.
        if (after[field] === undefined) plain[columns[field]] = null
        else secret[columns[field]] = after[field]
      } else plain[columns[field]] = plainOf(field, after[field])
      if (field === 'returnDate' && person.case) {
        const returned = { returned_on: plainOf(field, after[field]) }
        scene.changes.push({ update: 'case_file', id: person.case, plain: returned })
      }
      if (field === 'phone') plain['phone_hash'] = after.phone ? keys.hash('phone', after.phone) : null
      if (field === 'birthYear') {
        plain['minor'] = after.birthYear !== undefined && isMinor(Number(after.birthYear), scene.world.now)
      }
    }
    scene.changes.push({ update: 'person', id: person.id, plain, secret, key: person.key })
    record(scene, it)
  },

  // Its rows are written with the erasing itself (store/erasure.ts).
  person_erased: (scene, it) => record(scene, it),

  case_staged(scene, it) {
    scene.changes.push({ update: 'case_file', id: it.case, plain: staged(scene, it.stage) })
    record(scene, it)
  },

  case_assigned(scene, it) {
    const plain = { owner_id: it.owner ?? null, office_id: it.office ?? null }
    scene.changes.push({ update: 'case_file', id: it.case, plain })
    if (it.owner) scene.hints.add(`staff-${it.owner}`)
    record(scene, it)
  },

  case_closed(scene, it) {
    const plain = { ...staged(scene, 'closure'), closed_at: scene.world.now, closure_reason: it.reason }
    scene.changes.push({ update: 'case_file', id: it.case, plain })
    record(scene, it)
  },

  case_reopened(scene, it) {
    const plain = { ...staged(scene, 'reopened'), closed_at: null, closure_reason: null }
    scene.changes.push({ update: 'case_file', id: it.case, plain })
    record(scene, it)
  },
}

function staged({ world }: Scene, stage: Stage): Readonly<Record<string, Plain>> {
  return { stage, stage_since: world.now, visits_kept: 0 }
}

const columns = {
  name: 'name_enc',
  place: 'place_enc',
  phone: 'phone_enc',
  sex: 'sex',
  birthYear: 'birth_year',
  language: 'language',
  region: 'region',
  cercle: 'cercle',
  returnCountry: 'return_country',
  returnDate: 'return_date',
} as const satisfies Record<Exclude<PersonField, 'caseNumber'>, string>

function isSecret(field: keyof typeof columns): boolean {
  return columns[field].endsWith('_enc')
}

function plainOf(field: keyof typeof columns, value: string | undefined): Plain {
  if (value === undefined) return null
  if (field === 'birthYear') return Number(value)
  return field === 'returnDate' ? new Date(`${value}T00:00:00Z`) : value
}

/** The number lies in the case; somebody who has none gets one with it. */
function writeCaseNumber(scene: Scene, { fields, secret: said }: HappeningOf<'person_edited'>): void {
  const number = said.after.caseNumber
  const { person, keys, world } = scene
  if (!person) return
  const plain: Record<string, Plain> =
    number === undefined
      ? { number_hash: null, number_enc: null }
      : { number_hash: keys.hash('case_number', number) }
  const secret = { number_enc: number }
  if (person.case) {
    scene.changes.push({ update: 'case_file', id: person.case, plain, secret, key: person.key })
    return
  }
  const returned = fields.includes('returnDate') ? said.after.returnDate : person.returnedOn
  const file = {
    ...{ id: world.id(), person_id: person.id, stage: 'contact', opened_at: world.now },
    returned_on: plainOf('returnDate', returned),
  }
  scene.changes.push({ insert: 'case_file', plain: { ...file, ...plain }, secret, key: person.key })
}
