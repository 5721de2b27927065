/** How far the checks of an identity or of a changed number have come: read from the history of its request. */
import type { ContactCheck, IdentityCheck } from '../core/match.ts'
import type { Database } from './database.ts'
import { happeningOf } from './event-parts.ts'

export type MatchState = {
  /** What holds, by candidate. */
  readonly checks: ReadonlyMap<string, readonly (IdentityCheck | ContactCheck)[]>
  /** Candidates whose old number was told. */
  readonly noticed: ReadonlySet<string>
  /** Somebody answered from the old number that it was not them. */
  readonly disputed: boolean
  /** It was settled: as whom, or as somebody new, or refused. */
  readonly settled?: 'linked' | 'new' | 'changed' | 'refused'
  readonly candidate?: string
}

const types = [
  'identity_checked',
  'identity_settled',
  'contact_noticed',
  'contact_disputed',
  'contact_changed',
  'contact_refused',
] as const

/** Of a request that the caller has loaded under the reader's access. */
export async function matchStateOf(prisma: Database['prisma'], request: string): Promise<MatchState> {
  const rows = await prisma.event.findMany({
    where: { requestId: request, type: { in: [...types] } },
    orderBy: { id: 'asc' },
    select: { type: true, facts: true },
  })
  const checks = new Map<string, readonly (IdentityCheck | ContactCheck)[]>()
  const noticed = new Set<string>()
  let disputed = false
  let settled: Pick<MatchState, 'settled' | 'candidate'> = {}
  for (const { type, facts } of rows) {
    const it = happeningOf(type, facts, undefined)
    if (it.type === 'identity_checked') checks.set(it.candidate, it.checks)
    if (it.type === 'contact_noticed') noticed.add(it.candidate)
    if (it.type === 'contact_disputed') disputed = true
    if (it.type === 'identity_settled') {
      settled = it.candidate ? { settled: 'linked', candidate: it.candidate } : { settled: 'new' }
    }
    if (it.type === 'contact_changed') settled = { settled: 'changed', candidate: it.candidate }
    if (it.type === 'contact_refused') settled = { settled: 'refused' }
  }
  return { checks, noticed, disputed, ...settled }
}
