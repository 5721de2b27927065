/** A real Chromium for tests: the system's own, else the one that npm brings. */
import { existsSync } from 'node:fs'
import packaged from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Opens a browser; the caller closes it. */
export async function openChromium(): Promise<Browser> {
  const found = installed.find((path) => existsSync(path))
  // Root may not use the sandbox of Chromium.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  if (found) return chromium.launch({ executablePath: found, args: [...asRoot, '--disable-gpu'] })
  return chromium.launch({
    executablePath: await packaged.executablePath(),
    args: [...packaged.args.filter((it) => !/single-process|no-zygote/.test(it)), ...asRoot],
  })
}
