/**
 * Rows of a caseload become people with their cases, many in one commit. A row is matched by its case number and by
 * nothing else. Who has that number is changed only in what the row says and was not known; a row that says nothing new
 * writes nothing, so that a table can be brought again. A phone that somebody else has is remarked on, never merged.
 */
import type { CaseloadColumn, CaseloadRow, Remark, RowReason } from '../core/caseload.ts'
import type { By, Described, HappeningOf } from '../core/event.ts'
import type { Staff } from '../core/staff.ts'
import { casesByNumber, type KnownCase, peopleByPhone, type Worker } from '../store/caseload.ts'
import type { Change, Plain, TurnRows } from '../store/road.ts'
import type { Desk } from './act.ts'
import { officeOf, type Surroundings } from './surroundings.ts'

export type Taken = {
  readonly made: number
  readonly changed: number
  readonly same: number
  readonly remarks: readonly Remark[]
}

/** Who brings the table: a member of staff, who changes only whom they see, or whoever runs the program. */
export type Bringer = Staff | undefined

/** What rows are taken with. */
type Taking = {
  readonly desk: Desk
  readonly town: Surroundings
  readonly bringer: Bringer
  readonly workers: readonly Worker[]
}

const adult = 18
/** Somebody changed the person in the same moment: judged again on what it is by then. */
const triesAtMost = 3

/** Takes a batch of rows whose case numbers differ. */
export async function takeRows(taking: Taking, rows: readonly CaseloadRow[]): Promise<Taken> {
  const remarks: Remark[] = []
  const counts = { made: 0, changed: 0, same: 0 }
  let left = rows
  for (let tries = 1; left.length > 0; tries += 1) {
    const known = await casesByNumber(
      taking.desk,
      left.map(({ caseNumber }) => caseNumber),
      taking.bringer,
    )
    const judged = left.map((row) => judge(taking, row, known.get(row.caseNumber) ?? []))
    const moved = judged.flatMap((one) => (one.rows ? [{ ...one, rows: one.rows }] : []))
    const went = await taking.desk.road.commit(moved.map((one) => one.rows))
    const behind = new Set(moved.filter((_, i) => went[i] !== 'through').map(({ row }) => row))
    for (const one of judged) {
      if (behind.has(one.row)) continue
      remarks.push(...one.remarks)
      if (one.how) counts[one.how] += 1
    }
    passOn(
      taking.desk,
      moved.filter(({ row }) => !behind.has(row)).map(({ rows: it }) => it.person?.id),
    )
    left = left.filter((row) => behind.has(row))
    if (tries === triesAtMost) {
      remarks.push(...left.map(({ line }): Remark => ({ line, refused: true, reason: 'not_written' })))
      left = []
    }
  }
  return { ...counts, remarks: [...remarks, ...(await samePhones(taking, rows, remarks))] }
}

function passOn(desk: Desk, people: readonly (string | undefined)[]): void {
  desk.passOn({ outgoing: new Map(), hints: new Set(people.map((id) => `person-${id}`)) })
}

type Judged = {
  readonly row: CaseloadRow
  readonly how?: 'made' | 'changed' | 'same'
  readonly rows?: TurnRows
  readonly remarks: readonly Remark[]
}

function judge(taking: Taking, row: CaseloadRow, known: readonly KnownCase[]): Judged {
  const refuse = (reason: RowReason, column: CaseloadColumn): Judged => ({
    row,
    remarks: [{ line: row.line, refused: true, reason, column }],
  })
  const [only, ...more] = known
  if (more.length > 0) return refuse('several_cases', 'case_number')
  if (only && !only.seen) return refuse('elsewhere', 'case_number')
  if (!only && row.name === undefined) return refuse('missing', 'name')
  const { worker, remarks } = findWorker(taking.workers, row)
  const rows = only ? changeRows(taking, row, only, worker) : newRows(taking, row, worker)
  return { row, rows, remarks, how: only ? (rows ? 'changed' : 'same') : 'made' }
}

/** By e-mail address, or by a name that only one has. */
function findWorker(
  workers: readonly Worker[],
  { line, worker: written }: CaseloadRow,
): { readonly worker?: Worker; readonly remarks: readonly Remark[] } {
  if (written === undefined) return { remarks: [] }
  const wanted = plainName(written)
  const found = workers.filter(({ email, name }) => email === wanted || plainName(name) === wanted)
  const [worker, ...more] = found
  if (worker && more.length === 0) return { worker, remarks: [] }
  const reason = worker ? 'several_workers' : 'unknown_worker'
  return { remarks: [{ line, refused: false, reason, column: 'case_worker', given: written.slice(0, 60) }] }
}

function plainName(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
}

function newRows(taking: Taking, row: CaseloadRow, worker: Worker | undefined): TurnRows {
  const { desk, town } = taking
  const { clock, keys } = desk
  const now = clock.now()
  const [id, file] = [clock.id(), clock.id()]
  const key = keys.make('person', clock.id(), now)
  const office = worker?.office ?? officeOf(town, row.region)?.id
  const changes: Change[] = [
    key.row,
    {
      insert: 'person',
      plain: { id, key_id: key.id, created_at: now, ...personCells(desk, row, true) },
      secret: { name_enc: row.name, phone_enc: row.phone },
      key: key.id,
    },
    {
      insert: 'case_file',
      plain: {
        ...{ id: file, person_id: id, stage: 'reception', opened_at: now },
        ...{ number_hash: keys.hash('case_number', row.caseNumber) },
        ...{ owner_id: worker?.id ?? null, office_id: office ?? null, returned_on: dayIn(row) ?? null },
      },
      secret: { number_enc: row.caseNumber },
      key: key.id,
    },
  ]
  return turnOf(taking, { id, key: key.id }, changes, {
    ...{ type: 'person_imported', case: file, made: true, owner: worker?.id, language: row.language },
    secret: { ...described(row), caseNumber: row.caseNumber },
  })
}

