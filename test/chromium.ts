/** A real Chromium for tests: the system's own, else the one that npm brings. */
import { existsSync } from 'node:fs'
import packaged from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Before any test runs: two workers that unpack the same browser at once would start half of one (ETXTBSY). */
export async function setup(): Promise<void> {
  if (!find()) await packaged.executablePath()
}

/** Opens a browser, with these arguments besides its own; the caller closes it. */
export async function openChromium(more: readonly string[] = []): Promise<Browser> {
  const found = find()
  // Root may not use the sandbox of Chromium.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  if (found) return chromium.launch({ executablePath: found, args: [...asRoot, '--disable-gpu', ...more] })
  return chromium.launch({
    executablePath: await packaged.executablePath(),
    args: [...packaged.args.filter((it) => !/single-process|no-zygote/.test(it)), ...asRoot, ...more],
  })
}

function find(): string | undefined {
  return installed.find((path) => existsSync(path))
}
