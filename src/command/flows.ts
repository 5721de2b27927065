/** `npm run flows`: inspects all flows and their words. Exit status 1 on an issue. */

import { makeConversation } from '../conversation.ts'
import { inspect } from '../flow/inspect.ts'
import { readShelf } from '../shelf.ts'

/** What the office worded or recorded in its console is on its page of flows; this reads the files alone. */
export function flowsCommand(): void {
  const { book, locales, issues, flows, readiness } = makeConversation(readShelf())
  const all = [...issues, ...inspect(book, locales)]
  for (const { flow, step, code, message } of all)
    tell(`${flow}${step ? `.${step}` : ''}: ${code}: ${message}`)
  for (const { flow, language, sentences, unreviewed, sayings, unrecorded } of readiness()) {
    const reviewed = unreviewed.length === 0 ? 'all reviewed' : `${unreviewed.length} reviewed by nobody`
    const recorded = unrecorded.length === 0 ? 'all recorded' : `${unrecorded.length} without a recording`
    tell(`${flow} in ${language}: ${sentences} sentences, ${reviewed}; ${sayings} sayings, ${recorded}`)
  }
  const unsure = locales.keys().filter((key) => locales.certainty('bm', key) === 'C')
  const unread = locales.keys().filter((key) => locales.certainty('bm', key) && !locales.reviewer('bm', key))
  tell(`bm: ${unsure.length} sentences are doubtful (C); ${unread.length} were reviewed by nobody`)
  tell(`${flows.length} flows, ${all.length} issues`)
  if (all.length > 0) process.exitCode = 1
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`)
}
