/** Absences and the settings of queues at the counter. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type Browser, browserOf, type Counter, hiddenFields, hire, makeCounter } from './counter.ts'

let counter: Counter
let chief: { id: string }
let moussa: { id: string }
let elsewhere: { id: string }
let browser: Browser
beforeEach(async () => {
  counter = await makeCounter()
  onTestFinished(() => counter.close())
  chief = await hire(counter, 'Cheffe', ['supervisor'])
  moussa = await hire(counter, 'Moussa', ['case_worker'])
  elsewhere = await hire(counter, 'Ailleurs', ['case_worker'])
  await counter.database.prisma.staff.update({ where: { id: moussa.id }, data: { supervisorId: chief.id } })
  browser = await browserOf(counter, chief)
})

const local = (days: number) =>
  new Date(counter.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 16)

describe('absences', () => {
  const page = '/console/absences'
  const say = (who: Browser, staff: string, from = local(0), until = local(7)) =>
    who.send(page, page, { staff, from, until })
  const absences = () => counter.database.prisma.absence.findMany()

  test('are noted by a supervisor for their people, by each for themselves, and shown with who said so', async () => {
    expect((await say(browser, moussa.id)).statusCode).toBe(303)
    const { body } = await browser.get(page)
    expect(body).toContain('Moussa')
    const own = await browserOf(counter, moussa)
    const seen = (await own.get(page)).body
    expect(seen).toContain('Noté par Cheffe')
    expect(seen).not.toContain('Ailleurs')
    await own.send(page, '/console/absences/end', {})
    expect((await absences())[0]?.until.getTime()).toBeLessThanOrEqual(counter.clock.now().getTime())
  })

  test('are not noted for strangers, nor ended by them', async () => {
    expect((await say(browser, elsewhere.id)).statusCode).toBe(422)
    expect(await absences()).toEqual([])
    await say(browser, moussa.id)
    const [{ id, until } = { id: '', until: new Date() }] = await absences()
    const stranger = await browserOf(counter, elsewhere)
    const fields = hiddenFields((await stranger.get(page)).body, page)
    await stranger.post('/console/absences/end', { ...fields, absence: id })
    expect((await absences())[0]?.until).toEqual(until)
  })

  test.each<[string, string, string]>([
    ['that end before they begin', '5', '3'],
    ['that are over', '-5', '-3'],
    ['that never end', '0', '900'],
    ['without a time', '', ''],
  ])('%s are refused with a sentence', async (_, from, until) => {
    const at = (days: string) => (days === '' ? 'bientôt' : local(Number(days)))
    const answer = await say(browser, moussa.id, at(from), at(until))
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('Ces dates ne vont pas')
    expect(await absences()).toEqual([])
  })
})

describe('the queues', () => {
  const page = '/console/admin/queues?queue=followup'
  const settings = '/console/admin/queues/settings'
  const seats = '/console/admin/queues/seats'
  const seated = async (queue: string) =>
    (await counter.database.prisma.queueStaff.findMany({ where: { queue } })).map(({ staffId }) => staffId)

  test('get their way of assigning and their limits', async () => {
    const fields = { assignment: 'round_robin', personLimit: '15', alertOpen: '200', alertLate: '' }
    expect((await browser.send(page, settings, fields)).statusCode).toBe(303)
    const row = await counter.database.prisma.queueSetting.findUniqueOrThrow({ where: { queue: 'followup' } })
    expect(row).toMatchObject({ assignment: 'round_robin', personLimit: 15, alertOpen: 200, alertLate: null })
    for (const wrong of ['0', '-3', '1e9', 'beaucoup', '9'.repeat(100_000)]) {
      expect((await browser.send(page, settings, { ...fields, personLimit: wrong })).statusCode).toBe(422)
    }
    expect((await counter.database.prisma.queueSetting.findFirstOrThrow()).personLimit).toBe(15)
  })

  test('are shown to administrators and supervisors only, and seats are changed by administrators', async () => {
    const worker = await browserOf(counter, moussa)
    expect((await worker.get(page)).statusCode).toBe(404)
    const { body } = await browser.get(page)
    expect(body).not.toContain(seats)
    const fields = { ...hiddenFields(body, settings), staff: elsewhere.id }
    expect((await browser.post(seats, fields)).statusCode).toBe(404)
  })

  test('an administrator seats others, never themselves, and nobody where guarded matters lie', async () => {
    const admin = await hire(counter, 'Admin', ['admin', 'assistant'])
    const keeper = await browserOf(counter, admin)
    await keeper.send(page, seats, { staff: elsewhere.id })
    expect(await seated('followup')).toEqual([elsewhere.id])
    const forged = hiddenFields((await keeper.get(page)).body, seats)
    await keeper.post(seats, { ...forged, staff: admin.id })
    expect(await seated('followup')).toEqual([])
    for (const queue of ['protection', 'psea', 'data']) {
      const { body } = await keeper.get(`/console/admin/queues?queue=${queue}`)
      expect(body).not.toContain(`action="${seats}"`)
      expect((await keeper.post(seats, { ...forged, queue, staff: elsewhere.id })).statusCode).toBe(403)
      expect(await seated(queue)).toEqual([])
    }
  })
})
