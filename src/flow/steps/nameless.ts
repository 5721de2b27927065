/** The step that takes a complaint without a name. */
import { drawCode, showCode } from '../../core/nameless.ts'
import { kindOf } from '../../core/request.ts'
import { keptAnswer } from '../condition.ts'
import { replaceTop, speak, tell, top } from '../walk.ts'
import type { Take } from './after.ts'

/** About whom it is, whoever reads it sorts; until then nobody of the line of whoever is named reads it. */
const kind = 'complaint.staff_conduct'

export const tellNameless: Take<'tell_nameless'> = (walk, { tell_nameless: { text, code, spoken } }) => {
  const told = keptAnswer(walk, text.answer)
  const frame = top(walk)
  // The words are kept nowhere but where they go.
  if (frame) replaceTop(walk, { ...frame, answers: {} })
  if (told?.is !== 'text' || told.value.trim() === '') return { to: spoken }
  const { world } = walk
  const drawn = drawCode(world.id())
  tell(walk, {
    ...{ type: 'nameless_told', request: world.id(), reference: world.reference(), kind, code: drawn },
    ...{ priority: kindOf(kind).priority, secret: { text: told.value } },
  })
  speak(walk, code, { code: showCode(drawn) })
  return 'on'
}
