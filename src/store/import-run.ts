/**
 * Tables that staff brought through the console: kept encrypted under a key of their own while they are looked at and
 * taken in. The file goes when that is done; what is left tells how it went, for a month.
 */
import type { CaseloadImport } from '../../prisma/client/client.ts'
import type { Mapping, Remark } from '../core/caseload.ts'
import { Failure } from '../failure.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { isId } from './request.ts'
import type { TableFile } from './table-file.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

export type ImportState = 'looked_at' | 'running' | 'done' | 'failed'

export type ImportRun = {
  readonly id: string
  readonly kind: TableFile['kind']
  /** As the file was called. */
  readonly name: string
  readonly state: ImportState
  readonly mapping: Mapping
  readonly counts: Readonly<Record<string, number>>
  /** Code of the failure that stopped it. */
  readonly failure?: string
  readonly createdAt: Date
  readonly seenAt: Date
}

const keptDays = 30
const day = 86_400_000
/** A run that said nothing for so long went down with its process. */
const silentMilliseconds = 60_000

/** Keeps a file for its bringer alone; gives its id. */
export async function keepImport(
  { prisma, keys }: Part,
  it: { readonly id: string; readonly key: string; readonly staff: string; readonly at: Date },
  file: TableFile & { readonly name: string },
): Promise<void> {
  const { row } = keys.make('caseload', it.key, it.at)
  if (!('insert' in row)) throw new Error('a key is made by a row')
  const { id, subject, wrapped, wrap_id: wrapId } = row.plain
  const enc = (column: string, value: string | Uint8Array) =>
    new Uint8Array(keys.encrypt(it.key, placeOf('caseload_import', column, it.id), value))
  await prisma.$transaction([
    prisma.subjectKey.create({
      data: {
        ...{ id: String(id), subject: String(subject), createdAt: it.at, wrapId: Number(wrapId) },
        wrapped: new Uint8Array(wrapped as Uint8Array),
      },
    }),
    prisma.caseloadImport.create({
      data: {
        ...{ id: it.id, staffId: it.staff, keyId: it.key, kind: file.kind, createdAt: it.at, seenAt: it.at },
        nameEnc: enc('name_enc', file.name),
        fileEnc: enc('file_enc', file.bytes),
      },
    }),
  ])
}

/** One that this member of staff brought; fails with `page:not_found` for all others. */
export async function loadImport({ prisma, keys }: Part, staff: string, id: string): Promise<ImportRun> {
  const row = isId(id) ? await prisma.caseloadImport.findFirst({ where: { id, staffId: staff } }) : null
  if (!row) throw new Failure('page:not_found')
  await keys.load([row.keyId])
  return runOf(row, keys)
}

/** The newest first. */
export async function listImports({ prisma, keys }: Part, staff: string): Promise<readonly ImportRun[]> {
  const rows = await prisma.caseloadImport.findMany({
    where: { staffId: staff },
    omit: { fileEnc: true, reportEnc: true },
    orderBy: { createdAt: 'desc' },
    take: 20,
  })
  await keys.load(rows.map((row) => row.keyId))
  return rows.map((row) => runOf(row, keys))
}

/** The file again; fails with `page:not_found` once it is gone. */
export async function readImportFile({ prisma, keys }: Part, id: string): Promise<TableFile> {
  const row = await prisma.caseloadImport.findUnique({ where: { id } })
  if (!row?.fileEnc) throw new Failure('page:not_found')
  await keys.load([row.keyId])
  const bytes = keys.decrypt(row.keyId, placeOf('caseload_import', 'file_enc', id), row.fileEnc)
  return { kind: row.kind === 'xlsx' ? 'xlsx' : 'csv', bytes }
}

/** What is to be looked at again, in the order of the lines. */
export async function readRemarks({ prisma, keys }: Part, id: string): Promise<readonly Remark[]> {
  const row = await prisma.caseloadImport.findUniqueOrThrow({ where: { id } })
  await keys.load([row.keyId])
  const text = keys.read(row.keyId, placeOf('caseload_import', 'report_enc', id), row.reportEnc)
  // Written by endImport from the same shape.
  return text === undefined ? [] : (JSON.parse(text) as Remark[])
}

