/** Events as a transcript shows them: codes only, requests by their reference, staff by name. */
import { showReference } from '../src/core/reference.ts'
import type { Cast } from './transcript-stage.ts'

/** What only the engine cares about. */
const unseen = ['message_created', 'flow_entered', 'flow_ended', 'notice_shown']
/** Told by other means, or the same in every conversation. */
const left = new Set([
  'request',
  'reference',
  'message',
  'wording',
  'text',
  'flow',
  'step',
  'visibility',
  'cause',
  'hash',
  'media',
])

/** The events since the last call, oldest first. */
export async function newEvents(cast: Cast): Promise<string[]> {
  const { prisma } = cast.office.database
  const rows = await prisma.event.findMany({ where: { id: { gt: cast.lastEvent } }, orderBy: { id: 'asc' } })
  cast.lastEvent = rows.at(-1)?.id ?? cast.lastEvent
  const requests = await prisma.request.findMany({ select: { id: true, reference: true } })
  const references = new Map(requests.map(({ id, reference }) => [id, showReference(reference)]))
  const names = new Map([...cast.staff].map(([name, { id }]) => [id, name]))
  return rows
    .filter(({ type }) => !unseen.includes(type))
    .map((row) => {
      // Written by the store as an object (event-parts.ts).
      const facts = row.facts as Record<string, unknown>
      const reference = references.get(row.requestId ?? '')
      const told = [
        row.type,
        reference,
        ...head(row.type, facts),
        ...Object.entries(facts).flatMap(shown(names, row.type)),
      ]
      if (reference && row.visibility !== 'open') told.push(row.visibility)
      return told.filter((one) => one !== undefined).join(' ')
    })
}

/** What stands first for some types, without its name. */
function head(type: string, facts: Record<string, unknown>): (string | undefined)[] {
  if (type === 'request_opened') return [`${facts['kind']} in ${facts['queue']} P${facts['priority']}`]
  if (type.startsWith('answer_')) return [`${facts['flow']}.${facts['step']}`]
  return []
}

const inHead: Readonly<Record<string, readonly string[]>> = { request_opened: ['kind', 'queue', 'priority'] }

function shown(names: ReadonlyMap<string, string>, type: string) {
  return ([name, value]: [string, unknown]): string[] => {
    if (left.has(name) || inHead[type]?.includes(name) || value === null || value === undefined) return []
    if (typeof value === 'object') return [`${name}=${Object.values(value).join('/')}`]
    const text = String(value)
    if (!/^[0-9a-f-]{36}$/.test(text)) return [`${name}=${text}`]
    return names.has(text) ? [`${name}=${names.get(text)}`] : []
  }
}
