/** An answer that the person does not accept: somebody else than whoever gave it answers again. */
import type { Page } from 'playwright-core'
import { hour, type Tour } from './house.ts'
import type { Returnee } from './returnee.ts'

export async function contest(tour: Tour, issa: Returnee): Promise<void> {
  await issa.says('menu', /besoin/)
  await issa.presses(/^4/, /\?|savoir|question/)
  const told = await issa.says('quand commence la formation de couture', /\d{3}-\d{2}-\d{3}/)
  await issa.picture('contested-asked')
  const reference = /\d{3}-\d{2}-\d{3}/.exec(told)?.[0] ?? ''
  tour.tell(`he asks a question: ${reference}`)

  const moussa = await tour.staff('case_worker')
  await answer(moussa, reference, 'La formation est complète cette année.')
  await issa.hears(/complète cette année/)
  tour.clock.forward(22 * hour)
  await issa.hearsLater(3 * hour, /satisfait/)
  await issa.picture('contested-satisfied')
  tour.tell('he is answered, and asked a day later whether that is good')

  await issa.presses(/^2/, /autre personne/)
  await issa.says('mon voisin y est entré hier', /Merci/)
  await issa.picture('contested-no')
  tour.tell('he says no, and why: somebody else will look at it')

  const supervisor = await tour.staff('supervisor')
  await supervisor.goto('/console/requests?view=queues')
  const page = await supervisor.goto(`/console/requests/${reference}`)
  if (page?.status() !== 200) throw new Error(`the supervisor cannot open the appeal: ${page?.status()}`)
  await tour.picture(supervisor, 'contested-appeal')
  await answer(supervisor, reference, 'Une place s’est libérée : venez lundi à 9 h avec votre carte.')
  await issa.hears(/Une place/)
  await issa.picture('contested-answered')
  await supervisor.goto(`/console/requests/${reference}`)
  await tour.picture(supervisor, 'contested-over')
  tour.tell('the supervisor answers, and he reads it in the same chat')
}

async function answer(page: Page, reference: string, text: string): Promise<void> {
  await page.goto(`/console/requests/${reference}`)
  await page.getByRole('textbox', { name: 'Votre réponse' }).fill(text)
  await page.locator('#answer .button-main').click()
  await page.locator('.said-staff', { hasText: text.slice(0, 20) }).waitFor()
}
