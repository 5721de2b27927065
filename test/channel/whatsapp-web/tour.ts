/**
 * `npm run tour:whatsapp -- [--pictures FOLDER]`: what a new office does on its first day, in real browsers and in two
 * processes: the console in one, the phone in another (`ROLE=whatsapp-web`) beside WhatsApp's page as it is played here. The
 * phone is paired by the code in the console; a woman speaks a whole need in Bambara; a listener taps what she said; she is
 * answered by voice; a sentence is corrected and recorded in the studio, and heard in the next conversation. Tells each
 * step, and fails at the first that does not come true.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { readConfig } from '../../../src/config.ts'
import { conductVersion } from '../../../src/core/entry.ts'
import type { Role } from '../../../src/core/staff.ts'
import { openHouse } from '../../../src/house.ts'
import { makeLog } from '../../../src/log.ts'
import { openSignIn } from '../../../src/store/sign-in.ts'
import { acceptConduct, addStaff } from '../../../src/store/staff.ts'
import { realClock } from '../../../src/world.ts'
import { openChromium } from '../../chromium.ts'

const { values } = parseArgs({ options: { pictures: { type: 'string' } } })
const root = fileURLToPath(new URL('../../..', import.meta.url))
const patience = 45_000
const began = performance.now()
let heard = 0
const tell = (words: string) => {
  process.stdout.write(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${words}\n`)
}

const folder = await mkdtemp(join(tmpdir(), 'baro-tour-'))
const phone = play('test/channel/whatsapp-web/serve.ts', {})
const chromeArgs = (await phone.said(/CHROME_ARGS='([^']+)'/))[1] ?? ''
const settings = { PORT: '0', DATA_DIR: join(folder, 'data'), BARO_KEY_FILE: join(folder, 'baro.key') }
const house = await openHouse({
  config: readConfig({ ...settings, ROLE: 'all' }),
  log: makeLog('error'),
  clock: realClock,
  passwordAlone: true,
})
const { database } = house
const beside = play('src/main.ts', {
  ...{ ...settings, DATABASE_URL: database.pool.options.connectionString ?? '', ROLE: 'whatsapp-web' },
  ...{ WHATSAPP_WEB: 'on', CHROME_ARGS: chromeArgs, LOG_LEVEL: 'warn' },
})
const browser = await openChromium(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'])
try {
  const at = house.address ?? ''
  const admin = await enter('Issa', ['admin'])
  const listener = await enter('Sitan', ['assistant'])
  const worker = await enter('Mariam', ['case_worker'])
  const officer = await enter('Claire', ['officer'])

  await until(
    async () => (await database.prisma.channel.count({ where: { kind: 'whatsapp_web' } })) > 0,
    'the other process',
  )
  await admin.goto(`${at}/console/channels/whatsapp`)
  await admin.locator('form[action$="/ask"] button').click()
  await admin
    .locator('svg, img[alt]', { hasNot: admin.locator('.icon') })
    .first()
    .waitFor({ timeout: patience })
  await until(async () => /qr/i.test(await admin.content()), 'a code to scan')
  await picture(admin, 'code')
  tell('the code of the phone stands in the console, drawn by the other process')
  phone.write('scan')
  await until(
    async () => (await database.prisma.whatsappWeb.findFirst())?.account != null,
    'the phone to pair',
  )
  await admin.reload()
  await picture(admin, 'paired')
  tell('the phone is paired')

  phone.write('say i ni sogoma')
  await phone.said(/to \d+@c\.us: [\s\S]*Bamanankan/)
  phone.write('say 2')
  await phone.said(/I sɔnna o ma wa/)
  phone.write('say 1')
  await pause(6_000)
  tell('she was greeted in Bambara, told what is kept, and agreed')
  // What she came for and her name are told freely: a voice note is the answer as it is.
  phone.write('voice')
  await phone.said(/I tɔgɔ bɛ di/)
  await pause(4_000)
  phone.write('voice')
  await pause(9_000)
  tell('she said by voice what she came for, and who she is')
  phone.write('say menu')
  await phone.said(/I mago bɛ mun na\?/)
  await pause(4_000)
  for (let note = 0; note < 6 && !(await need()); note++) {
    phone.write('voice')
    await pause(5_000)
    await hear('need')
    await pause(5_000)
  }
  if (!(await need())) throw new Error('no need was written down')
  tell('she spoke through the whole report: the need is written down')

  const request = await need()
  await worker.goto(`${at}/console/requests`)
  await worker.goto(`${at}/console/requests/${shown(request?.reference ?? '')}`)
  await record(worker, '#attach')
  await picture(worker, 'answer')
  await worker.click('#answer .button-main')
  await phone.said(/to \d+@c\.us: ptt/)
  tell('she is answered by voice, and the voice note left on the phone')

  await officer.goto(`${at}/console/studio/menu.title?language=bm`)
  await officer
    .locator('summary', { hasText: /Corriger|Correct/ })
    .first()
    .click()
    .catch(() => undefined)
  await officer.locator('textarea[name="text"]').fill('I mago bɛ mun na bi?')
  await officer
    .locator('form[action$="/wording"] .button-main, form[action$="/wording"] button')
    .first()
    .click()
  await officer.waitForLoadState()
  await officer.goto(`${at}/console/studio/menu.title?language=bm`)
  await record(officer, '#attach')
  await officer.locator('form[enctype] .button-main').click()
  await officer.locator('.done').waitFor({ timeout: patience })
  await picture(officer, 'studio')
  tell('the sentence of the menu is corrected and recorded in the studio')
  phone.write('say je ne sais pas lire')
  await pause(12_000)
  phone.forget()
  phone.write('say menu')
  await phone.said(/mun na bi/)
  tell('the corrected sentence is said in the next message')
  await phone.said(/ptt/)
  tell('and heard: the recording went out before it')

  async function need() {
    return database.prisma.request.findFirst({ where: { kind: 'request.need' } })
  }

  /** The listener hears what waits and taps this answer, or the first there is, or writes what is said. */
  async function hear(value?: string): Promise<void> {
    const form = listener.locator('.listening-form').first()
    for (let tries = 0; tries < 8; tries++) {
      await listener.goto(`${at}/console/listening`)
      if ((await form.count()) > 0) break
      await pause(1_500)
    }
    // A free question needs no listener: the note is its answer.
    if ((await form.count()) === 0) return
    heard += 1
    await picture(listener, `listening-${heard}`)
    const choices = listener.locator('button[name="value"]')
    const wanted = listener.locator(`button[name="value"][value="${value ?? 'yes'}"]`)
    if (await wanted.count()) await wanted.click()
    else if (await choices.count()) await choices.first().click()
    else {
      const words = listener.locator('#listening-words')
      if (await words.count()) await words.fill('Awa')
      else await listener.locator('#listening-summary').fill('Elle demande une aide pour soigner son enfant.')
      await listener
        .locator('form:has(#listening-words) button, form:has(#listening-summary) button')
        .first()
        .click()
    }
    await listener.waitForURL(/done=/)
    tell(`   listener: ${new URL(listener.url()).searchParams.get('done')}`)
  }

  async function enter(name: string, roles: readonly Role[]): Promise<Page> {
    const id = realClock.id()
    const now = realClock.now()
    const email = `${name.toLowerCase()}@bureau.invalid`
    await addStaff(database.prisma, { id, email, name, roles, language: 'fr', at: now, passwordHash: 'none' })
    await acceptConduct(database.prisma, id, conductVersion, now)
    await database.prisma.staff.update({ where: { id }, data: { speaks: ['bm', 'fr'] } })
    const value = await openSignIn(database, { staff: id, factor: true, whole: true }, now)
    const context = await browser.newContext({ locale: 'fr-FR', permissions: ['microphone'] })
    await context.addCookies([{ name: 'baro', value, url: at }])
    const page = await context.newPage()
    page.setDefaultTimeout(patience)
    return page
  }
} finally {
  await browser.close()
  beside.end()
  phone.end()
  await house.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}

