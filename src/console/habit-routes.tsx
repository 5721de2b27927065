/** How the reader likes to work: the keys, with a help sheet, and the sound of something new. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { chooseHabits } from '../store/staff.ts'
import { askingOf, type Console, isScript, pageOf, sendPage, sendPart, wordsOf } from './asked.ts'
import { readForm } from './form.ts'
import { loadRail } from './load.ts'
import { HabitPage, KeySheet } from './pages/habit.tsx'

const habit = z.enum(['yes', 'no']).transform((answer) => answer === 'yes')
const shape = z.union([
  z.strictObject({ shortcuts: habit, _csrf: z.string() }),
  z.strictObject({ signals: habit, _csrf: z.string() }),
])

export function habitRoutes(app: FastifyInstance, console: Console): void {
  app.get('/console/keys', async (request, reply) => {
    if (isScript(request)) return sendPart(reply, KeySheet({ words: wordsOf(console, request) }))
    const rail = await loadRail(console, askingOf(request).staff)
    return sendPage(reply, HabitPage({ page: pageOf(console, request, reply), rail }))
  })
  app.post('/console/keys', async (request, reply) => {
    const { _csrf: _, ...habits } = readForm(shape, request.body)
    await chooseHabits(console.database.prisma, askingOf(request).staff.id, habits)
    return reply.redirect('/console/keys', 303)
  })
}
