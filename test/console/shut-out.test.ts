/** Who must not hear of a complaint, by the hand of who handles it: chosen on a form of its own, and let back. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  actOn,
  type Browser,
  browserOf,
  type Counter,
  hire,
  makeCounter,
  type Opened,
  say,
} from './counter.ts'

let counter: Counter
let claire: Browser
let awa: Browser
let complaint: Opened
let named: { readonly id: string; readonly name: string }

beforeAll(async () => {
  counter = await makeCounter()
  claire = await browserOf(counter, await hire(counter, 'Claire', ['officer']))
  named = await hire(counter, 'Awa', ['officer'])
  awa = await browserOf(counter, named)
  complaint = await say(counter, { from: 'one', kind: 'complaint.staff_conduct' })
})
afterAll(() => counter.close())

test('the request leads to the form and does not carry the names of all colleagues', async () => {
  const { body } = await claire.get(complaint.path)
  expect(body).toContain(`href="${complaint.path}/shut-out?`)
  expect(body).not.toContain(`<option value="${named.id}"`)
  expect((await claire.get(`${complaint.path}/shut-out`)).body).toContain(`<option value="${named.id}"`)
})

test('whoever is chosen finds no such request any more, until they are let back', async () => {
  expect((await awa.get(complaint.path)).statusCode).toBe(200)
  expect((await actOn(claire, complaint, 'shut-out', { colleague: named.id })).statusCode).toBe(303)
  expect((await awa.get(complaint.path)).statusCode).toBe(404)
  expect((await claire.get(complaint.path)).body).toContain("N'en parlez pas à : Awa.")
  expect((await actOn(claire, complaint, 'let-back', { colleague: named.id })).statusCode).toBe(303)
  expect((await awa.get(complaint.path)).statusCode).toBe(200)
})

test('of a request that is about nobody of staff there is no such form', async () => {
  const need = await say(counter, { from: 'two', kind: 'request.need' })
  expect((await claire.get(need.path)).body).not.toContain('/shut-out')
  expect((await claire.get(`${need.path}/shut-out`)).statusCode).toBe(303)
})
