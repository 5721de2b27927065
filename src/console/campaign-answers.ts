/** Answers to a campaign, those of equal wording together. */
import type { CampaignQuestion } from '../core/campaign.ts'
import { foldPlain, plain } from '../flow/answer/fold.ts'
import type { CampaignReply } from '../store/campaign-answers.ts'
import type { SaidBody } from '../store/said.ts'

export type AnswerGroup = {
  /** As it was said the last time. */
  readonly body: SaidBody
  readonly count: number
  readonly last: Date
  /** Of the requests in which it is read. */
  readonly references: readonly string[]
}

/** The most frequent first, then what was said last. What only names the number of a choice is left to the chart. */
export function groupsOfReplies(
  replies: readonly CampaignReply[],
  question: CampaignQuestion | undefined,
): readonly AnswerGroup[] {
  const groups = new Map<string, CampaignReply[]>()
  for (const reply of replies) {
    const key = wordingOf(reply.body)
    if (question && /^\d$/.test(key)) continue
    const group = groups.get(key)
    if (group) group.push(reply)
    else groups.set(key, [reply])
  }
  return [...groups.values()]
    .flatMap((group) => {
      const [newest] = group
      if (!newest) return []
      const references = new Set(group.flatMap(({ reference }) => reference ?? []))
      return { body: newest.body, count: group.length, last: newest.at, references: [...references] }
    })
    .sort((one, other) => other.count - one.count || other.last.getTime() - one.last.getTime())
}

/** Equal for what understanding takes for the same words; what is no text is alike by its kind. */
function wordingOf(body: SaidBody): string {
  if (body.kind === 'file') return `file ${body.as}`
  if (body.kind !== 'text') return `kind ${body.kind}`
  // Signs alone fold to nothing, and are an answer all the same.
  return foldPlain(plain(body.text)) || body.text.trim()
}
