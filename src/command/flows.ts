/** `npm run flows`: inspects all flows and their words. Exit status 1 on an issue. */

import { makeConversation } from '../conversation.ts'
import { languages } from '../core/language.ts'
import { inspect } from '../flow/inspect.ts'
import { readShelf } from '../shelf.ts'

export function flowsCommand(): void {
  const shelf = readShelf()
  const { book, locales, issues, flows } = makeConversation(shelf)
  const inspection = inspect(book, locales, shelf.clips)
  const all = [...issues, ...inspection.issues]
  for (const { flow, step, code, message } of all)
    tell(`${flow}${step ? `.${step}` : ''}: ${code}: ${message}`)
  for (const language of languages) tell(`${language}: ${JSON.stringify(inspection.coverage[language])}`)
  const unsure = locales.keys().filter((key) => locales.certainty('bm', key) === 'C')
  const unread = locales.keys().filter((key) => locales.certainty('bm', key) && !locales.reviewer('bm', key))
  tell(`bm: ${unsure.length} sentences are doubtful (C); ${unread.length} were reviewed by nobody`)
  tell(`${flows.length} flows, ${all.length} issues`)
  if (all.length > 0) process.exitCode = 1
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`)
}
