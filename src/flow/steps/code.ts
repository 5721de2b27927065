/** Steps about being reached without harm: the code of this phone, whom to speak with. While somebody may stand by who forced it, they only seem to do anything. */
import { lockState } from '../../core/lock.ts'
import { workerSexes } from '../../core/safe-contact.ts'
import { keptAnswer, plainValue } from '../condition.ts'
import { replaceTop, tell, top, type Walk } from '../walk.ts'
import type { Take } from './after.ts'

export const setCode: Take<'set_code'> = (walk, { set_code: { which, first, again, otherwise } }) => {
  const mark = markIn(walk, first.answer)
  const same = mark !== undefined && mark === markIn(walk, again.answer)
  forget(walk, first.answer, again.answer)
  const { lock } = walk.situation
  const other = which === 'alarm' ? lock?.code : lock?.alarm
  if (!same || mark === other) return { to: otherwise }
  if (!isWatched(walk)) {
    tell(walk, { type: 'code_set', which, mark })
    const openedAt = walk.situation.now
    const fresh =
      which === 'code' ? { ...lock, code: mark, tries: 0, openedAt } : lock && { ...lock, alarm: mark }
    walk.situation = { ...walk.situation, ...(fresh ? { lock: fresh } : {}) }
  }
  return 'on'
}

export const endCode: Take<'end_code'> = (walk) => {
  if (isWatched(walk)) return 'on'
  tell(walk, { type: 'code_ended' })
  walk.situation = { ...walk.situation, lock: undefined }
  return 'on'
}

export const preferWorker: Take<'prefer_worker'> = (walk, { prefer_worker: from }) => {
  const chosen = plainValue(walk, from)
  const sex = workerSexes.find((one) => one === chosen)
  tell(walk, { type: 'worker_preferred', ...(sex ? { sex } : {}) })
  return 'on'
}

/** Nobody writes for them any more. */
export const endProxy: Take<'end_proxy'> = (walk) => {
  tell(walk, { type: 'proxy_ended' })
  walk.situation = { ...walk.situation, helped: false }
  return 'on'
}

function isWatched({ situation }: Walk): boolean {
  return lockState(situation.lock, situation.now) === 'watched'
}

function markIn(walk: Walk, name: string): string | undefined {
  const answer = keptAnswer(walk, name)
  return answer?.is === 'code' ? answer.value : undefined
}

/** What was given is kept nowhere but where codes are. */
function forget(walk: Walk, ...names: readonly string[]): void {
  const frame = top(walk)
  if (!frame) return
  const rest = Object.entries(frame.answers).filter(([name]) => !names.includes(name))
  replaceTop(walk, { ...frame, answers: Object.fromEntries(rest) })
}
