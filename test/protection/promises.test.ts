import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { DutyLine } from '../../src/core/duty.ts'
import { isVerified } from '../../src/core/emergency.ts'
import type { Staff } from '../../src/core/staff.ts'
import { addDuty } from '../../src/store/duty.ts'
import { dismissStaff } from '../../src/store/seat.ts'
import { writeEmergencyNumber } from '../../src/store/setting.ts'
import { oneDatabase } from '../one-database.ts'
import { handClock, hire, type Office, openOffice } from '../turn/office.ts'
import { keysOf, meet } from './people.ts'

const day = 24 * 3_600_000
const database = oneDatabase()
let office: Office
beforeEach(async () => {
  const clock = handClock()
  office = await openOffice(database(), { clock })
  onTestFinished(() => office.close())
  await meet(office, 'awa')
})

async function onDuty(staff: Staff, line: DutyLine): Promise<void> {
  const now = office.clock.now().getTime()
  const [from, until] = [new Date(now - day), new Date(now + 300 * day)]
  await addDuty(office.database.prisma, {
    id: office.clock.id(),
    staff: staff.id,
    line,
    rank: 0,
    from,
    until,
  })
  office.watch.forget()
}

/** Everything that is said to somebody who goes through the script with these words. */
async function toldAfter(...texts: readonly string[]): Promise<(string | undefined)[]> {
  const said: (string | undefined)[] = []
  for (const text of texts) said.push(...keysOf(await office.says('awa', text)))
  return said
}

const suicide = 'je veux en finir'
const sea = 'le monsieur du projet a dit que je dois coucher avec lui pour avoir l’aide'
/** Sentences that say that somebody has been told, will call, or may be asked to. */
const promises = ['danger.told', 'danger.call_ask', 'danger.call_soon', 'danger.reply_soon']
const promised = (said: readonly (string | undefined)[]) => promises.filter((key) => said.includes(key))

describe('a call', () => {
  test('is not even asked about while nobody is on duty', async () => {
    expect(promised(await toldAfter(suicide, '1', '1'))).toEqual([])
  })

  test('is promised while somebody who guards such matters is on duty', async () => {
    await onDuty(await hire(office, 'Protection', ['protection']), 'protection')
    expect(promised(await toldAfter(suicide, '1'))).toEqual([
      'danger.told',
      'danger.call_ask',
      'danger.call_soon',
    ])
  })

  test('is not promised for somebody who has left', async () => {
    const gone = await hire(office, 'Gone', ['protection'])
    await onDuty(gone, 'protection')
    await dismissStaff(office.database.prisma, gone.id, office)
    office.watch.forget()
    expect(promised(await toldAfter(suicide, '1', '1'))).toEqual([])
  })

  test('is not promised for somebody on the list who may not read the matter', async () => {
    await onDuty(await hire(office, 'Supervisor', ['supervisor']), 'protection')
    expect(promised(await toldAfter(suicide, '1', '1'))).toEqual([])
  })
})

describe('that somebody has been told of abuse', () => {
  test('is said only while those who guard it are on duty, not others', async () => {
    await hire(office, 'Psea', ['psea'])
    await onDuty(await hire(office, 'Protection', ['protection']), 'protection')
    expect(promised(await toldAfter(sea, '1', '1'))).toEqual([])
  })

  test('is said while the focal point is on duty', async () => {
    await onDuty(await hire(office, 'Psea', ['psea']), 'psea')
    expect(promised(await toldAfter(sea, '1', '1'))).toEqual(['danger.reply_soon'])
  })
})

describe('an emergency number', () => {
  const told = async () => (await toldAfter(suicide)).includes('danger.number')

  test.each([
    ['verified yesterday is told', 1, true],
    ['verified 179 days ago is told', 179, true],
    ['verified 181 days ago is told no more', 181, false],
  ])('%s', async (_, days, expected) => {
    const verifiedAt = new Date(office.clock.now().getTime() - days * day)
    await writeEmergencyNumber(office.database.prisma, { number: '00 00', verifiedAt })
    office.watch.forget()
    expect(await told()).toBe(expected)
  })

  test('that nobody ever called is not told', async () => {
    await writeEmergencyNumber(office.database.prisma, { number: '00 00' })
    office.watch.forget()
    expect(await told()).toBe(false)
    expect(isVerified(undefined, office.clock.now())).toBe(false)
  })
})

describe('the days until an answer', () => {
  /** Moments at which counting days goes wrong: Friday noon, Friday night, Sunday, the eve of a holiday, midnight. */
  const moments = [
    '2026-03-02T08:00:00Z',
    '2026-03-05T16:59:00Z',
    '2026-03-06T12:00:00Z',
    '2026-03-06T23:30:00Z',
    '2026-03-08T10:00:00Z',
    '2026-03-31T00:00:30Z',
  ]
  const wishes = [
    ['0', '2', '1', 'ma jambe est cassee depuis hier', '1'],
    ['0', '2', '2', 'il manque du mil chez nous', '2'],
    ['0', '4', 'quand ouvre le bureau de Kayes'],
    ['0', '5'],
    ['0', '3', '1', '1', 'on me demande de payer'],
    ['0', '3', '4', '1', 'rien n’est venu'],
    ['la chose bleue tourne autour du pot'],
  ] as const

  test.each(moments)('are those in which the request falls due: at %s', async (moment) => {
    office.clock.set(new Date(moment))
    for (const [n, wish] of wishes.entries()) {
      const from = `p${n}`
      await meet(office, from)
      const texts: string[] = []
      for (const text of wish) texts.push(...(await office.says(from, text)).map(({ spoken }) => spoken.text))
      const request = await office.database.prisma.request.findFirstOrThrow({ orderBy: { id: 'desc' } })
      const told = /dans (\d+) jours?/.exec(texts.join('\n'))?.[1]
      const date = (at: Date) => Date.parse(at.toISOString().slice(0, 10))
      const days = Math.max(1, (date(request.dueAt) - date(office.clock.now())) / day)
      expect([request.kind, Number(told)]).toEqual([request.kind, days])
    }
  })
})
