/** Whose check-in falls due by itself, and what people said in theirs. */
import type pg from 'pg'
import type { Database } from './database.ts'
import { placeOf } from './encryption.ts'
import { saidChildSql } from './said-age.ts'

const atOnce = 500
/** Whose check-in was due longer ago is left to staff: a house that opens writes to nobody about last year. */
const longAgo = 60

/**
 * Marks the cases whose person is to be asked from now on: monitored for so many days, not asked and not heard of since, not
 * put off by staff, and no child by the file or by what they said. Gives how many.
 */
export async function offerCheckIns(pool: Pick<pg.Pool, 'query'>, days: number, now: Date): Promise<number> {
  const { rowCount } = await pool.query({
    name: 'check_in_offer',
    text: `update case_file set check_in_at = $1 where id in (
        select c.id from case_file c join person p on p.id = c.person_id and p.erased_at is null and not p.minor and not ${saidChildSql('p.id')}
        cross join lateral (select coalesce(c.stage_since, c.opened_at) as since) d
        where c.closed_at is null and c.stage = 'monitoring' and c.check_in_at is null
          and d.since + make_interval(days => $2::int) <= $1
          and d.since + make_interval(days => $2::int + ${longAgo}) > $1
          and (c.checked_in_at is null or c.checked_in_at < d.since)
          and (c.check_in_asked_at is null or c.check_in_asked_at < d.since)
          and exists (select from session s where s.person_id = c.person_id)
          and not exists (select from task_mark m where m.subject_id = c.id and m.kind = 'check_in'
            and m.until > $1)
        limit ${atOnce})`,
    values: [now, days],
  })
  return rowCount ?? 0
}

export type SurveyRecord = {
  readonly id: string
  readonly survey: string
  readonly version: number
  readonly mode: string
  readonly language: string
  readonly day: Date
  readonly ended: boolean
  readonly staff?: string
  readonly answers: Readonly<Record<string, string>>
}

/** What people answered to surveys, the last first; whoever reads may see them. */
export async function surveysOfPeople(
  { prisma, keys }: Pick<Database, 'prisma' | 'keys'>,
  people: readonly string[],
): Promise<readonly SurveyRecord[]> {
  const rows = await prisma.surveyRecord.findMany({
    where: { personId: { in: [...people] } },
    orderBy: { id: 'desc' },
    take: 30,
  })
  await keys.load(rows.map(({ keyId }) => keyId))
  return rows.map(({ id, survey, version, mode, language, day, ended, staffId, keyId, answersEnc }) => {
    const text = keys.read(keyId, placeOf('survey_record', 'answers_enc', id), answersEnc)
    return {
      ...{ id, survey, version, mode, language, day, ended },
      ...(staffId === null ? {} : { staff: staffId }),
      // Written by turn/apply-check-in.ts alone.
      answers: text === undefined ? {} : (JSON.parse(text) as Record<string, string>),
    }
  })
}
