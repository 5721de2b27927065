/** The two pictures of supervision, from the same weeks as the tables behind them. */
import type { Chart } from './chart.ts'
import type { Shown, WeekView } from './supervision.ts'
import type { Words } from './words.ts'

/** How much comes and goes; how well it is answered. */
export const pictures = ['flow', 'time'] as const
export type Picture = (typeof pictures)[number]

export function pictureOf(words: Words, picture: Picture, weeks: readonly WeekView[]): Chart {
  const labels = weeks.map(({ from }) => words.shortDay(from))
  const name = (key: string) => words.t(`supervision.${key}`)
  if (picture === 'time') {
    return {
      ...{ labels, unit: ' %', most: 100 },
      series: [
        { name: name('in_time'), shape: 'line', colour: 'accent', values: weeks.map(({ share }) => share) },
      ],
    }
  }
  return {
    labels,
    series: [
      { name: name('opened'), shape: 'column', colour: 'accent', values: valuesOf(weeks, 'opened') },
      { name: name('closed'), shape: 'column', colour: 'ochre', values: valuesOf(weeks, 'closed') },
      { name: name('reopened'), shape: 'line', colour: 'red', values: valuesOf(weeks, 'reopened') },
    ],
  }
}

/** A number that is hidden leaves a gap. */
function valuesOf(weeks: readonly WeekView[], of: 'opened' | 'closed' | 'reopened'): (number | undefined)[] {
  return weeks.map((week) => known(week[of]))
}

function known(value: Shown): number | undefined {
  return value === 'few' ? undefined : value
}
