/** `npm run import -- people.xlsx`: takes a caseload in, beside a running house or without one. */
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { type Config, ConfigFaults } from '../config.ts'
import type { Remark } from '../core/caseload.ts'
import { Failure } from '../failure.ts'
import { makeVocabulary } from '../flow/answer/vocabulary.ts'
import { makeLog } from '../log.ts'
import { readShelf } from '../shelf.ts'
import { importingAlone } from '../store/import-lock.ts'
import { readTable, tableFile, tableLimits } from '../store/table-file.ts'
import { makeLocales } from '../text/locale.ts'
import { makeHints } from '../turn/hint.ts'
import { type ImportCounts, importCaseload } from '../turn/import-caseload.ts'
import { makeReferences } from '../turn/references.ts'
import { makeWatch } from '../turn/surroundings.ts'
import { realClock } from '../world.ts'
import { openBeside } from './beside.ts'

const usage = 'npm run import -- people.xlsx (or .csv; comma, semicolon or tab)'

/**
 * Tells how many were new, changed, the same and refused, and each line that was refused with its reason. Fails with the
 * failures of a table; what came before the fault is taken, and the same file may be brought again.
 */
export async function importCommand(config: Config, words: readonly string[]): Promise<void> {
  const path = readPath(words)
  const file = tableFile(basename(path), await readBytes(path))
  const shelf = readShelf()
  const opened: (() => Promise<void>)[] = []
  try {
    const log = makeLog(config.LOG_LEVEL === 'info' ? 'warn' : config.LOG_LEVEL)
    const clock = realClock
    const { database } = await openBeside({ config, log, clock }, opened)
    const hints = makeHints(database.pool, clock, log)
    opened.push(() => hints.close())
    const desk = {
      ...{ ...database, clock },
      watch: makeWatch(database.prisma, clock),
      references: makeReferences(database.pool),
      passOn: (news: { readonly hints: ReadonlySet<string> }) => hints.changed(news.hints),
    }
    const wish = {
      rows: readTable(file),
      vocabulary: makeVocabulary(shelf),
      bringer: undefined,
      onProgress: ({ rows }: ImportCounts) => {
        if (process.stderr.isTTY) process.stderr.write(`\r${rows} rows`)
      },
    }
    const { counts, remarks } = await importingAlone(database.pool, () => importCaseload(desk, wish))
    if (process.stderr.isTTY) process.stderr.write('\n')
    const locales = makeLocales(shelf.locales)
    for (const remark of remarks) tell(sentenceOf(remark, (key, vars) => locales.t('en', key, vars)))
    const { rows, made, changed, same, refused } = counts
    tell(`${rows} rows: ${made} new, ${changed} changed, ${same} the same, ${refused} refused.`)
  } finally {
    for (const close of opened.reverse()) await close()
  }
}

/** Line, column and reason; never what stood there, because a terminal is read over shoulders and kept in files. */
function sentenceOf(
  { line, refused, column, reason }: Remark,
  t: (key: string, vars?: Readonly<Record<string, string | number>>) => string,
): string {
  const how = t(refused ? 'console.import.line_refused' : 'console.import.line_remarked', { line })
  const what = column === undefined ? '' : `${t(`console.import.column.${column}`)}: `
  return `${how} ${what}${t(`console.import.reason.${reason}`)}`
}

function readPath(words: readonly string[]): string {
  try {
    const { positionals } = parseArgs({ args: [...words], allowPositionals: true, options: {} })
    if (positionals.length === 1 && positionals[0]) return positionals[0]
  } catch {
    // An option that there is not: told like everything else that is no file.
  }
  throw new Failure('config:invalid', { faults: 1 }, { cause: new ConfigFaults([usage]) })
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path)
    if (size > tableLimits.bytes) throw new Failure('table:too_large', { bytes: size })
    return await readFile(path)
  } catch (cause) {
    if (cause instanceof Failure) throw cause
    throw new Failure(
      'config:invalid',
      { faults: 1 },
      { cause: new ConfigFaults([`${path}: cannot be read`]) },
    )
  }
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`)
}