/** What the row says and was not known; undefined when that is nothing. */
function changeRows(
  taking: Taking,
  row: CaseloadRow,
  known: KnownCase,
  worker: Worker | undefined,
): TurnRows | undefined {
  const { desk, town } = taking
  const { person } = known
  const news = newsOf(row, known)
  const owner = worker && worker.id !== known.owner ? worker.id : undefined
  if (Object.keys(news).length === 0 && owner === undefined) return undefined
  const changes: Change[] = []
  if (Object.keys(news).length > 0) {
    changes.push({
      ...{ update: 'person', id: person.id, version: person.version, key: person.key },
      plain: personCells(desk, news, false),
      secret: { name_enc: news.name, phone_enc: news.phone },
    })
  }
  const office = known.office === undefined ? (worker?.office ?? officeOf(town, news.region)?.id) : undefined
  const returned = dayIn(news)
  if (owner !== undefined || office !== undefined || returned !== undefined) {
    changes.push({
      ...{ update: 'case_file', id: known.case, version: known.caseVersion },
      plain: {
        ...(owner ? { owner_id: owner } : {}),
        ...(office ? { office_id: office } : {}),
        ...(returned ? { returned_on: returned } : {}),
      },
    })
  }
  return turnOf(taking, person, changes, {
    ...{ type: 'person_imported', case: known.case, made: false, owner, language: news.language },
    secret: described(news),
  })
}

type Said = Partial<Omit<CaseloadRow, 'line' | 'caseNumber' | 'worker'>>

function newsOf(row: CaseloadRow, { person }: KnownCase): Said {
  const { line: _, caseNumber: __, worker: ___, ...said } = row
  const news = Object.entries(said).filter(
    ([field, value]) => value !== undefined && value !== person[field as keyof Said],
  )
  // A region alone must not lose the cercle that is known in it, nor keep one that lies elsewhere.
  const moved = said.region !== undefined && said.region !== person.region
  return {
    ...(Object.fromEntries(news) as Said),
    ...(moved ? { region: said.region, cercle: said.cercle } : {}),
  }
}

/** The plain columns of a person; every one of them for a new row, so that the rows of a batch have one shape. */
function personCells(desk: Desk, said: Said, whole: boolean): Record<string, Plain> {
  const { birthYear, phone } = said
  const year = desk.clock.now().getUTCFullYear()
  const cells: Record<string, Plain | undefined> = {
    ...{ sex: said.sex, language: said.language, region: said.region, return_country: said.returnCountry },
    cercle: 'cercle' in said && said.region !== undefined ? (said.cercle ?? null) : said.cercle,
    birth_year: birthYear,
    minor: birthYear === undefined ? (whole ? false : undefined) : year - birthYear < adult,
    return_date: dayIn(said),
    phone_hash: phone === undefined ? undefined : desk.keys.hash('phone', phone),
  }
  const told = Object.entries(cells).map(
    ([column, value]) => [column, whole ? (value ?? null) : value] as const,
  )
  return Object.fromEntries(told.filter((cell): cell is [string, Plain] => cell[1] !== undefined))
}

function dayIn({ returnDate }: Said): Date | undefined {
  return returnDate === undefined ? undefined : new Date(`${returnDate}T00:00:00Z`)
}

function described({
  name,
  sex,
  birthYear,
  phone,
  region,
  cercle,
  returnCountry,
  returnDate,
}: Said): Described {
  const place = region === undefined ? undefined : { region, cercle, said: '' }
  return { name, sex, birthYear, phone, place, returnCountry, returnDate }
}

function turnOf(
  { desk, bringer }: Taking,
  person: { readonly id: string; readonly key: string },
  changes: readonly Change[],
  happening: HappeningOf<'person_imported'>,
): TurnRows {
  const by: By = bringer ? { staff: bringer.id } : 'operator'
  return {
    ...{ turn: desk.clock.id(), at: desk.clock.now(), person: { id: person.id, key: person.key } },
    messages: [],
    events: [{ id: desk.clock.id(), by, happening, visibility: 'open' }],
    changes,
  }
}

/** Rows whose phone somebody with another case number has as well: perhaps one person twice, which a person decides. */
async function samePhones(
  { desk, bringer }: Taking,
  rows: readonly CaseloadRow[],
  remarks: readonly Remark[],
): Promise<readonly Remark[]> {
  const refused = new Set(remarks.filter((one) => one.refused).map(({ line }) => line))
  const phones = rows.flatMap(({ phone, line }) => (phone && !refused.has(line) ? [phone] : []))
  const owners = await peopleByPhone(desk, phones, bringer)
  return rows.flatMap(({ line, phone }): Remark[] =>
    phone !== undefined && !refused.has(line) && (owners.get(phone)?.length ?? 0) > 1
      ? [{ line, refused: false, reason: 'phone_known', column: 'phone', given: phone }]
      : [],
  )
}