async function record(page: Page, where: string): Promise<void> {
  await page.locator(`${where} [data-do="record"]:visible`).first().click()
  await page.locator('.attach-recording').waitFor()
  await page.waitForTimeout(1_500)
  await page.locator(`${where} [data-do="stop"]:visible`).first().click()
  await page.locator('.attach-listen').waitFor()
}

async function until(what: () => Promise<boolean>, name: string): Promise<void> {
  for (const end = performance.now() + patience; performance.now() < end; await pause(500)) {
    if (await what()) return
  }
  throw new Error(`waited in vain for ${name}`)
}

async function picture(page: Page, name: string): Promise<void> {
  if (values.pictures) await page.screenshot({ path: join(values.pictures, `${name}.png`) })
}

function shown(reference: string): string {
  return `${reference.slice(0, 3)}-${reference.slice(3, 5)}-${reference.slice(5)}`
}

/** A program of this folder beside us: what it says can be waited for, and it can be told things. */
function play(file: string, env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, file)], {
    ...{ cwd: root, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] },
  })
  let text = ''
  createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
    text += `${line}\n`
    if (/^ {2}to /.test(line)) tell(`   phone: ${line.trim().slice(0, 90)}`)
  })
  return {
    write: (line: string) => void child.stdin?.write(`${line}\n`),
    heard: () => text,
    forget: () => {
      text = ''
    },
    async said(what: RegExp): Promise<RegExpExecArray> {
      for (const end = performance.now() + patience; performance.now() < end; await pause(200)) {
        const found = what.exec(text)
        if (found) return found
      }
      throw new Error(`the phone never said ${what.source}`)
    },
    end: () => child.kill('SIGTERM'),
  }
}
