/** The programme's own file of a person: staff compare, call back, and bring case and person together some days later. */
import { checkInSurvey, checkInVersion } from '../core/check-in.ts'
import type { Change } from '../store/road.ts'
import type { Agenda } from './agenda.ts'
import type { Cast } from './cast.ts'
import type { Dice } from './dice.ts'
import type { DemoPerson } from './people.ts'
import { hour, minute } from './rhythm.ts'
import { files, type Stage } from './stage.ts'

type Desk = { readonly stage: Stage; readonly agenda: Agenda; readonly cast: Cast; readonly dice: Dice }

/** Puts on the agenda that the file of this person (row id) is found; nothing for people who have none. */
export function registerSoon(desk: Desk, at: Date, one: DemoPerson, person: string): void {
  const { stage, agenda, cast, dice } = desk
  const { caseFile, office } = one
  if (!caseFile) return
  const wanted = new Date(at.getTime() + dice.between(2, 70) * hour)
  const when = new Date(stage.town.calendar.opensAt(wanted).getTime() + dice.below(120) * minute)
  const assistants = cast.staff.filter(({ roles }) => roles.includes('assistant'))
  const staff = assistants.find((assistant) => assistant.office === office) ?? dice.pick(assistants)
  agenda.at(when, (then) => {
    files(stage, then, staff, {
      person,
      happening: { type: 'person_confirmed' },
      changes: changesOf(stage, one, person),
    })
  })
}

function changesOf(stage: Stage, one: DemoPerson, person: string): Change[] {
  const { caseFile, office } = one
  const file = stage.ledger.by('case_file', person).at(-1)
  if (!caseFile || !file) return []
  const key = String(stage.ledger.get('person', person).plain['key_id'])
  return [
    ...checkInOf(stage, one, { person, key, file: String(file.plain['id']) }),
    {
      update: 'person',
      id: person,
      plain: {
        ...{ sex: one.sex, birth_year: one.birthYear, minor: one.minor, language: one.language },
        ...{ region: one.region, cercle: one.cercle ?? null, return_country: one.returnCountry },
        ...{ return_date: one.returnDate, phone_hash: stage.keys.hash('phone', one.phone) },
      },
      secret: { name_enc: one.name, place_enc: one.placeName, phone_enc: one.phone },
      key,
    },
    {
      update: 'case_file',
      id: String(file.plain['id']),
      plain: {
        ...{ stage: caseFile.stage, owner_id: caseFile.owner.id, office_id: office.id },
        ...{ opened_at: caseFile.openedAt, closed_at: caseFile.closedAt ?? null },
        ...{ stage_since: caseFile.stageSince, visits_kept: caseFile.visitsKept },
        ...{ checked_in_at: caseFile.checkedInAt ?? null, returned_on: one.returnDate },
        closure_reason: caseFile.closureReason ?? null,
        number_hash: stage.keys.hash('case_number', caseFile.number),
      },
      secret: { number_enc: caseFile.number },
      key,
    },
  ]
}

/** How they were, some weeks after the delivery, as far as they said. */
function checkInOf(
  stage: Stage,
  { caseFile, language }: DemoPerson,
  of: { readonly person: string; readonly key: string; readonly file: string },
): Change[] {
  const at = caseFile?.checkedInAt
  if (!caseFile || !at) return []
  const said = ['good', 'little', 'bad'] as const
  const nth = (n: number) => said[(caseFile.visitsKept + at.getUTCDate() * n) % said.length] ?? 'good'
  const answers = { work: nth(1), food: nth(2), health: nth(5), safety: 'safe', call: 'no' }
  return [
    {
      insert: 'survey_record',
      plain: {
        ...{ id: stage.id(at), survey: checkInSurvey, version: checkInVersion, mode: 'chat', language, at },
        ...{ person_id: of.person, case_id: of.file, day: at, ended: true, staff_id: null, key_id: of.key },
      },
      secret: { answers_enc: JSON.stringify(answers) },
      key: of.key,
    },
  ]
}
