/** What staff did with a task, as a sentence. */
import type { Happening } from '../core/event.ts'
import type { TaskHappening } from '../core/task-happening.ts'
import type { Words } from './words.ts'

const types: ReadonlySet<string> = new Set<TaskHappening['type']>([
  'task_done',
  'task_postponed',
  'risk_noted',
])

export function isOfTask(it: Happening): it is TaskHappening {
  return types.has(it.type)
}

export function describeTask(it: TaskHappening, words: Words, by: string | undefined): string {
  const who = { by: by ?? words.t('event.nobody') }
  const why = it.secret ? ` ${words.quote(it.secret.reason)}` : ''
  switch (it.type) {
    case 'task_done':
      return `${words.any('event.task_done', { ...who, task: taskName(words, it) })}${why}`
    case 'task_postponed':
      return `${words.any('event.task_postponed', {
        ...{ ...who, task: taskName(words, it), until: words.day(new Date(it.until)) },
      })}${why}`
    case 'risk_noted':
      return `${it.high ? words.any('event.risk_noted', who) : words.t('task.risk.ended', who)}${why}`
    default:
      return it satisfies never
  }
}

/** What is to be done; visits by their number. */
export function taskName(
  words: Words,
  { task, step }: { readonly task: string; readonly step: number },
): string {
  return words.t(`task.kind.${task}`, { n: step })
}
