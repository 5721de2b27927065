/** Staff fill in a survey with somebody. */
import { type SurveyAnswers, type SurveyDefinition, takesAnswer } from '../core/survey.ts'
import { Failure } from '../failure.ts'
import type { Desk } from './act.ts'
import { type PersonAct, performOnPerson } from './act-person.ts'

export type FilledSurvey = {
  readonly definition: SurveyDefinition
  readonly mode: 'interview' | 'phone'
  readonly language: string
  /** ISO date. */
  readonly day: string
  readonly answers: SurveyAnswers
}

/** Fails with `form:invalid` for an answer that is none, a day ahead of us, and where nothing was answered. */
export async function recordSurvey(desk: Desk, act: PersonAct, it: FilledSurvey): Promise<void> {
  const { definition, answers, mode, language, day } = it
  const items = new Map(definition.items.map((item) => [item.code, item]))
  for (const [code, answer] of Object.entries(answers)) {
    const item = items.get(code)
    if (!item || !takesAnswer(item, answer)) throw new Failure('form:invalid', { field: code })
  }
  if (Object.keys(answers).length === 0) throw new Failure('form:invalid', { field: 'answers' })
  if (day > desk.clock.now().toISOString().slice(0, 10)) throw new Failure('form:invalid', { field: 'day' })
  await performOnPerson(desk, act, () => [
    {
      ...{ type: 'survey_recorded', record: desk.clock.id(), survey: definition.survey },
      ...{ version: definition.version, mode, language, day, secret: { answers } },
    },
  ])
}
