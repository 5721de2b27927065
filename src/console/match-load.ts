/** From the store to the pages on which staff decide who somebody is. */
import type { Match } from '../core/match.ts'
import type { PersonValues } from '../core/person.ts'
import type { Request } from '../core/request.ts'
import type { Staff } from '../core/staff.ts'
import { Failure } from '../failure.ts'
import { readCaseNumber } from '../flow/answer/case-number.ts'
import { readPhone } from '../flow/answer/phone.ts'
import { candidatesSeenBy, personsSeenBy } from '../store/access.ts'
import { type Claimant, claimantOf, findCandidates } from '../store/find-candidates.ts'
import { type MatchState, matchStateOf } from '../store/match-state.ts'
import { loadPerson } from '../store/person.ts'
import { filesOfPerson } from '../store/person-file.ts'
import { loadRequest, readRequestText } from '../store/request.ts'
import { oldAddresses } from '../turn/old-address.ts'
import type { ConsoleParts } from './parts.ts'
import { shownPhone } from './shown-person.ts'

type Parts = Pick<ConsoleParts, 'database' | 'placeName'>

/** A side as a page shows it: places by their names, phones in groups of digits. */
export type ShownSide = {
  readonly id: string
  readonly values: PersonValues
  readonly phones: readonly string[]
  readonly caseNumbers: readonly string[]
}

export type ShownCandidate = ShownSide & {
  readonly stage?: string
  readonly match: Match
  /** Whether the old number can be written to. */
  readonly reachable: boolean
}

export type MatchView = {
  readonly request: Request
  /** Who writes; absent while they did not agree that we keep who they are. */
  readonly claimant?: ShownSide
  /** In their own words: a case number, an old number. */
  readonly said?: string
  readonly candidates: readonly ShownCandidate[]
  readonly state: MatchState
}

/** Of a request about identity; every other one has no such page. */
export async function loadMatch(parts: Parts, staff: Staff, id: string): Promise<MatchView> {
  const { database } = parts
  const { prisma } = database
  const request = await loadRequest(prisma, staff, id)
  if (request.kind !== 'request.identity' && request.kind !== 'request.contact_change') {
    throw new Failure('request:not_found')
  }
  const [said, state, known] = await Promise.all([
    readRequestText(database, staff, id),
    matchStateOf(prisma, id),
    request.person === undefined ? undefined : claimantOf(database, request.person),
  ])
  const claimant = known && withClaims(known, said)
  const found = claimant ? await findCandidates(database, claimant, candidatesSeenBy(staff)) : []
  const candidates = await Promise.all(
    found.map(async ({ stage, match, ...side }) => {
      const old = await oldAddresses(prisma, side.id, request.address)
      const reachable = old.some(({ address }) => address.state === 'live' && address.stopped !== 'all')
      return { ...shownSide(parts, { ...side, caseNumbers: [] }), stage, match, reachable }
    }),
  )
  return { request, claimant: claimant && shownSide(parts, claimant), said, candidates, state }
}

/** Files that may be of the same person as this one, and those that were joined to it. */
export async function loadSame(parts: Parts, staff: Staff, id: string) {
  const { database } = parts
  const person = await loadPerson(database, staff, id)
  const [files, claimant] = await Promise.all([
    filesOfPerson(database, staff, person.id),
    claimantOf(database, person.id),
  ])
  const found =
    claimant && files.whole === undefined
      ? await findCandidates(database, claimant, personsSeenBy(staff))
      : []
  return {
    person,
    ...files,
    candidates: found.map(({ stage, match, ...side }) => ({
      ...shownSide(parts, { ...side, caseNumbers: [] }),
      ...{ stage, match, reachable: false },
    })),
  }
}

export type SameView = Awaited<ReturnType<typeof loadSame>>

/** What stands in the request may be a number, and is compared like what is in the file. */
function withClaims(claimant: Claimant, said: string | undefined): Claimant {
  if (said === undefined) return claimant
  const phone = readPhone(said) ?? likePhone(said)
  const caseNumber = phone === undefined ? readCaseNumber(said) : undefined
  return {
    ...claimant,
    phones: phone === undefined ? claimant.phones : [...new Set([...claimant.phones, phone])],
    caseNumbers:
      caseNumber === undefined ? claimant.caseNumbers : [...new Set([...claimant.caseNumbers, caseNumber])],
  }
}

/** Files hold numbers that no country gives any more: digits in the shape of one are compared all the same. */
function likePhone(text: string): string | undefined {
  const digits = /[a-z]/i.test(text) ? '' : text.replace(/\D/g, '')
  if (digits.length === 8) return `+223${digits}`
  return /^\s*\+/.test(text) && digits.length > 8 ? `+${digits}` : undefined
}

export function shownSide({ placeName }: Parts, { id, values, phones, caseNumbers }: Claimant): ShownSide {
  const name = (place: string | undefined) =>
    place === undefined ? undefined : (placeName?.(place) ?? place)
  return {
    id,
    values: { ...values, region: name(values.region), cercle: name(values.cercle) },
    phones: phones.map(shownPhone),
    caseNumbers,
  }
}
