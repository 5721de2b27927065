/** A long walk of chance on one phone that two people share: whatever happens, no answer is read by the wrong one. */
import { expect, onTestFinished, test } from 'vitest'
import { answerRequest } from '../../src/turn/act.ts'
import { oneDatabase } from '../one-database.ts'
import { hire, openOffice } from '../turn/office.ts'
import { rounds } from '../turn/rounds.ts'
import { actOf, meet, requestOf, sessionOf } from './people.ts'

const database = oneDatabase()
const minute = 60_000
const hour = 60 * minute

/** The same chance in every run. */
function chance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

test.each([47])('no answer leaves before its person has given the code there (walk %i)', async (seed) => {
  const office = await openOffice(database())
  onTestFinished(() => office.close())
  const { clock } = office
  const below = chance(seed)
  const mariam = await hire(office, 'Mariam', ['case_worker'])
  const first = await meet(office, 'phone')
  for (const text of ['code', '4', '7391', '7391', 'oui', '2846', '2846', '0', '5', '00']) {
    clock.forward(1_000)
    await office.says('phone', text)
  }
  const { id: address } = await sessionOf(office, 'phone')
  await office.database.prisma.address.update({ where: { id: address }, data: { shared: true } })
  const request = (await requestOf(office, 'request.person')).id
  let [answers, seen, given, helped, heard] = [0, office.channel.sent('phone').length, 0, 0, 0]
  const says = async (text: string) => {
    heard = clock.now().getTime()
    if (text === '7391') given = heard
    if (text === '2846') helped = heard
    await office.says('phone', text)
  }
  const words = [
    'bonjour',
    '1',
    '2',
    '7391',
    '7391',
    '2846',
    '7391',
    'où en est ma demande',
    '00',
    'STOP',
    '5',
    '1999',
  ]
  const pauses = [minute, 5 * minute, 20 * minute, 3 * hour, 13 * hour, 26 * hour]
  let told = 0
  for (let step = 0; step < 70; step++) {
    clock.forward(pauses[below(pauses.length)] ?? minute)
    const what = below(4)
    if (what === 0) {
      answers += 1
      await answerRequest(office.desk, actOf(office, mariam, request), { text: `réponse ${answers}` }).catch(
        (error: unknown) => expect(String(error)).toMatch(/person:stopped|request:/),
      )
    } else if (what < 3) await says(words[below(words.length)] ?? 'bonjour')
    await office.settled()
    await rounds(office)
    const sent = office.channel.sent('phone')
    const now = clock.now().getTime()
    for (const { spoken } of sent.slice(seen)) {
      if (!spoken.text.startsWith('réponse')) continue
      told += 1
      const { person_id } = await sessionOf(office, 'phone')
      expect([spoken.text, person_id]).toEqual([spoken.text, first])
      expect(now - given).toBeLessThanOrEqual(12 * hour)
      expect(now - heard).toBeLessThanOrEqual(15 * minute)
      expect(given).toBeGreaterThan(helped)
    }
    seen = sent.length
  }
  expect(answers).toBeGreaterThan(5)
  expect(told).toBeGreaterThan(0)
})
