/** What one member of staff can find out, all of it: every list, count, thread, page and file that the console can ask for. */
import type { Staff } from '../../src/core/staff.ts'
import { personsSeenBy, requestsSeenBy } from '../../src/store/access.ts'
import type { Database } from '../../src/store/database.ts'
import { listFeedback } from '../../src/store/feedback.ts'
import { addressesOfPerson, loadPerson, readAddress } from '../../src/store/person.ts'
import { findByReference, loadRequest, readRequestText } from '../../src/store/request.ts'
import { countRequests } from '../../src/store/request-count.ts'
import { factsOfRequest } from '../../src/store/request-facts.ts'
import { findLine, listRequests, requestsOfPeople } from '../../src/store/request-list.ts'
import type { RequestLook } from '../../src/store/request-look.ts'
import { threadOfPeople, threadOfRequest } from '../../src/store/thread.ts'

const looks: readonly RequestLook[] = ['mine', 'queues', 'unassigned', 'overdue', 'closed']
const look = { limit: 200 }

/** One long text of everything that exists for this reader; what is not in it they cannot know. */
export async function seenBy(database: Database, staff: Staff, now: Date): Promise<string> {
  const { prisma } = database
  const page = { now, limit: 200 }
  const lists = await Promise.all(looks.map((one) => listRequests(database, staff, one, page)))
  const requests = await prisma.request.findMany({ where: requestsSeenBy(staff), select: { id: true } })
  const persons = await prisma.person.findMany({ where: personsSeenBy(staff), select: { id: true } })
  const reads = staff.roles.some((role) => role === 'officer' || role === 'supervisor')
  const found = {
    lists,
    counts: await countRequests(database, staff, now),
    requests: await Promise.all(requests.map(({ id }) => requestPage(database, staff, id))),
    persons: await Promise.all(persons.map(({ id }) => personPage(database, staff, id))),
    feedback: reads ? (await listFeedback(database, staff, {}, { limit: 200 })).lines : [],
  }
  return JSON.stringify(found)
}

async function requestPage(database: Database, staff: Staff, id: string): Promise<unknown> {
  const request = await loadRequest(database.prisma, staff, id)
  return [
    request,
    await findLine(database, staff, id),
    await findByReference(database.prisma, staff, request.reference),
    await readRequestText(database, staff, id),
    await factsOfRequest(database, id),
    await threadOfRequest(database, request, look),
    request.address === undefined ? undefined : await readAddress(database, request.address, request.person),
  ]
}

async function personPage(database: Database, staff: Staff, id: string): Promise<unknown> {
  return [
    await loadPerson(database, staff, id),
    await addressesOfPerson(database, id),
    await requestsOfPeople(database, staff, [id]),
    await threadOfPeople(database, { people: [id], requests: [] }, look),
  ]
}
