/** `npm run config`: the table of settings, the same as in the README. */
import { describeSettings } from '../config.ts'

/** One row for each setting, in Markdown. */
export function settingsTable(): string {
  const rows = describeSettings().map(
    ({ name, default: value, meaning }) => `| \`${name}\` | ${value} | ${meaning} |`,
  )
  return ['| setting | default | what it is |', '|---|---|---|', ...rows].join('\n')
}

export function settingsCommand(): void {
  process.stdout.write(`${settingsTable()}\n`)
}
