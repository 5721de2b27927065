/** A whole open house for stories: its own database, a Telegram of its own, staff with passwords, and their browser. */
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { readConfig } from '../../src/config.ts'
import { conductVersion } from '../../src/core/entry.ts'
import type { Role } from '../../src/core/staff.ts'
import { openHouse } from '../../src/house.ts'
import { acceptConduct, addStaff } from '../../src/store/staff.ts'
import { hashPassword } from '../../src/web/password.ts'
import { type Clock, realClock } from '../../src/world.ts'
import { BotApi } from '../channel/bot-api.ts'
import { makePlace } from './program.ts'

const password = 'une phrase assez longue'
/** A Monday morning in Bamako: the office is open, and stays so for as long as a test may take. */
const morning = Date.UTC(2026, 2, 2, 9)

export type Office = Awaited<ReturnType<typeof openOffice>>

/** Opens the house on an empty folder; what it complains of is in `complaints`. */
export async function openOffice() {
  const place = await makePlace()
  const telegram = await BotApi.start()
  const complaints: string[] = []
  const complain = (what: string, cause?: unknown) => void complaints.push(`${what}: ${String(cause)}`)
  const clock = startingAt(morning)
  const config = readConfig({
    PORT: '0',
    DATA_DIR: join(place.folder, 'data'),
    BARO_KEY_FILE: join(place.folder, 'baro.key'),
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.root,
    WEB_CHAT: 'on',
  })
  const log = { info() {}, warn: complain, error: complain }
  const house = await openHouse({ config, clock, log, passwordAlone: true })
  return {
    address: house.address ?? '',
    complaints,
    telegram,
    async hire(name: string, roles: readonly Role[]) {
      const email = `${name.toLowerCase()}@bureau.invalid`
      const id = clock.id()
      await addStaff(house.database.prisma, {
        ...{ id, at: clock.now(), email, name, roles, language: 'fr' },
        passwordHash: await hashPassword(password),
      })
      await acceptConduct(house.database.prisma, id, conductVersion, clock.now())
      return { email, name }
    },
    async close() {
      await house.close()
      await telegram.close()
      await place.remove()
    },
  }
}

/** A page of a browser of their own; whatever the content policy blocks or a script throws is in `complaints`. */
export async function openPage(
  browser: Browser,
  office: Office,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ locale: 'fr-FR', baseURL: office.address, ...options })
  const page = await context.newPage()
  page.on('pageerror', (error) => office.complaints.push(error.message))
  page.on('console', (line) => {
    if (line.type() === 'error' && !/status of 404/.test(line.text())) office.complaints.push(line.text())
  })
  return page
}

/** Signs in at the door and stands before the requests that nobody has taken. */
export async function signIn(page: Page, { email }: { readonly email: string }): Promise<void> {
  await page.goto('/login?next=/console/requests?view=unassigned')
  await page.getByLabel('Adresse e-mail').fill(email)
  await page.getByLabel('Mot de passe').fill(password)
  await page.getByRole('button', { name: 'Se connecter' }).click()
  await page.waitForURL(/\/console\/requests/)
}

function startingAt(start: number): Clock {
  const ahead = start - realClock.now().getTime()
  return { ...realClock, now: () => new Date(realClock.now().getTime() + ahead) }
}
