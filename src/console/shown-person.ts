/** A person as a page names them: places by their names, a phone as it is read aloud. */
import { parsePhoneNumberFromString } from 'libphonenumber-js'
import type { PersonFacts } from '../store/person.ts'
import type { ConsoleParts } from './parts.ts'

/** A person with places by their names and the phone in groups of digits, as it is read aloud. */
export function shownPerson(
  { placeName }: Pick<ConsoleParts, 'placeName'>,
  person: PersonFacts,
): PersonFacts {
  const name = (id: string | undefined) => (id === undefined ? undefined : (placeName?.(id) ?? id))
  return {
    ...person,
    region: name(person.region),
    cercle: name(person.cercle),
    phone: person.phone && shownPhone(person.phone),
  }
}

/** Numbers of Mali have eight digits, said two by two. */
export function shownPhone(phone: string): string {
  const known = parsePhoneNumberFromString(phone)?.formatInternational() ?? phone
  return known.replace(/(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1 $2 $3 $4')
}
