/** `npm run texts -- export [--into FOLDER]`: puts what the office worded and recorded back into the locale files. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Config, ConfigFaults } from '../config.ts'
import type { Recording } from '../core/clip.ts'
import { type Language, languages } from '../core/language.ts'
import { Failure } from '../failure.ts'
import { makeLog } from '../log.ts'
import { readShelf, type Shelf } from '../shelf.ts'
import { listClips, openClip } from '../store/clip.ts'
import type { Database } from '../store/database.ts'
import { listWordings } from '../store/wording.ts'
import { withSentences } from '../text/export.ts'
import { makeLocales, type Rewording } from '../text/locale.ts'
import { groundsOf, rewordingOf } from '../turn/office-texts.ts'
import { realClock } from '../world.ts'
import { openBeside } from './beside.ts'

const usage = 'npm run texts -- export [--into FOLDER] (by default the locales of this program)'
const locales = fileURLToPath(new URL('../../locales', import.meta.url))

/** May run beside a house. Tells how many sentences and recordings were written, and where. */
export async function textsCommand(config: Config, words: readonly string[]): Promise<void> {
  const folder = readFolder(words)
  const opened: (() => Promise<void>)[] = []
  try {
    const log = makeLog(config.LOG_LEVEL === 'info' ? 'warn' : config.LOG_LEVEL)
    const { database } = await openBeside({ config, log, clock: realClock }, opened)
    const { sentences, clips } = await exportTexts(database.prisma, readShelf(), folder)
    process.stdout.write(`${sentences} sentences and ${clips} recordings written into ${folder}\n`)
  } finally {
    for (const close of opened.reverse()) await close()
  }
}

/** Writes only the files that change; what stands on other words than those that ship is left in the studio. */
export async function exportTexts(
  prisma: Database['prisma'],
  shelf: Shelf,
  folder: string,
): Promise<{ readonly sentences: number; readonly clips: number }> {
  const [wordings, clips] = await Promise.all([listWordings(prisma), listClips(prisma)])
  const rewording = rewordingOf(wordings, groundsOf(makeLocales(shelf.locales)))
  let written = 0
  for (const language of languages) {
    await exportSentences(shelf, folder, language, rewording)
    await exportClips(
      prisma,
      shelf,
      folder,
      clips.filter((one) => one.language === language),
      language,
    )
    written += rewording.get(language)?.size ?? 0
  }
  return { sentences: written, clips: clips.filter(({ bytes }) => bytes > 0).length }
}

async function exportSentences(shelf: Shelf, folder: string, language: Language, rewording: Rewording) {
  const changed = [...(rewording.get(language) ?? [])]
  for (const subject of new Set(changed.map(([key]) => key.split('.')[0] ?? ''))) {
    const own = changed.filter(([key]) => key.startsWith(`${subject}.`))
    const within = new Map(own.map(([key, sentence]) => [key.slice(subject.length + 1), sentence]))
    const tree = withSentences(shelf.locales[language][subject], within)
    await writeJson(join(folder, language), `${subject}.json`, tree)
  }
}

/** The index ties each recording to the words it says; what was taken away in the studio is named no longer. */
async function exportClips(
  prisma: Database['prisma'],
  shelf: Shelf,
  folder: string,
  clips: readonly Recording[],
  language: Language,
): Promise<void> {
  if (clips.length === 0) return
  const into = join(folder, 'clips', language)
  await mkdir(into, { recursive: true })
  const shipped = shelf.clips.filter((one) => one.language === language)
  const index = new Map(shipped.map((one) => [one.saying, entryOf(one)]))
  for (const one of shipped) {
    await writeFile(join(into, `${one.saying}.ogg`), await readFile(one.file))
  }
  for (const one of clips) {
    const bytes = one.bytes > 0 ? await openClip(prisma, [], one.media) : undefined
    if (bytes) {
      await writeFile(join(into, `${one.saying}.ogg`), bytes)
      index.set(one.saying, entryOf(one))
    } else index.delete(one.saying)
  }
  const sorted = [...index].sort(([one], [other]) => (one < other ? -1 : 1))
  await writeJson(into, 'index.json', Object.fromEntries(sorted))
}

function entryOf({ wording, media, bytes, seconds }: Recording) {
  return { wording, media, bytes, seconds }
}

async function writeJson(folder: string, name: string, value: unknown): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, name), `${JSON.stringify(value, null, 2)}\n`)
}

function readFolder(words: readonly string[]): string {
  try {
    const { positionals, values } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { into: { type: 'string' } },
    })
    if (positionals.length === 1 && positionals[0] === 'export') return values.into ?? locales
  } catch {
    // An option that there is not: told like everything else that is no such command.
  }
  throw new Failure('config:invalid', { faults: 1 }, { cause: new ConfigFaults([usage]) })
}
