/** The doors between rooms, the height of the files and the words that stay in one place. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What each room may import besides itself, `failure` and `world`; a file name opens that file only. */
const doors: Record<string, readonly string[]> = {
  failure: [],
  world: [],
  core: [],
  flow: ['core'],
  text: ['core'],
  store: ['core', 'flow (types)', 'log', 'client'],
  turn: ['core', 'flow', 'text', 'store', 'log'],
  channel: ['core', 'log'],
  job: ['core', 'flow', 'text', 'store', 'turn', 'channel', 'log'],
  console: ['core', 'flow', 'text', 'store', 'turn', 'channel/contract.ts', 'log'],
  web: ['core', 'text', 'store', 'turn', 'channel', 'job', 'console', 'config', 'log'],
  desk: ['core', 'text', 'store', 'turn', 'channel', 'log'],
  demo: ['core', 'flow', 'text', 'store', 'turn', 'log'],
  log: [],
  config: [],
  shelf: ['core'],
}
/** The hall opens every door. */
const hall = [
  'house',
  'main',
  'command',
  'conversation',
  'accounts',
  'cloud-accounts',
  'files',
  'store-door',
  'web-door',
  'staff-ways',
  'whatsapp-account',
]

type Import = { readonly from: string; readonly to: string; readonly typeOnly: boolean }

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((file) => `src/${file.split(sep).join('/')}`)
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))

const imports: Import[] = sources.flatMap(({ file, text }) =>
  [...text.matchAll(/^(?:import|export)\s(type\s)?[^'"]*?from\s+'([^']+)'/gms)].map(([, type, to = '']) => ({
    from: file,
    to: to.startsWith('.')
      ? relative(root, normalize(join(root, dirname(file), to)))
          .split(sep)
          .join('/')
      : to,
    typeOnly: type !== undefined,
  })),
)

const roomOf = (file: string): string =>
  file.startsWith('prisma/client/') ? 'client' : (/^src\/([^/.]+)/.exec(file)?.[1] ?? file)

describe('the rooms', () => {
  test.each(Object.keys(doors))('%s opens only its own doors', (room) => {
    const wrong = imports
      .filter(({ from, to }) => roomOf(from) === room && (to.startsWith('src/') || to.startsWith('prisma/')))
      .filter(({ to, typeOnly }) => !mayOpen(room, to, typeOnly))
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([])
  })

  test('every room has its doors written down', () => {
    const rooms = new Set(sources.map(({ file }) => roomOf(file)))
    expect([...rooms].filter((room) => !(room in doors) && !hall.includes(room))).toEqual([])
  })

  test('nobody goes round in a circle', () => {
    expect(circles()).toEqual([])
  })

  test('the pure rooms do no input or output', () => {
    const pure = imports.filter(({ from }) => ['core', 'flow', 'text'].includes(roomOf(from)))
    const allowed = /^node:crypto$/
    expect(pure.filter(({ to }) => to.startsWith('node:') && !allowed.test(to))).toEqual([])
  })
})

describe('the files', () => {
  test('none is longer than 300 lines', () => {
    const long = sources.filter(({ text }) => text.split('\n').length > 301)
    expect(long.map(({ file }) => file)).toEqual([])
  })

  test('none lies deeper than two folders under src', () => {
    expect(sources.filter(({ file }) => file.split('/').length > 4).map(({ file }) => file)).toEqual([])
  })

  test('none is a drawer for everything', () => {
    const drawers = /\/(utils?|helpers?|common|lib|services?|index)\.tsx?$/
    expect(sources.filter(({ file }) => drawers.test(file)).map(({ file }) => file)).toEqual([])
  })
})

describe('the words that stay in one place', () => {
  const only = (pattern: RegExp, ...homes: string[]) =>
    sources
      .filter(({ file, text }) => !homes.includes(file) && pattern.test(withoutComments(text)))
      .map(({ file }) => file)

  test('the environment is read in main, by config', () => {
    expect(only(/process\.env/, 'src/config.ts', 'src/main.ts')).toEqual([])
  })

  test('the clock and the dice are in world', () => {
    const chance = /Date\.now\(|new Date\(\)|Math\.random\(|randomUUID|DateTime\.(now|utc|local)\(\)/
    expect(only(chance, 'src/world.ts')).toEqual([])
  })

  test('what is said to people is put into words where its recording goes with it', () => {
    const renders = /import \{[^}]*\bspeak\b[^}]*\} from '[^']*text\/render\.ts'/
    // A knock that goes as a template has no voice.
    expect(only(renders, 'src/turn/turn.ts', 'src/turn/aloud.ts', 'src/turn/knock.ts')).toEqual([])
  })

  test('what goes out passes the policy of sending, in one place', () => {
    expect(only(/\bchannel\.send\(/, 'src/job/send-messages.ts')).toEqual([])
    const sender = sources.find(({ file }) => file === 'src/job/send-messages.ts')?.text ?? ''
    expect(sender.indexOf('keptBack(one')).toBeGreaterThan(0)
    expect(sender.indexOf('keptBack(one')).toBeLessThan(sender.indexOf('channel.send('))
  })

  test('nothing is set as raw html', () => {
    expect(only(/dangerouslySetInnerHTML/)).toEqual([])
  })

  test('nothing is left for later', () => {
    expect(only(/@ts-ignore|@ts-expect-error|: any\b|as any\b/)).toEqual([])
    expect(sources.filter(({ text }) => /\b(TODO|FIXME|XXX)\b/.test(text)).map(({ file }) => file)).toEqual(
      [],
    )
  })
})

function mayOpen(room: string, to: string, typeOnly: boolean): boolean {
  const target = roomOf(to)
  if (target === room || target === 'failure' || target === 'world') return true
  return (doors[room] ?? []).some(
    (door) => door === target || `src/${door}` === to || (door === `${target} (types)` && typeOnly),
  )
}

/** Each circle of imports, as the files it goes through; type imports count as well. */
function circles(): string[] {
  const next = new Map<string, string[]>()
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to])
  const found: string[] = []
  const done = new Set<string>()
  const walk = (file: string, path: readonly string[]) => {
    const seen = path.indexOf(file)
    if (seen >= 0) found.push([...path.slice(seen), file].join(' -> '))
    if (seen >= 0 || done.has(file)) return
    for (const to of next.get(file) ?? []) walk(to, [...path, file])
    done.add(file)
  }
  for (const { file } of sources) walk(file, [])
  return found
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}
