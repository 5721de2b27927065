/** Which browser runs WhatsApp Web, and how it is started: the one of the settings, the system's own, else the packaged one. */
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import packaged from '@sparticuz/chromium'
import type { ClientOptions } from 'whatsapp-web.js'
import { Failure } from '../../failure.ts'

export type BrowserSettings = {
  /** `CHROME_PATH`. */
  readonly path?: string
  /** `CHROME_ARGS`: switches as on a command line. */
  readonly args?: string
}

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * How Puppeteer starts it. Fails with `channel:unconfigured` when there is none. `pipe` ties the browser to this process:
 * one that is killed leaves no orphan that locks the profile.
 */
export async function launchOptions(
  { path, args }: BrowserSettings,
  profile: string,
): Promise<NonNullable<ClientOptions['puppeteer']>> {
  const system = path ?? installed.find((one) => existsSync(one))
  // Puppeteer cannot be told of a file that is no program: its child would end this process with it.
  if (path !== undefined && !isProgram(path)) {
    throw new Failure('channel:unconfigured', { why: 'no browser' })
  }
  return {
    executablePath: system ?? (await unpacked()),
    // The packaged browser is a headless shell and knows no other way.
    headless: system === undefined ? 'shell' : true,
    userDataDir: profile,
    pipe: true,
    defaultViewport: null,
    args: [...ownArgs(), ...splitArgs(args ?? '')],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** The switches of one line; a switch keeps the blanks inside it. */
export function splitArgs(line: string): readonly string[] {
  return line
    .trim()
    .split(/\s+(?=--)/)
    .filter((one) => one !== '')
}

function ownArgs(): readonly string[] {
  return [
    ...['--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-extensions'],
    ...['--disable-background-timer-throttling', '--disable-renderer-backgrounding'],
    // Root may not use the sandbox of Chromium.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ]
}

async function unpacked(): Promise<string> {
  try {
    return await packaged.executablePath()
  } catch (cause) {
    throw new Failure('channel:unconfigured', { why: 'no browser' }, { cause })
  }
}
