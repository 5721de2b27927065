/** What is kept from others of a request that the caller has found under the reader's access: seal, report, code. */
import type { Request } from '../core/request.ts'
import type { Staff } from '../core/staff.ts'
import { namelessWords } from '../store/nameless.ts'
import { loadReport } from './load-report.ts'
import { loadSeal } from './load-seal.ts'
import type { ConsoleParts } from './parts.ts'
import type { Facts } from './view.ts'

export async function loadGuarded(
  parts: Pick<ConsoleParts, 'database'>,
  staff: Staff,
  request: Request,
): Promise<Pick<Facts, 'seal' | 'about' | 'nameless'>> {
  const [seal, about, nameless] = await Promise.all([
    request.visibility === 'sealed' ? loadSeal(parts, staff, request.id) : undefined,
    loadReport(parts, request),
    request.address === undefined ? namelessWords(parts.database, request.id) : undefined,
  ])
  return { ...(seal ? { seal } : {}), ...(about ? { about } : {}), ...(nameless ? { nameless } : {}) }
}
