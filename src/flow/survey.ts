/**
 * A survey that a campaign began: which one, and for whom, lies among the answers of its frame, so that it stays with it
 * over days. What is chosen in it is counted beside the campaign, what is said in words is read beside it.
 */
import type { Answer, Frame } from './session.ts'
import { tell, type Walk } from './walk.ts'

const campaignKey = 'campaign'
const recipientKey = 'recipient'

/** The first answers of a frame that asks for a campaign. */
export function surveyOf({ id, recipient }: { readonly id: string; readonly recipient: string }) {
  const code = (value: string): Answer => ({ is: 'code', value })
  return { [campaignKey]: code(id), [recipientKey]: code(recipient) }
}

/** Tells what was just answered in a frame, whose answers hold it already; nothing where no campaign asks. */
export function noteSurvey(walk: Walk, { answers }: Frame, answer: Answer): void {
  const { [campaignKey]: of, [recipientKey]: by, ...given } = answers
  if (of?.is !== 'code' || by?.is !== 'code') return
  const [campaign, recipient] = [of.value, by.value]
  if (answer.is === 'code') {
    const codes = Object.entries(given).flatMap(([name, one]) =>
      one.is === 'code' ? [[name, one.value] as const] : [],
    )
    tell(walk, { type: 'campaign_surveyed', campaign, recipient, answers: Object.fromEntries(codes) })
  } else if ('message' in walk.input) {
    tell(walk, { type: 'campaign_answered', campaign, recipient, message: walk.input.message })
  }
}
