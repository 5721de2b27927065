/** The head of a transcript: who is there, and what the office is like. */
import { type Language, languages } from '../src/core/language.ts'
import { type Role, roles } from '../src/core/staff.ts'

export type Head = {
  readonly people: readonly PersonHead[]
  readonly staff: readonly { readonly name: string; readonly region: string; readonly role: Role }[]
  readonly duty: readonly string[]
  readonly cards: readonly { readonly code: string; readonly name: string; readonly language?: Language }[]
  readonly emergencyNumber?: string
  readonly place?: string
  readonly at: Date
}

export type PersonHead = {
  readonly name: string
  readonly channel: string
  readonly language?: Language
  readonly caseNumber?: string
  readonly shared: boolean
  /** Their case is closed. */
  readonly closed?: boolean
}

/** Reads the lines between the name and the first empty line; fails on a part that the README does not know. */
export function readHead(lines: readonly string[]): Head {
  const people: PersonHead[] = []
  const staff: Head['staff'][number][] = []
  const duty: string[] = []
  const cards: Head['cards'][number][] = []
  let emergencyNumber: string | undefined
  let place: string | undefined
  let at = new Date('2026-03-02T09:00:00Z')
  for (const part of lines.flatMap((line) => line.split(', '))) {
    const found = (pattern: RegExp) => pattern.exec(part)?.slice(1)
    const [person, works, known, card] = [
      found(/^(\p{L}+) on (\w+)(?: in (\w+))?$/u),
      found(/^staff (\p{L}+) of (\w+)(?: as (\w+))?$/u),
      found(/^known as (.+)$/),
      found(/^card (\d{10}) for (.+?)(?: in (\w+))?$/),
    ]
    const last = people.at(-1)
    if (person) {
      const language = languages.find((one) => one === person[2])
      people.push({ name: person[0] ?? '', channel: person[1] ?? '', language, shared: false })
    } else if (known && last) people[people.length - 1] = { ...last, caseNumber: known[0] }
    else if (part === 'shared' && last) people[people.length - 1] = { ...last, shared: true }
    else if (part === 'case closed' && last) people[people.length - 1] = { ...last, closed: true }
    else if (works) {
      const role = roles.find((one) => one === works[2]) ?? 'case_worker'
      staff.push({ name: works[0] ?? '', region: works[1] ?? '', role })
    } else if (card) {
      const language = languages.find((one) => one === card[2])
      cards.push({ code: card[0] ?? '', name: card[1] ?? '', language })
    } else if (part.startsWith('duty ')) duty.push(part.slice(5))
    else if (part.startsWith('emergency number ')) emergencyNumber = part.slice(17)
    else if (part.startsWith('office ')) place = part.slice(7)
    else if (part.startsWith('at ')) at = new Date(`${part.slice(3).replace(' ', 'T')}:00Z`)
    else throw new Error(`the head of a transcript does not know: ${part}`)
  }
  return { people, staff, duty, cards, emergencyNumber, place, at }
}
