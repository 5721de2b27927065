/** A complaint without a name, as staff see it and answer it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { showReference } from '../../src/core/reference.ts'
import { handClock, type Office, openOffice } from '../turn/office.ts'
import { type Browser, browserOf, type Counter, hire, makeCounter } from './counter.ts'

const clock = handClock()
let counter: Counter
let office: Office
let browser: Browser
let path: string
beforeAll(async () => {
  counter = await makeCounter({}, { ...clock, ahead: clock.forward })
  office = await openOffice(counter.database, { clock })
  const claire = await hire(counter, 'Claire', ['officer'])
  office.watch.forget()
  browser = await browserOf(counter, claire)
  for (const text of ['bonjour', '1', '1', '0', '3', '6', 'le chef garde les kits'])
    await office.says('awa', text)
  const { reference } = await counter.database.prisma.request.findFirstOrThrow({
    where: { codeHash: { not: null } },
  })
  path = `/console/requests/${showReference(reference)}`
})
afterAll(async () => {
  await office.close()
  await counter.close()
})

test('shows its words, says that nobody knows whose they are, and offers no box that writes to a phone', async () => {
  const { body } = await browser.get(path)
  const [, part = ''] = body.split('Plainte sans nom')
  expect(part).toContain('le chef garde les kits')
  expect(body).not.toContain('Joignable par')
  expect(body).not.toContain(`action="${path}/answer"`)
})

test('keeps an answer for the code, and says when it was read', async () => {
  const action = `${path}/answer-code`
  expect((await browser.send(path, action, { words: ' ' })).statusCode).toBe(422)
  expect((await browser.send(path, action, { words: 'nous regardons' })).statusCode).toBe(303)
  const { body } = await browser.get(path)
  expect(body).toContain('nous regardons')
  expect(body).toContain('Pas encore lue')
  const told = office.channel.sent('awa').map(({ spoken }) => spoken.text)
  expect(told.join(' ')).not.toContain('nous regardons')
  const code = /(?:\d{3} ){3}\d{3}/.exec(told.join(' '))?.[0] ?? ''
  await office.says('fanta', code)
  expect((await browser.get(path)).body).toContain('Lue le')
})
