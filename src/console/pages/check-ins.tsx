/**
 * What a person said of how they are, a line for each time. What they said of danger is not among it: that is told to
 * protection, and a gap here must not tell it to anybody else.
 */
import type { JSX } from 'preact'
import { checkInItems, checkInSurvey } from '../../core/check-in.ts'
import type { SurveyRecord } from '../../store/check-in.ts'
import type { Words } from '../words.ts'
import { Table } from './figures.tsx'

const shownItems = checkInItems.filter((item) => item !== 'safety' && item !== 'call')

export function CheckInsCard({
  words,
  surveys,
}: {
  words: Words
  surveys: readonly SurveyRecord[]
}): JSX.Element | null {
  const some = surveys.filter(({ survey }) => survey === checkInSurvey)
  if (some.length === 0) return null
  return (
    <section class="card">
      <Table
        caption={words.t('task.check_ins')}
        head={[words.t('task.column.day'), ...shownItems.map((item) => words.t(`task.item.${item}`))]}
        rows={some.map(({ id, day, answers }) => ({
          key: id,
          name: words.shortDay(day),
          cells: shownItems.map((item) => (answers[item] ? words.any(`check_in.${answers[item]}`) : '–')),
        }))}
      />
    </section>
  )
}
