/** What a turn writes of the person: who they are, what they allowed, how they may be reached. */
import type { Described, EventType, HappeningOf } from '../core/event.ts'
import { isMinor } from '../core/person.ts'
import type { Plain } from '../store/road.ts'
import { countStopped } from './apply-campaign.ts'
import { applyRequest } from './apply-request.ts'
import { officeFor } from './routing.ts'
import { changeSession, record, type Scene } from './scene.ts'
import { officeOf } from './surroundings.ts'

type Apply<T extends EventType> = (scene: Scene, it: HappeningOf<T>) => void

/** What somebody tells of themselves belongs to what they asked within this time. */
const sameTalk = 24 * 60 * 60_000

export const applyPerson: {
  readonly [T in
    | 'language_chosen'
    | 'consent_recorded'
    | 'person_described'
    | 'person_confirmed'
    | 'speaker_changed'
    | 'phone_shared'
    | 'safe_contact_noted'
    | 'messages_stopped'
    | 'messages_started'
    | 'address_blocked'
    | 'card_made'
    | 'card_used']: Apply<T>
} = {
  language_chosen(scene, it) {
    record(scene, it)
    scene.language = it.language
    changeAddress(scene, { language: it.language })
    changePerson(scene, { language: it.language })
  },

  /** The first yes to keeping data makes the person and their case; before it there is only an address. */
  consent_recorded(scene, it) {
    if (it.item === 'keep_data') scene.keeps = it.answer === 'given'
    if (it.item === 'keep_data' && it.answer === 'given' && !scene.person) meet(scene)
    record(scene, it)
    insertConsent(scene, it)
  },

  person_described(scene, it) {
    // Without consent, or when it was taken back, nothing of it is kept, not even in history.
    if (!scene.person || !scene.keeps) return
    record(scene, it)
    describe(scene, it.secret)
    scene.claim = it.secret.caseNumber ?? scene.claim
  },

  person_confirmed: (scene, it) => record(scene, it),

  /** Somebody else on the same phone has a session of their own: nothing of the other person is in it. */
  speaker_changed(scene, it) {
    record(scene, it)
    changeSession(scene, { doubted: false })
    if (it.to !== 'other' || !scene.address || !scene.session) return
    scene.switchTo = scene.world.id()
    scene.person = undefined
    scene.keeps = false
  },

  phone_shared(scene, it) {
    record(scene, it)
    changeAddress(scene, { shared: it.shared })
  },

  /** On record with the request in which it was said, so that it is as hidden as that. */
  safe_contact_noted(scene, it) {
    const [request] = scene.matters.keys()
    record(scene, it, request)
    if (!scene.person) return
    const { id, key } = scene.person
    const secret = { safe_contact_enc: JSON.stringify(it.secret) }
    scene.changes.push({ update: 'person', id, plain: {}, secret, key })
    scene.hints.add(`person-${id}`)
    if (request !== undefined) scene.hints.add(`request-${request}`)
  },

  messages_stopped(scene, it) {
    record(scene, it)
    changeAddress(scene, { stopped: it.how })
    countStopped(scene)
  },

  messages_started(scene, it) {
    record(scene, it)
    changeAddress(scene, { stopped: 'no' })
  },

  address_blocked(scene, it) {
    record(scene, it)
    changeAddress(scene, { state: 'blocked' })
  },

  card_made: (scene, it) => record(scene, it),

  /** The address is theirs from here on; whoever spoke on it before keeps a session of their own. */
  card_used(scene, it) {
    const { card, address, world } = scene
    if (!card || !address) throw new Error('a card is used without having been shown')
    if (scene.person && scene.person.id !== card.person.id) scene.switchTo = world.id()
    scene.person = card.person
    scene.met = true
    const since = world.now
    const verified = { verified_at: since, verified_by: card.staff }
    scene.changes.push(
      {
        insert: 'person_address',
        plain: { person_id: card.person.id, address_id: address.id, since, ...verified },
      },
      {
        update: 'card',
        id: card.id,
        version: card.version,
        plain: { used_at: since, address_id: address.id },
      },
    )
    scene.hints.add(`person-${card.person.id}`)
    record(scene, it)
  },
}

