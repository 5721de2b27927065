/** The report of a quarter: on the screen, on paper in both languages, and as a table that says the same. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { Tour } from './house.ts'

export async function report(tour: Tour): Promise<void> {
  const officer = await tour.staff('officer')
  await officer.goto('/console/indicators?from=2025-10-01&until=2025-12-31')
  await tour.picture(officer, 'report-screen')
  const asked = (await officer.locator('.report .sentence').first().textContent()) ?? ''
  tour.tell(`the last quarter: ${asked.trim()}`)
  await onPaper(tour, officer, 'report-paper-fr')
  const [download] = await Promise.all([
    officer.waitForEvent('download'),
    officer.locator('button[name="format"][value="xlsx"]').click(),
  ])
  tour.tell(`as a table: ${download.suggestedFilename()}`)
  await officer.getByRole('button', { name: 'English' }).click()
  await officer.goto('/console/indicators?from=2025-10-01&until=2025-12-31')
  await onPaper(tour, officer, 'report-paper-en')
  tour.tell('printed in French and in English')
}

/** As it comes out of a printer; a report without a page is none. */
async function onPaper(tour: Tour, page: Page, name: string): Promise<void> {
  await page.emulateMedia({ media: 'print' })
  await tour.picture(page, name)
  const folder = await mkdtemp(join(tmpdir(), 'baro-report-'))
  const pdf = await page.pdf({ format: 'A4', printBackground: true })
  await writeFile(join(folder, `${name}.pdf`), pdf)
  const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length ?? 0
  if (sheets === 0 || sheets > 4) throw new Error(`the report takes ${sheets} sheets of paper`)
  tour.tell(`   ${name}: ${sheets} sheets`)
  await rm(folder, { recursive: true })
  await page.emulateMedia({ media: null })
}
