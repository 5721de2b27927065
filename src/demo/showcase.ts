/** What a visitor should meet at once on a request that waits: a place, a name in a note, a safe contact, a voice reply. */
import * as rules from '../core/request-rules.ts'
import type { SafeContact } from '../core/safe-contact.ts'
import type { Cast } from './cast.ts'
import type { DemoPerson } from './people.ts'
import { minute } from './rhythm.ts'
import { voiceNote } from './sent-files.ts'
import { acts, joins, type Stage } from './stage.ts'
import { requestOf } from './standing.ts'

const requestsAtOnce = 3
/** On a road north of Bamako. */
const place = { kind: 'location', latitude: 12.7123, longitude: -7.9456 } as const

/** Goes on with the youngest open requests as staff and people would, within the last hour. */
export function showAtOnce(stage: Stage, cast: Cast, people: readonly DemoPerson[], now: Date): void {
  const supervisor = cast.staff.find(({ roles }) => roles.includes('supervisor'))
  if (!supervisor) return
  for (const { person, request } of youngest(stage, people, supervisor.office.id)) {
    const { owner, queue } = requestOf(stage.ledger, request)
    const staff = cast.staff.find(({ id, queues }) => (owner ? id === owner : queues.includes(queue)))
    if (!staff) continue
    const ago = (minutes: number) => new Date(now.getTime() - minutes * minute)
    if (!owner) acts(stage, ago(50), staff, request, (it) => ({ happenings: rules.take(it, staff.id) }))
    acts(stage, ago(45), staff, request, () => ({ happenings: rules.noteSafeContact(undefined, safe) }))
    const at = ago(40)
    const { media } = voiceNote(stage.id(at), stage.dice.fork(request))
    acts(stage, at, staff, request, (it, message) => ({
      happenings: rules.answer(it, staff.id, message),
      text: spoken[person.language],
      ...(media ? { media: { ...media, state: 'stored' } } : {}),
    }))
    joins(stage, ago(20), person.address, place, request)
    const note = `@${supervisor.name} la personne attend sur la route, qui peut y passer ?`
    acts(stage, ago(10), staff, request, (it) => ({
      happenings: rules.writeNote(it, note, staff === supervisor ? [] : [supervisor.id]),
    }))
  }
}

const safe: SafeContact = {
  way: 'voice',
  hours: '12 h à 14 h',
  who: 'une femme du bureau',
  note: 'Le téléphone est celui de la famille : rester bref.',
}

/** Nobody's voice: it says so. */
const spoken = {
  fr: 'Démonstration : un son tient lieu de voix.',
  bm: 'Démonstration : un son tient lieu de voix.',
  en: 'Demonstration: a tone stands for a voice.',
} as const

function youngest({ ledger }: Stage, people: readonly DemoPerson[], office: string) {
  const speakers = new Map(people.map((person) => [person.address.id, person]))
  return [...(ledger.tables.get('request')?.values() ?? [])]
    .filter(({ plain }) => plain['state'] === 'open' && plain['visibility'] === 'open')
    .filter(({ plain }) => plain['person_id'] && plain['office_id'] === office)
    .sort((one, other) => Number(other.plain['opened_at']) - Number(one.plain['opened_at']))
    .flatMap(({ plain }) => {
      const person = speakers.get(String(plain['address_id']))
      const address = ledger.row('address', String(plain['address_id']))?.plain
      const open = person?.stops === 'nothing' && address?.['state'] === 'live'
      return open ? [{ person, request: String(plain['id']) }] : []
    })
    .slice(0, requestsAtOnce)
}
