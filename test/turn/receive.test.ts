import { expect, onTestFinished, test } from 'vitest'
import { cloneDatabase } from '../database.ts'
import { type Office, openOffice } from './office.ts'

async function open(options: Parameters<typeof openOffice>[1] = {}): Promise<Office> {
  const database = await cloneDatabase()
  const office = await openOffice(database, options)
  onTestFinished(() => office.close())
  return office
}

test('somebody who writes for the first time is answered', async () => {
  const office = await open()
  const said = await office.says('awa', 'bonjour')
  expect(said.length).toBeGreaterThan(0)
  expect(office.log.lines).toEqual([])
})
