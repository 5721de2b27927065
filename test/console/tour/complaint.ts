/** A complaint about one's own case worker: neither they nor their line learn of it, and it is answered. */
import type { Page } from 'playwright-core'
import type { Tour } from './house.ts'
import type { Returnee } from './returnee.ts'

const words = 'Moussa bɛ n neni'

export async function complain(tour: Tour, awa: Returnee): Promise<void> {
  await awa.says('menu', /mago/)
  await awa.presses(/^3/, /Jɔn/)
  await awa.picture('complaint-whom')
  await awa.presses(/^1/, /Mun/)
  await awa.presses(/^2/, /Min ma ɲɛ/)
  const told = await awa.says(words, /\d{3}-\d{2}-\d{3}/)
  await awa.picture('complaint-told')
  const reference = /\d{3}-\d{2}-\d{3}/.exec(told)?.[0] ?? ''
  tour.tell(
    `she complains that her case worker insults her: ${reference}, and is told that he will not see it`,
  )

  const { personId } = await tour.database.prisma.request.findFirstOrThrow({
    where: { reference: reference.replaceAll('-', '') },
  })
  for (const account of ['case_worker', 'supervisor', 'case_worker.bamako', 'admin', 'monitoring']) {
    const page = await tour.staff(account)
    await seesNothing(page, reference, `/console/people/${personId}`)
    await page.context().close()
  }
  tour.tell('her case worker, his supervisor, a colleague, the administrator: for none of them it is there')

  const page = await tour.staff('officer')
  const answer = await page.goto(`/console/requests/${reference}`)
  tour.tell(`whoever guards such matters opens it: ${answer?.status()}`)
  await tour.picture(page, 'complaint-page')
  await page.getByRole('button', { name: 'Prendre' }).first().click()
  await page.getByRole('textbox', { name: 'Votre réponse' }).fill('I ni ce. An bɛna o lajɛ.')
  await page.locator('#answer .button-main').click()
  await awa.hears(/An bɛna o lajɛ/)
  await awa.picture('complaint-answered')
  tour.tell('she is answered in her language, in the same chat')
}

/** Not by its number, not among the requests, not by search, not on the person's page. */
async function seesNothing(page: Page, reference: string, person: string): Promise<void> {
  const answer = await page.goto(`/console/requests/${reference}`)
  if (answer?.status() !== 404) throw new Error(`a page of it is there: ${answer?.status()}`)
  const looks = ['requests?view=all', 'requests?view=mine', 'for-me', 'calendar', 'tasks']
  for (const path of [person, ...looks.map((look) => `/console/${look}`)]) {
    await page.goto(path)
    await tellsNothing(page, reference, path)
  }
  const box = page.locator('.find input[name="sought"]')
  // Whoever sees no case has nothing to search in.
  for (const sought of (await box.count()) > 0 ? [reference, 'neni'] : []) {
    await box.fill(sought)
    await box.press('Enter')
    await page.waitForURL(/find/)
    await tellsNothing(page, reference, 'the search')
  }
}

async function tellsNothing(page: Page, reference: string, where: string): Promise<void> {
  const text = (await page.locator('main').textContent()) ?? ''
  const links = await page.locator(`a[href*="${reference}"]`).count()
  if (links > 0 || text.includes(words)) throw new Error(`${where} tells of it`)
}