function meet(scene: Scene): void {
  const { address, world, language } = scene
  const id = world.id()
  const file = world.id()
  const key = scene.keys.make('person', world.id(), world.now)
  scene.changes.push(
    key.row,
    { insert: 'person', plain: { id, key_id: key.id, language, created_at: world.now } },
    { insert: 'case_file', plain: { id: file, person_id: id, stage: 'contact', opened_at: world.now } },
  )
  // Whoever stands at the desk may have no address.
  if (address) {
    const link = { person_id: id, address_id: address.id, since: world.now }
    scene.changes.push({ insert: 'person_address', plain: link })
  }
  scene.person = { id, key: key.id, case: file, minor: false, known: false }
  scene.met = true
}

function insertConsent(scene: Scene, it: HappeningOf<'consent_recorded'>): void {
  const { address, session, world } = scene
  if ((!address || !session) && scene.staff === undefined) return
  scene.changes.push({
    insert: 'consent',
    plain: {
      id: world.id(),
      address_id: address?.id ?? null,
      person_id: scene.person?.id ?? null,
      session_id: scene.switchTo ?? session?.id ?? null,
      item: it.item,
      answer: it.answer,
      text: it.text,
      wording: it.wording,
      language: it.language,
      medium: it.medium,
      message_id: scene.handled?.message ?? null,
      staff_id: scene.staff ?? null,
      at: world.now,
    },
  })
}

function describe(scene: Scene, it: Described): void {
  const { person, world, keys, town } = scene
  if (!person) return
  const region = it.place?.region
  const plain: Record<string, Plain> = {}
  if (it.sex) plain['sex'] = it.sex
  if (it.returnCountry) plain['return_country'] = it.returnCountry
  if (it.phone) plain['phone_hash'] = keys.hash('phone', it.phone)
  // A year that the file has is never written over by what is said: staff look at it (apply-safe.ts).
  const birthYear = person.birthYear === undefined ? it.birthYear : undefined
  const minor = birthYear === undefined ? person.minor : isMinor(birthYear, world.now)
  if (birthYear !== undefined) {
    plain['birth_year'] = birthYear
    plain['minor'] = minor
  }
  if (it.place) {
    plain['region'] = region ?? null
    plain['cercle'] = it.place.cercle ?? null
  }
  const secret = { name_enc: it.name, place_enc: it.place?.said, phone_enc: it.phone }
  scene.changes.push({ update: 'person', id: person.id, plain, secret, key: person.key })
  const office = person.office ?? officeOf(town, region)?.id
  scene.person = {
    ...person,
    minor,
    ...(birthYear === undefined ? {} : { birthYear }),
    region: region ?? person.region,
    office,
    known: person.known || it.name !== undefined,
  }
  if (region === undefined) return
  if (person.case && office && !person.office) {
    scene.changes.push({ update: 'case_file', id: person.case, plain: { office_id: office } })
  }
  // She is heard first: the request was opened before anybody knew where she lives.
  for (const matter of scene.matters.values()) {
    if (matter.openedAt && world.now.getTime() - matter.openedAt.getTime() < sameTalk) {
      const waits = matter.queue && officeFor(town, matter.queue, scene.person)
      const plain = { region, office_id: waits ?? null }
      scene.changes.push({ update: 'request', id: matter.id, plain })
      scene.matters.set(matter.id, { ...matter, office: waits ?? null })
    }
  }
}

/**
 * A case number is a claim: staff compare and call back, and nobody is told whether there is such a case (S3). Called when
 * the whole turn is applied: the conversation may have asked for it itself.
 */
export function askForMatch(scene: Scene): void {
  const { claim, world, matters } = scene
  if (claim === undefined || [...matters.values()].some(({ queue }) => queue === 'identity')) return
  applyRequest.request_opened(scene, {
    type: 'request_opened',
    request: world.id(),
    reference: world.reference(),
    ...{ kind: 'request.identity', queue: 'identity', visibility: 'open', priority: 3, cause: 'hand_over' },
    secret: { text: claim },
  })
}

function changeAddress(scene: Scene, plain: Readonly<Record<string, Plain>>): void {
  if (scene.address) scene.changes.push({ update: 'address', id: scene.address.id, plain })
}

function changePerson(scene: Scene, plain: Readonly<Record<string, Plain>>): void {
  if (scene.person) scene.changes.push({ update: 'person', id: scene.person.id, plain })
}
