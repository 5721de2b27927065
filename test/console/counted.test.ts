/** What takes long to count: once for a page and its pictures, and anew before it is old. */
import { expect, onTestFinished, test } from 'vitest'
import { makeCounted, nameOf } from '../../src/console/counted.ts'
import { browserOf, hire, makeClock, makeCounter } from './counter.ts'

function counting(lasts = 30_000) {
  const clock = makeClock()
  let times = 0
  const counted = makeCounted(clock, lasts)
  return { clock, ask: (name = 'x') => counted(name, async () => ++times) }
}

test('the same is counted once, also for those who ask while it is being counted', async () => {
  const { ask } = counting()
  expect(await Promise.all([ask(), ask(), ask('y')])).toEqual([1, 1, 2])
  expect(await ask()).toBe(1)
})

test('what is older than that is counted anew', async () => {
  const { ask, clock } = counting()
  await ask()
  clock.ahead(29_000)
  expect(await ask()).toBe(1)
  clock.ahead(2_000)
  expect(await ask()).toBe(2)
})

test('a count that failed is not kept', async () => {
  const counted = makeCounted(makeClock(), 30_000)
  await expect(counted('x', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone')
  expect(await counted('x', async () => 1)).toBe(1)
})

test('whoever got or lost a right is counted for anew', () => {
  const staff = { id: 'a', roles: ['officer'], queues: ['conduct'] }
  expect(nameOf('weeks', staff, {})).not.toBe(nameOf('weeks', { ...staff, queues: [] }, {}))
})

test.each([
  ['supervision', '/console/supervision', '/console/supervision/picture?of=flow'],
  ['indicators', '/console/indicators', '/console/indicators/picture'],
])(
  'the picture of %s shows what its page counted, and another reader has a count of their own',
  async (_page, page, picture) => {
    const names: string[] = []
    const counter = await makeCounter({
      counted: (name, count) => {
        names.push(name)
        return count()
      },
    })
    onTestFinished(() => counter.close())
    const claire = await browserOf(counter, await hire(counter, 'Claire', ['officer']))
    const awa = await browserOf(counter, await hire(counter, 'Awa', ['officer']))
    await claire.get(page)
    const ofPage = new Set(names.splice(0))
    expect(ofPage.size).toBeGreaterThan(0)
    expect((await claire.get(picture)).statusCode).toBe(200)
    const ofPicture = names.splice(0)
    expect(ofPicture.filter((name) => !ofPage.has(name))).toEqual([])
    expect(ofPicture.length).toBeGreaterThan(0)
    await awa.get(page)
    expect(names.filter((name) => ofPage.has(name) && !name.startsWith('["talk"'))).toEqual([])
  },
)
