/** One act on the requests that are chosen in a list, and taking it back. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { queueKeys } from '../core/queue.ts'
import { outcomes, type Priority } from '../core/request.ts'
import { Failure } from '../failure.ts'
import { actOnMany, type BulkWish, undoMany } from '../turn/act-bulk.ts'
import { askingOf, type Console, lookOf } from './asked.ts'
import { FormFault, readForm, readKey, readNote } from './form.ts'
import { showList } from './list-routes.tsx'
import { lookQuery } from './look.ts'
import { readUntil } from './until.ts'

/** A page of a list and no more. */
const mostAtOnce = 100

const chosen = z.object({ request: z.union([z.uuid(), z.array(z.uuid()).max(mostAtOnce)]) })
const named = z.object({ act: z.enum(['take', 'assign', 'hand_over', 'snooze', 'close', 'priority']) })

export function bulkRoutes(app: FastifyInstance, console: Console): void {
  app.post('/console/requests/bulk', async (request, reply) => {
    const { staff } = askingOf(request)
    const form = readKey(request.body)
    try {
      const requests = [readChosen(request.body)].flat()
      await actOnMany(console.desk, { staff, form }, requests, readWish(console, request.body))
    } catch (error) {
      if (!(error instanceof FormFault)) throw error
      return showList(console, request, reply.code(422), { fault: error })
    }
    return reply.redirect(`/console/requests${lookQuery(lookOf(request))}&bulk=${form}`, 303)
  })
  app.post('/console/requests/bulk/undo', async (request, reply) => {
    const { staff } = askingOf(request)
    const form = readKey(request.body)
    const read = z.object({ bulk: z.uuid() }).safeParse(request.body)
    if (!read.success) throw new Failure('form:stale')
    const { bulk } = read.data
    await undoMany(console.desk, { staff, form }, bulk)
    return reply.redirect(`/console/requests${lookQuery(lookOf(request))}&bulk=${bulk}`, 303)
  })
}

function readChosen(body: unknown): string | readonly string[] {
  const read = chosen.safeParse(body)
  if (!read.success) throw new FormFault('lists.none_chosen')
  return read.data.request
}

/** Each act of the one form has a field for words of its own. */
function noteOf(act: string, body: unknown): string | undefined {
  const fields = readForm(z.record(z.string(), z.unknown()), body)
  return readNote({ note: fields[`note_${act}`] })
}

/** What is wished; fails with FormFault for what the act needs and the form lacks. */
function readWish({ clock }: Console, body: unknown): BulkWish {
  const { act } = readForm(named, body)
  switch (act) {
    case 'take':
      return { act }
    case 'assign':
      return { act, ...readForm(z.object({ owner: z.uuid() }), body), reason: noteOf(act, body) }
    case 'hand_over': {
      const { queue } = readForm(z.object({ queue: z.enum(queueKeys) }), body)
      const reason = noteOf(act, body)
      if (reason === undefined) throw new FormFault('lists.reason_missing')
      return { act, queue, reason }
    }
    case 'snooze':
      return { act, until: readUntil(body, clock.now()) }
    case 'close':
      return { act, ...readForm(z.object({ outcome: z.enum(outcomes) }), body), note: noteOf(act, body) }
    case 'priority': {
      const { priority } = readForm(z.object({ priority: z.enum(['0', '1', '2', '3', '4']) }), body)
      // The shape admits exactly the five priorities.
      return { act, priority: Number(priority) as Priority }
    }
    default:
      return act satisfies never
  }
}
