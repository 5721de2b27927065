/** A visit that is moved three times: by her, by her again after the reminder, by staff; and that takes place at last. */
import type { Page } from 'playwright-core'
import { day, hour, patience, type Tour } from './house.ts'
import type { Returnee } from './returnee.ts'

export async function visit(tour: Tour, awa: Returnee): Promise<void> {
  await awa.says('menu', /mago/)
  await awa.presses(/^1/, /kɔlɔsili/)
  const asked = await awa.presses(/^1/, /\d{3}-\d{2}-\d{3}/)
  const reference = /\d{3}-\d{2}-\d{3}/.exec(asked)?.[0] ?? ''
  // She is asked about campaigns once; she leaves that.
  if (/kunnafoniw sɔrɔ/.test(asked)) await awa.presses(/^2/, /./)
  tour.tell(`she asks for a follow-up: ${reference}`)

  let moussa = await tour.staff('case_worker')
  await moussa.goto(`/console/requests/${reference}`)
  await moussa.getByRole('button', { name: 'Prendre' }).first().click()
  await moussa.getByRole('button', { name: 'Prendre' }).first().waitFor({ state: 'detached' })
  await propose(moussa, reference, 2)
  await tour.picture(moussa, 'visit-proposed')
  await awa.hears(/wa\?/)
  await awa.picture('visit-asked')
  tour.tell('he proposes a visit, and she is asked in Bambara, with the weekday and the hour in digits')

  await awa.presses(/^2/, /Don jumɛn/)
  await awa.picture('visit-another-day')
  await awa.presses(/^3/, /Baasi tɛ/)
  tour.tell('moved once: she takes one of three free times')

  tour.clock.forward(36 * hour)
  await awa.hearsLater(12 * hour, /Hakilijigin/)
  await awa.picture('visit-reminded')
  await awa.presses(/^2/, /Don jumɛn/)
  await awa.presses(/^1/, /Baasi tɛ/)
  tour.tell('moved twice: reminded the day before, she takes another day')

  moussa = await tour.staff('case_worker')
  await propose(moussa, reference, 4)
  await awa.hears(/yɛlɛma|wa\?/)
  await awa.picture('visit-changed')
  await awa.presses(/^1/, /Baasi tɛ/)
  tour.tell('moved three times: staff change the day, she is told and agrees')
  await moussa.goto('/console/calendar')
  await tour.picture(moussa, 'visit-calendar')

  tour.clock.forward(60 * hour)
  await awa.hearsLater(12 * hour, /Hakilijigin/)
  tour.clock.forward(3 * day)
  moussa = await tour.staff('case_worker')
  await moussa.goto(`/console/requests/${reference}/follow-up`)
  await tour.picture(moussa, 'visit-over')
  await moussa.locator('form[action$="/done"] button').click()
  await moussa.goto(`/console/requests/${reference}`)
  await tour.picture(moussa, 'visit-done')
  tour.tell('she was reminded; the visit took place, and it is noted')
}

/** A visit from so many days on, at the first free time. */
async function propose(page: Page, reference: string, days: number): Promise<void> {
  await page.goto(`/console/requests/${reference}/follow-up`)
  const search = page.locator('.followup-search')
  await search.locator('select[name="kind"]').selectOption('visit')
  const from = new Date(Date.parse(await search.locator('input[name="from"]').inputValue()) + days * day)
  await search.locator('input[name="from"]').fill(from.toISOString().slice(0, 10))
  await search.locator('button').click()
  await page.locator('.slot input').first().check()
  await page.locator('form[action$="/propose"] .button-main, form[action$="/propose"] button').last().click()
  await page.waitForURL(/done=1/, { timeout: patience })
}
