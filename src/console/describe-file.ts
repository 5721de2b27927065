/** What staff did with the file of a person, as a sentence: what stood there before and what stands there since. */
import type { Happening } from '../core/event.ts'
import type { PersonField } from '../core/person.ts'
import type { Words } from './words.ts'

const kinds = [
  'person_edited',
  'case_staged',
  'case_assigned',
  'case_closed',
  'case_reopened',
  'person_erased',
  'persons_joined',
  'persons_parted',
  'identity_checked',
  'identity_settled',
  'contact_noticed',
  'contact_disputed',
  'contact_changed',
  'contact_refused',
] as const satisfies readonly Happening['type'][]

export type OfFile = Extract<Happening, { type: (typeof kinds)[number] }>

export function isOfFile(it: Happening): it is OfFile {
  return (kinds as readonly string[]).includes(it.type)
}

/** `names` are of staff, offices and places, by their ids. */
export function describeFile(
  it: OfFile,
  words: Words,
  who: { readonly by?: string; readonly names: Readonly<Record<string, string>> },
): string {
  const by = who.by ?? words.t('event.nobody')
  const say = (vars: Record<string, string | number> = {}) => words.any(`event.${it.type}`, { by, ...vars })
  const named = (id: string | undefined) =>
    id === undefined ? words.t('people.none') : (who.names[id] ?? id)
  switch (it.type) {
    case 'person_edited': {
      const sentence = it.undoes ? words.t('people.edit_undone', { by }) : say()
      // After an erasure only the fields are known.
      const { before, after } = it.secret ?? {}
      const changes = it.fields.map((field) => {
        const label = words.t(`people.field.${field}`)
        if (!before || !after) return label
        const shown = (value: string | undefined) => valueName(words, field, value, who.names)
        return words.t('people.change', {
          field: label,
          before: shown(before[field]),
          after: shown(after[field]),
        })
      })
      return `${sentence} ${changes.join(' ; ')}.`
    }
    case 'case_staged':
      return quoted(
        words,
        say({ from: words.t(`stage.${it.from}`), stage: words.t(`stage.${it.stage}`) }),
        it.secret?.reason,
      )
    case 'case_assigned':
      return quoted(words, say({ owner: named(it.owner), office: named(it.office) }), it.secret?.reason)
    case 'case_closed':
      return quoted(words, say({ reason: words.t(`people.closure.${it.reason}`) }), it.secret?.note)
    case 'persons_joined':
    case 'persons_parted':
    case 'case_reopened':
    case 'contact_refused':
      return quoted(words, say(), it.secret?.reason)
    case 'person_erased':
      return say({ reason: words.t(`erasure.reason.${it.reason}`), day: words.day(new Date(it.effective)) })
    case 'identity_checked': {
      const checks = it.checks.map((check) => words.t(`match.check.${check}`).toLowerCase())
      return say({ checks: checks.length === 0 ? words.t('people.none') : checks.join(', ') })
    }
    case 'identity_settled':
      return it.candidate === undefined ? words.t('people.identity_new', { by }) : say()
    case 'contact_noticed':
    case 'contact_disputed':
    case 'contact_changed':
      return say()
    default:
      return it satisfies never
  }
}

function quoted(words: Words, sentence: string, theirs: string | undefined): string {
  return theirs ? `${sentence} ${words.quote(theirs)}` : sentence
}

/** A value as it is read: codes by their names, a number as it was written. */
export function valueName(
  words: Words,
  field: PersonField,
  value: string | undefined,
  names: Readonly<Record<string, string>>,
): string {
  if (value === undefined) return words.t('people.none')
  if (field === 'sex') return words.t(`sex.${value}`)
  if (field === 'language') return words.t(`language.${value}`)
  return field === 'region' || field === 'cercle' ? (names[value] ?? value) : words.quote(value)
}
