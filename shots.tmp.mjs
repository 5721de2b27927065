import { chromium } from 'playwright-core'
import packaged from '@sparticuz/chromium'
const base = process.env.BASE ?? 'http://127.0.0.1:3999'
const [who, width, scheme, ...paths] = process.argv.slice(2)
const browser = await chromium.launch({ executablePath: await packaged.executablePath(), args: [...packaged.args.filter((it) => !/single-process|no-zygote/.test(it)), '--no-sandbox'] })
const page = await browser.newPage({ viewport: { width: Number(width), height: Number(width) < 500 ? 740 : 860 }, colorScheme: scheme, locale: 'fr-FR' })
await page.goto(base + '/login')
await page.getByLabel(/mail/i).fill(`${who}@demo.invalid`)
await page.getByLabel(/mot de passe|password/i).fill('bureau-de-demo')
await page.locator('button[type=submit]').first().click()
await page.waitForLoadState()
console.log('after login', page.url())
let n = 0
for (const path of paths) {
  const t = Date.now()
  if (path.startsWith('click:')) await page.locator(path.slice(6)).first().click()
  else await page.goto(base + path)
  await page.waitForTimeout(600)
  const file = `/tmp/shots/${who}-${width}-${scheme}-${n++}.png`
  await page.screenshot({ path: file, fullPage: process.env.FULL === '1' })
  console.log(file, page.url(), Date.now() - t, 'overflow', await page.evaluate(() => document.documentElement.scrollWidth - innerWidth))
}
await browser.close()
