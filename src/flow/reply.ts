/**
 * Answers to a campaign. A pressed button or a quote of its list always answers it; a bare number does while its list is the
 * last one that was sent, for as long as such a list holds; other words do when nothing else is being asked. An answer in
 * words goes the way of all words besides: whoever is to read it finds the campaign beside it. One that offers a survey
 * begins it in the chat.
 */
import { surveyBegins } from '../core/campaign.ts'
import { repeatQuestion } from './question.ts'
import { run } from './run.ts'
import { sentences } from './sentences.ts'
import { enterFlow, layAside } from './stack.ts'
import { surveyOf } from './survey.ts'
import { isQuiet, isSensitive, openQuestion, speak, staleAfter, tell, type Walk } from './walk.ts'

const prefix = 'campaign-'

/** A button of a campaign's list. Gives false when the list is none of a campaign that still takes answers. */
export function onCampaignButton(walk: Walk, list: string, number: number): boolean {
  const { campaign } = walk.situation
  if (!campaign || list !== `${prefix}${campaign.id}`) return false
  const value = campaign.values?.[number - 1]
  if (value !== undefined) answerCampaign(walk, value)
  return value !== undefined
}

/** A number, alone or quoting the campaign. Gives false when it has to be read like any other text. */
export function onCampaignNumber(walk: Walk, text: string, quotesList: string | undefined): boolean {
  const { campaign } = walk.situation
  if (!campaign?.values || isSensitive(walk) || isQuiet(walk)) return false
  const quoted = quotesList === `${prefix}${campaign.id}`
  if (!quoted && !isLastList(walk, campaign.at.getTime())) return false
  const value = chosen(walk, text, campaign.values)
  if (value !== undefined) answerCampaign(walk, value)
  return value !== undefined
}

/** Something said while nothing is asked. */
export function noteReply(walk: Walk): void {
  const { situation, input } = walk
  if (!situation.campaign || isSensitive(walk) || isQuiet(walk) || !('message' in input)) return
  const { id, recipient } = situation.campaign
  tell(walk, { type: 'campaign_answered', campaign: id, recipient, message: input.message })
}

function answerCampaign(walk: Walk, value: string): void {
  const { situation, input } = walk
  if (!situation.campaign || !('message' in input)) return
  const { id, recipient } = situation.campaign
  tell(walk, { type: 'campaign_answered', campaign: id, recipient, message: input.message, value })
  if (value === surveyBegins && beginSurvey(walk)) return
  speak(walk, sentences.campaignAnswered)
  if (openQuestion(walk)) repeatQuestion(walk)
}

/** False where there is no such flow any more. */
function beginSurvey(walk: Walk): boolean {
  const { campaign } = walk.situation
  if (!campaign?.flow || !walk.parts.book.current(campaign.flow)) return false
  layAside(walk)
  const begun = enterFlow(walk, campaign.flow, { answers: surveyOf(campaign) })
  if (begun) run(walk)
  return begun
}

/** A bare digit is read against the last list that was sent, and no longer than a list holds. */
function isLastList(walk: Walk, sentAt: number): boolean {
  const last = walk.session.shown.at(-1)
  return (last === undefined || last.at < sentAt) && walk.now - sentAt <= staleAfter
}

function chosen(walk: Walk, text: string, values: readonly string[]): string | undefined {
  const choices = values.map((value) => ({ value, labels: {} }))
  const expected = { ask: 'choice', choices, strict: false, optional: false } as const
  const heard = walk.parts.vocabulary.hear(text, expected, walk.language, walk.situation.now)
  return heard.is === 'answer' && heard.answer.is === 'code' ? heard.answer.value : undefined
}