/** Gives true to whoever may run it from here on: never to two at once, and again when a run went silent. */
export async function claimImport(
  { prisma }: Pick<Part, 'prisma'>,
  id: string,
  mapping: Mapping,
  now: Date,
): Promise<boolean> {
  const { count } = await prisma.caseloadImport.updateMany({
    where: {
      id,
      fileEnc: { not: null },
      OR: [
        { state: { in: ['looked_at', 'failed'] } },
        { state: 'running', seenAt: { lt: new Date(now.getTime() - silentMilliseconds) } },
      ],
    },
    data: { state: 'running', mapping: { ...mapping }, seenAt: now, failure: null },
  })
  return count === 1
}

export async function noteProgress(
  { prisma }: Pick<Part, 'prisma'>,
  id: string,
  counts: Readonly<Record<string, number>>,
  now: Date,
): Promise<void> {
  await prisma.caseloadImport.updateMany({ where: { id }, data: { counts: { ...counts }, seenAt: now } })
}

/** Done: the file is forgotten, the report stays. */
export async function endImport(
  { prisma, keys }: Part,
  id: string,
  end: {
    readonly counts: Readonly<Record<string, number>>
    readonly remarks: readonly Remark[]
    readonly at: Date
  },
): Promise<void> {
  const { keyId } = await prisma.caseloadImport.findUniqueOrThrow({ where: { id }, select: { keyId: true } })
  await keys.load([keyId])
  const report = JSON.stringify(end.remarks)
  await prisma.caseloadImport.update({
    where: { id },
    data: {
      ...{ state: 'done', counts: { ...end.counts }, fileEnc: null, endedAt: end.at, seenAt: end.at },
      reportEnc: new Uint8Array(keys.encrypt(keyId, placeOf('caseload_import', 'report_enc', id), report)),
    },
  })
}

/** Stopped by a failure: it may be started again. */
export async function failImport(
  { prisma }: Pick<Part, 'prisma'>,
  id: string,
  failure: string,
  now: Date,
): Promise<void> {
  await prisma.caseloadImport.update({ where: { id }, data: { state: 'failed', failure, seenAt: now } })
}

/** Forgets one whole, with its key; not while it runs. */
export async function dropImport({ prisma, keys }: Part, id: string, at: Date): Promise<void> {
  const row = await prisma.caseloadImport.findUnique({ where: { id }, select: { keyId: true } })
  const { count } = await prisma.caseloadImport.deleteMany({ where: { id, state: { not: 'running' } } })
  if (row && count === 1) await keys.erase(row.keyId, at)
}

/** Forgets what is older than a month; tables that nobody confirmed go with it. */
export async function expireImports(database: Part, now: Date): Promise<void> {
  const old = await database.prisma.caseloadImport.findMany({
    where: { createdAt: { lt: new Date(now.getTime() - keptDays * day) } },
    select: { id: true },
  })
  for (const { id } of old) await dropImport(database, id, now)
}

/** Whether a run that is said to go on has gone silent. */
export function isStalled({ state, seenAt }: ImportRun, now: Date): boolean {
  return state === 'running' && now.getTime() - seenAt.getTime() > silentMilliseconds
}

type Row = Omit<CaseloadImport, 'fileEnc' | 'reportEnc'>

function runOf(row: Row, keys: Part['keys']): ImportRun {
  return {
    id: row.id,
    kind: row.kind === 'xlsx' ? 'xlsx' : 'csv',
    name: keys.read(row.keyId, placeOf('caseload_import', 'name_enc', row.id), row.nameEnc) ?? '',
    // Codes and shapes that this file wrote.
    state: row.state as ImportState,
    mapping: row.mapping as Mapping,
    counts: row.counts as Record<string, number>,
    failure: row.failure ?? undefined,
    createdAt: row.createdAt,
    seenAt: row.seenAt,
  }
}
