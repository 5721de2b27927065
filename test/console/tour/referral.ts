/** A referral that the person refuses, then agrees to item by item; one partner declines, another accepts; did it come? */
import type { Page } from 'playwright-core'
import { day, type Tour } from './house.ts'
import type { Returnee } from './returnee.ts'

export async function refer(tour: Tour, issa: Returnee): Promise<void> {
  await issa.says('menu', /besoin/)
  await issa.presses(/^2/, /Quel est votre besoin/)
  await issa.presses(/^5/, /Expliquez/)
  await issa.says('je veux apprendre la couture', /urgent/)
  const told = await issa.presses(/^2/, /\d{3}-\d{2}-\d{3}/)
  const reference = /numéro de demande est (\d{3}-\d{2}-\d{3})/.exec(told)?.[1] ?? ''
  if (/recevoir nos informations/.test(told)) await issa.presses(/^2/, /./)
  tour.tell(`he tells a need: ${reference}`)

  const moussa = await tour.staff('case_worker')
  await propose(moussa, reference, 0)
  await tour.picture(moussa, 'referral-proposed')
  await issa.hears(/Rien d'autre/)
  await issa.picture('referral-asked')
  await issa.presses(/^2/, /ne disons rien/)
  await issa.picture('referral-refused')
  tour.tell('asked item by item, he says no: nothing leaves')

  await propose(moussa, reference, 0)
  await issa.hears(/Rien d'autre/)
  await issa.presses(/^1/, /Merci/)
  const first = await send(moussa, reference)
  tour.tell('asked again later he agrees, and the partner gets a link')
  const partner = await tour.partner(first)
  await tour.picture(partner, 'referral-door')
  await partner.locator('form[action*="/open"] button').first().click()
  await tour.picture(partner, 'referral-open')
  await partner.locator('form[action*="/decline"] button').click()
  await partner.locator('main').waitFor()
  await tour.picture(partner, 'referral-declined')
  await moussa.goto(`/console/requests/${reference}/referral`)
  await tour.picture(moussa, 'referral-declined-seen')
  tour.tell('the partner declines with a reason')

  await propose(moussa, reference, 1)
  await issa.hears(/Rien d'autre/)
  await issa.presses(/^1/, /Merci/)
  const second = await tour.partner(await send(moussa, reference))
  await second.locator("form[action*='/open'] button").click()
  await second.locator('form[action*="/accept"] button').click()
  await tour.picture(second, 'referral-accepted')
  tour.tell('another partner accepts')

  tour.clock.forward(13 * day)
  await issa.hearsLater(day / 2, /reçu cette aide/)
  await issa.picture('referral-came')
  await issa.presses(/^1/, /./)
  await issa.picture('referral-yes')
  const again = await tour.staff('case_worker')
  await again.goto(`/console/requests/${reference}/referral`)
  await tour.picture(again, 'referral-over')
  tour.tell('two weeks later he is asked whether the service came: yes')
}

/** To one of the partners, for the first thing that it offers. */
async function propose(page: Page, reference: string, partner: number): Promise<void> {
  await page.goto(`/console/requests/${reference}/referral`)
  const offer = page.locator('select[name="partner"] option:not([value=""])').nth(partner)
  const offered = (await offer.textContent()) ?? ''
  await page.locator('select[name="partner"]').selectOption((await offer.getAttribute('value')) ?? '')
  for (const service of await page.locator('select[name="service"] option:not([value=""])').all()) {
    if (!offered.includes((await service.textContent()) ?? '')) continue
    await page.locator('select[name="service"]').selectOption((await service.getAttribute('value')) ?? '')
    break
  }
  await page.locator('form:has(select[name="partner"]) button').last().click()
  await page.waitForURL(/done/)
}

/** Sends what was agreed, and gives the address for the partner. */
async function send(page: Page, reference: string): Promise<string> {
  await page.goto(`/console/requests/${reference}/referral`)
  await page.locator('form[action$="/send"] button').first().click()
  const html = await page.content()
  return /\/partner\/[\w-]+/.exec(html)?.[0] ?? ''
}
