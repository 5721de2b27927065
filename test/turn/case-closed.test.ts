/** Somebody whose case is closed writes again (S9): a person reads it, on the closed case, and no old flow goes on. */
import { expect, onTestFinished, test } from 'vitest'
import { closeCase, reopenCase } from '../../src/turn/act-person.ts'
import { oneDatabase } from '../one-database.ts'
import { hire, openOffice } from './office.ts'

const database = oneDatabase()
const day = 86_400_000

test('what is said after the end is a request on the closed case, which an officer may reopen', async () => {
  const office = await openOffice(database())
  onTestFinished(() => office.close())
  const { prisma } = database()
  const officer = await hire(office, 'Oumar', ['officer'])
  for (const text of ['bonjour', '1', '1', 'suivi', '1', '00']) await office.says('awa', text)
  const file = await prisma.case.findFirstOrThrow()
  const act = () => ({ staff: officer, person: file.personId, form: office.clock.id() })
  await closeCase(office.desk, act(), 'support_ended')
  await prisma.request.updateMany({ data: { state: 'closed', closedAt: office.clock.now() } })
  office.clock.forward(35 * day)
  const said = await office.says('awa', 'mon moteur est tombé en panne')
  expect(said.at(-1)?.spoken.text).toContain('Une personne va le lire')
  const opened = await prisma.request.findFirstOrThrow({ where: { state: 'open' } })
  expect(opened).toMatchObject({ caseId: file.id, kind: 'unclear', queue: 'intake' })
  const entered = await prisma.event.findMany({ where: { type: 'flow_entered', at: office.clock.now() } })
  expect(entered).toEqual([])
  expect(await prisma.case.findFirstOrThrow()).toMatchObject({
    stage: 'closure',
    closureReason: 'support_ended',
  })
  await reopenCase(office.desk, act(), 'son moteur est en panne')
  expect(await prisma.case.findFirstOrThrow()).toMatchObject({ stage: 'reopened', closedAt: null })
})
