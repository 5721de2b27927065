/** Whom a matter may be about, and until when it is to be reported, for those who handle it. */
import { forgottenOn, mustBeReported, reportBy } from '../core/reported.ts'
import { mayBeAboutWorker, type Request } from '../core/request.ts'
import { readReportTerms } from '../store/setting.ts'
import type { ConsoleParts } from './parts.ts'
import type { ReportView } from './view.ts'

/** Undefined for a matter that is about nobody of staff; the caller has found it under the reader's access. */
export async function loadReport(
  { database: { prisma } }: Pick<ConsoleParts, 'database'>,
  request: Request,
): Promise<ReportView | undefined> {
  if (request.kind === 'unclear' || !mayBeAboutWorker(request.kind)) return undefined
  const [terms, barred, staff] = await Promise.all([
    readReportTerms(prisma),
    prisma.requestBarred.findMany({ where: { requestId: request.id }, select: { staffId: true } }),
    prisma.staff.findMany({
      where: { active: true },
      orderBy: { name: 'asc' },
      select: { id: true, name: true },
    }),
  ])
  const out = new Set(barred.map(({ staffId }) => staffId))
  const { reportedOn } = request
  return {
    out: staff.filter(({ id }) => out.has(id)),
    others: staff.filter(({ id }) => !out.has(id)),
    ...(mustBeReported(request.kind)
      ? {
          report: {
            by: reportBy(request.openedAt, terms),
            ...(reportedOn ? { on: reportedOn, forgottenOn: forgottenOn(reportedOn, terms) } : {}),
          },
        }
      : {}),
  }
}
