/**
 * What every page of the console costs on a large database: `npm run seed:large`, then `npm run bench:pages [-- --rounds 40]`
 * with the same DATA_DIR, DATABASE_URL and key. Starts the real program on it, signs in as staff of every kind, fetches
 * each of their pages many times and prints one JSON object last.
 *
 * roles: as whom the pages were read; each page is named by its reader first. pages: `median_ms` and `p99_ms` from asking
 * to the last byte, on loopback and one at a time; `first_bytes` with the style and the scripts that the page loads,
 * `later_bytes` without, both as they travel, compressed. over: which pages are over a bar, and over which; a first visit
 * that is too heavy ends the run with status 1, because bytes do not depend on how busy the machine is.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Role } from '../../src/core/staff.ts'
import { demoPassword } from '../../src/demo/cast.ts'
import { run, stop } from '../house/program.ts'
import { type Browser, enter, tokenOn } from './browser.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '40' },
    /** Only pages whose name has this in it, and only as these roles, comma separated. */
    only: { type: 'string', default: '' },
    as: { type: 'string' },
  },
})
const rounds = Number(values.rounds)
const figures = ['median_ms', 'p99_ms', 'first_bytes', 'later_bytes'] as const
type Figures = Readonly<Record<(typeof figures)[number], number>>
const bars: Figures = { median_ms: 50, p99_ms: 100, first_bytes: 60_000, later_bytes: 10_000 }
const readers = ['case_worker', 'assistant', 'supervisor', 'officer', 'protection', 'admin'] as const

const given = ['DATABASE_URL', 'REDIS_URL', 'BARO_KEY', 'LOG_LEVEL'].flatMap((name) => {
  const value = process.env[name]
  return value === undefined ? [] : [[name, value] as const]
})
const settings = {
  ...Object.fromEntries(given),
  DATA_DIR: process.env['DATA_DIR'] ?? './data-large',
  BARO_KEY_FILE: process.env['BARO_KEY_FILE'] ?? './baro.key',
}

/** People by names as they are misspelt and by the end of a phone, messages by rare words and by common ones. */
const sought = {
  'find a name': ['Tarawele', 'Mamadu Kulibali', 'Faatumata Jalo', 'Bubakari Sisɛ'],
  'find a phone': ['1234', '90001', '77 4321'],
  'find words': ['machine coudre', 'poulailler', 'groupe électrogène', 'médecin enfant'],
} as const

const program = run({ folder: '', remove: async () => {} }, ['start'], { settings })
try {
  const address = await program.open
  const pages: Record<string, Figures> = {}
  const asked = values.as?.split(',')
  const roles = readers.filter((role) => asked?.includes(role) ?? true)
  for (const role of roles) {
    const browser = await enter(address, `${role}@demo.invalid`, demoPassword)
    for (const [name, paths] of await pagesOf(browser, role)) {
      // Some stand on the rail of one reader and beside it for another.
      if (!name.includes(values.only) || `${role} ${name}` in pages) continue
      pages[`${role} ${name}`] = await measure(browser, paths)
      process.stderr.write(`${role} ${name} ${JSON.stringify(pages[`${role} ${name}`])}\n`)
    }
  }
  const slowest = Math.max(...Object.values(pages).map((page) => page.median_ms))
  const largest = (what: 'first_bytes' | 'later_bytes') =>
    Math.max(...Object.values(pages).map((page) => page[what]))
  console.log(
    JSON.stringify({
      roles,
      pages,
      worst: { median_ms: slowest, first_bytes: largest('first_bytes'), later_bytes: largest('later_bytes') },
      over: Object.fromEntries(
        Object.entries(pages).flatMap(([name, page]) => {
          const bar = figures.filter((one) => page[one] > bars[one])
          return bar.length > 0 ? [[name, bar]] : []
        }),
      ),
      rounds,
    }),
  )
  if (Object.values(pages).some((page) => page.first_bytes > bars.first_bytes)) process.exitCode = 1
} finally {
  await stop(program)
}

/** The pages of somebody with this role by their name, each with the addresses that are fetched in turn. */
async function pagesOf(
  browser: Browser,
  role: Role,
): Promise<readonly (readonly [string, readonly string[]])[]> {
  if (role === 'admin') return [['admin', ['/console/admin']], ...(await placesOf(browser))]
  const views = ['mine', 'queues', 'unassigned', 'overdue', 'closed'].map(
    (view) => [`list ${view}`, [`/console/requests?view=${view}`]] as const,
  )
  const requests = await linksOn(
    browser,
    ['queues', 'overdue', 'closed'].map((view) => `/console/requests?view=${view}`),
    /\/console\/requests\/\d{3}-\d{2}-\d{3}/g,
  )
  const people = await linksOn(browser, requests, /\/console\/people\/[0-9a-f-]{36}/g)
  return [
    ...views,
    ['counts', ['/console/counts']],
    ['request', requests],
    ['request thread', requests.map((path) => `${path}/thread`)],
    ['request facts', requests.map((path) => `${path}/facts`)],
    ['person', people],
    ...(await soughtBy(browser)),
    ...(await placesOf(browser)),
    ...(await besideOf(browser, people)),
    ...(await campaignsOf(browser)),
  ]
}

