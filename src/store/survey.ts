/** The versions of surveys that administrators brought, and what was answered, as a table without names. */
import type { Staff } from '../core/staff.ts'
import type { SurveyDefinition } from '../core/survey.ts'
import { personsSeenBy } from './access.ts'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'

type Part = Pick<Database, 'prisma' | 'keys'>

export type BroughtSurvey = {
  readonly definition: SurveyDefinition
  readonly staff: string
  readonly at: Date
}

/** The last first. */
export async function listSurveyVersions(prisma: Part['prisma']): Promise<readonly BroughtSurvey[]> {
  const rows = await prisma.surveyVersion.findMany({ orderBy: [{ survey: 'asc' }, { version: 'desc' }] })
  return rows.map(({ definition, staffId, at }) => ({
    // Written by addSurveyVersion alone.
    definition: definition as unknown as SurveyDefinition,
    ...{ staff: staffId, at },
  }))
}

/** Gives false for a version that is there already. */
export async function addSurveyVersion(
  prisma: Part['prisma'],
  it: {
    readonly id: string
    readonly definition: SurveyDefinition
    readonly staff: string
    readonly at: Date
  },
): Promise<boolean> {
  const { survey, version } = it.definition
  const { count } = await prisma.surveyVersion.createMany({
    data: [
      {
        ...{ id: it.id, survey, version, staffId: it.staff, at: it.at },
        definition: JSON.parse(JSON.stringify(it.definition)),
      },
    ],
    skipDuplicates: true,
  })
  return count === 1
}

export type SurveyRow = {
  readonly day: string
  readonly version: number
  readonly mode: string
  readonly language: string
  readonly answers: Readonly<Record<string, string>>
}

const pageSize = 500

/** What people whom the reader sees answered to one survey, oldest first; nothing says who they are. */
export async function* surveyRows(
  { prisma, keys }: Part,
  staff: Staff,
  survey: string,
): AsyncGenerator<SurveyRow> {
  for (let after: string | undefined; ; ) {
    const page = await prisma.surveyRecord.findMany({
      where: { survey, ...(after === undefined ? {} : { id: { gt: after } }) },
      orderBy: { id: 'asc' },
      take: pageSize,
    })
    const people = [...new Set(page.map(({ personId }) => personId))]
    const seen = await prisma.person.findMany({
      where: { AND: [{ id: { in: people }, erasedAt: null }, personsSeenBy(staff)] },
      select: { id: true },
    })
    const ids = new Set(seen.map(({ id }) => id))
    const shown = page.filter(({ personId }) => ids.has(personId))
    await keys.load(shown.map(({ keyId }) => keyId))
    for (const { id, keyId, answersEnc, ...row } of shown) {
      const text = keys.read(keyId, placeOf('survey_record', 'answers_enc', id), answersEnc)
      yield {
        ...{
          day: row.day.toISOString().slice(0, 10),
          version: row.version,
          mode: row.mode,
          language: row.language,
        },
        answers: text === undefined ? {} : (JSON.parse(text) as Record<string, string>),
      }
    }
    after = page.at(-1)?.id
    if (page.length < pageSize) return
  }
}
