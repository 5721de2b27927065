/** Who is at a request: told to the other processes, and over by itself. */
import { expect, onTestFinished, test } from 'vitest'
import { makePresence } from '../../src/console/presence.ts'
import { makeHints } from '../../src/turn/hint.ts'
import { oneDatabase } from '../one-database.ts'
import { makeClock } from './counter.ts'

const database = oneDatabase()
const log = { info() {}, warn() {}, error() {} }
const soon = <T>(read: () => T) => expect.poll(read, { timeout: 10_000 })

async function process(clock = makeClock()) {
  const hints = makeHints(database().pool, clock, log)
  await hints.start()
  const presence = makePresence(hints, clock)
  onTestFinished(async () => {
    presence.close()
    await hints.close()
  })
  return presence
}

test('one process hears from another who reads, who writes and who left, and nobody sees themselves', async () => {
  const clock = makeClock()
  const [request, mariam, moussa] = [clock.id(), clock.id(), clock.id()]
  const [here, there] = [await process(clock), await process(clock)]
  const heard: string[] = []
  there.listen((names) => heard.push(...names))
  here.note(request, mariam, 'reading')
  here.note(request, moussa, 'writing')
  await soon(() => there.besides(request, clock.id())).toEqual([
    { staff: moussa, doing: 'writing' },
    { staff: mariam, doing: 'reading' },
  ])
  expect(there.besides(request, mariam)).toEqual([{ staff: moussa, doing: 'writing' }])
  expect(new Set(heard)).toEqual(new Set([`presence-${request}`]))
  here.note(request, mariam, 'gone')
  await soon(() => there.besides(request, moussa)).toEqual([])
})

test('who stopped to write reads, and who says nothing any more has left', async () => {
  const clock = makeClock()
  const [request, mariam] = [clock.id(), clock.id()]
  const presence = await process(clock)
  presence.note(request, mariam, 'writing')
  await soon(() => presence.besides(request, '')).toEqual([{ staff: mariam, doing: 'writing' }])
  clock.ahead(10_000)
  await soon(() => presence.besides(request, '')).toEqual([{ staff: mariam, doing: 'reading' }])
  clock.ahead(60_000)
  await soon(() => presence.besides(request, '')).toEqual([])
})