async function soughtBy(browser: Browser): Promise<readonly (readonly [string, readonly string[]])[]> {
  const { body } = await browser.get('/console/requests')
  const found: [string, string[]][] = []
  for (const [name, texts] of Object.entries(sought)) {
    const places: string[] = []
    for (const text of texts) {
      const { headers } = await browser.post('/console/find', { _csrf: tokenOn(body), sought: text })
      places.push(headers.location ?? '')
    }
    found.push([name, places])
  }
  return found
}

/** The pages beside the requests, as the rail names them. */
async function placesOf(browser: Browser): Promise<readonly (readonly [string, readonly string[]])[]> {
  const { body } = await browser.get('/console/requests')
  const rail = /<div class="rail-foot">[\s\S]*?<\/header>/.exec(body)?.[0] ?? ''
  const paths = [...rail.matchAll(/href="(\/console\/[^"]+)"/g)].map(([, path = '']) => path)
  return [...new Set(paths)].map((path) => [path.slice('/console/'.length), [path]])
}

/** Pages that no rail names, as far as they are theirs: boards, lists that wait, the surveys and the files of a person. */
async function besideOf(
  browser: Browser,
  people: readonly string[],
): Promise<readonly (readonly [string, readonly string[]])[]> {
  const alone = [
    'tasks',
    'tasks/board',
    'tasks/terms',
    'calendar',
    'calendar/add',
    'for-me',
    'returned',
    'twins',
  ]
  const more = [
    'feedback',
    'listening',
    'supervision',
    'indicators',
    'absences',
    'alerts',
    'duty',
    'cards',
    'reads',
  ]
  const surveys = ['check-in', 'reintegration']
  const pages: (readonly [string, readonly string[]])[] = [
    ...[...alone, ...more].map((name) => [name, [`/console/${name}`]] as const),
    ...surveys.map((survey) => [`survey ${survey}`, [`/console/surveys/${survey}`]] as const),
    ...surveys.map(
      (survey) => [`person survey ${survey}`, people.map((path) => `${path}/survey/${survey}`)] as const,
    ),
    ['person reads', people.map((path) => `${path}/reads`)],
    ['indicators by age', ['/console/indicators?by=age']],
  ]
  const theirs: (readonly [string, readonly string[]])[] = []
  for (const [name, paths] of pages) {
    const open: string[] = []
    for (const path of paths.slice(0, 10)) if ((await browser.get(path)).status === 200) open.push(path)
    if (open.length > 0) theirs.push([name, open])
  }
  return theirs
}

/** Those whom campaigns concern: the editor with its count of everybody, one that went out, its report and its answers. */
async function campaignsOf(browser: Browser): Promise<readonly (readonly [string, readonly string[]])[]> {
  const links = await linksOn(browser, ['/console/campaigns'], /\/console\/campaigns\/[0-9a-f-]{36}/g)
  const parts = ['', '/audience', '/sample', '/report', '/answers']
  return links.flatMap((link, n) =>
    parts.map((part) => [`campaign ${n + 1}${part}`, [`${link}${part}`]] as const),
  )
}

async function linksOn(
  browser: Browser,
  paths: readonly string[],
  pattern: RegExp,
): Promise<readonly string[]> {
  const found = new Set<string>()
  for (const path of paths.slice(0, 25)) {
    const { body } = await browser.get(path)
    for (const [link] of body.matchAll(pattern)) found.add(link)
  }
  return [...found].slice(0, 40)
}

async function measure(browser: Browser, paths: readonly string[]): Promise<Figures> {
  const times: number[] = []
  let later = 0
  const loaded = new Set<string>()
  // Plans and keys are met once before anything is measured, as on any morning.
  for (const path of paths.slice(0, 3)) await browser.get(path)
  for (let round = 0; round < Math.max(rounds, paths.length); round++) {
    const began = performance.now()
    const { status, body, bytes } = await browser.get(paths[round % paths.length] ?? '')
    // More pages in a minute than anybody opens: the next one is asked later, and this one again.
    if (status === 429) {
      await pause(5_000)
      round -= 1
      continue
    }
    times.push(performance.now() - began)
    if (status !== 200) throw new Error(`${paths[round % paths.length]} answered ${status}`)
    later = Math.max(later, bytes)
    for (const [, asset = ''] of body.matchAll(/(?:href|src)="(\/assets\/[^"#]+)/g)) loaded.add(asset)
  }
  let assets = 0
  for (const asset of loaded) assets += (await browser.get(asset)).bytes
  times.sort((one, other) => one - other)
  const at = (share: number) =>
    Number((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1))
  return { median_ms: at(0.5), p99_ms: at(0.99), first_bytes: later + assets, later_bytes: later }
}
