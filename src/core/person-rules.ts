/** How the file of a person is corrected: each change says what stood there before, and can be undone. */
import { Failure } from '../failure.ts'
import type { Happening } from './event.ts'
import { type PersonField, type PersonValues, personFields } from './person.ts'

/** The fields that differ, with both values; nothing when none does. */
export function editPerson(known: PersonValues, wanted: PersonValues): readonly Happening[] {
  const fields = personFields.filter((field) => known[field] !== wanted[field])
  if (fields.length === 0) return []
  return [
    { type: 'person_edited', fields, secret: { before: only(known, fields), after: only(wanted, fields) } },
  ]
}

/**
 * Puts back what an edit has changed. Fails with `person:changed_meanwhile` when a field is not as that edit left it: what
 * somebody corrected since is not undone with it.
 */
export function undoEdit(
  known: PersonValues,
  edit: {
    readonly id: string
    readonly fields: readonly PersonField[]
    readonly before: PersonValues
    readonly after: PersonValues
  },
): readonly Happening[] {
  const { id, fields, before, after } = edit
  if (fields.some((field) => known[field] !== after[field])) throw new Failure('person:changed_meanwhile')
  return [{ type: 'person_edited', fields, undoes: id, secret: { before: after, after: before } }]
}

function only(values: PersonValues, fields: readonly PersonField[]): PersonValues {
  return Object.fromEntries(
    fields.flatMap((field) => (values[field] === undefined ? [] : [[field, values[field]]])),
  )
}
