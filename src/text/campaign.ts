/** What a campaign says to one person: its wording, its question, and always that help is free. */
import type { Campaign, CampaignText } from '../core/campaign.ts'
import { filled } from '../core/campaign.ts'
import { type Language, languages } from '../core/language.ts'
import type { Spoken, SpokenFile } from '../core/message.ts'
import { namedTemplate, type Template, valuesIn } from '../core/template.ts'
import type { Locales } from './locale.ts'
import { fits, type Screen } from './render.ts'

/** Whom it is said to. */
export type Listener = {
  readonly language: string
  /** Others hear it too: no name, and the wording that anybody may read. */
  readonly neutral: boolean
  readonly name?: string
  readonly office?: string
}

export type Sayable = Pick<Campaign, 'id' | 'texts' | 'question' | 'sensitive' | 'picture'>

/** The tag of a campaign's list of answers: a pressed button brings it back. */
export function listOf(campaign: string): string {
  return `campaign-${campaign}`
}

/** The campaign of a list's tag, if it is one. */
export function campaignOfList(list: string): string | undefined {
  return list.startsWith('campaign-') ? list.slice('campaign-'.length) : undefined
}

/** The message in the listener's language, or undefined when there are no words for them. */
export function sayCampaign(
  { id, texts, question, sensitive, picture }: Sayable,
  listener: Listener,
  screen: Screen,
  locales: Locales,
): Spoken | undefined {
  const language = languages.find((one) => one === listener.language)
  const wording = language && texts[language]
  if (!language || !wording) return undefined
  const quiet = sensitive && listener.neutral
  const words = quiet ? wording.neutral : wording.text
  if (words === undefined || words.trim() === '') return undefined
  const { name, office } = listener
  const whole = filled(
    words,
    listener.neutral
      ? { ...(office ? { office } : {}) }
      : { ...(name ? { name } : {}), ...(office ? { office } : {}) },
  )
  const text = `${whole}\n\n${locales.t(language, 'campaign.free')}`
  // Whoever else holds the phone would see and hear them.
  const files = quiet ? {} : filesOf(wording, picture, screen)
  if (!question || quiet) return { text, language, ...files }
  const labels = question.choices.map((choice, index) => `${index + 1} ${wordsOf(choice.texts, language)}`)
  if (!fits(labels, screen)) return { text: [text, '', ...labels].join('\n'), language, ...files }
  return {
    ...{ text, language, ...files },
    buttons: labels.map((label, index) => ({ label, list: listOf(id), number: index + 1 })),
  }
}

/**
 * The same for whoever may be told nothing but what the provider approved. Undefined where there is no such template, where
 * something of it cannot be filled in for them, or where others would read it.
 */
export function sayAsTemplate(
  { texts, sensitive }: Pick<Campaign, 'texts' | 'sensitive'>,
  { language: spoken, neutral, name, office }: Listener,
  templates: readonly (Template & { readonly body: string })[],
): Spoken | undefined {
  const language = languages.find((one) => one === spoken)
  const wanted = language && texts[language]?.template
  if (!language || !wanted || (sensitive && neutral)) return undefined
  const fields = { ...(name && !neutral ? { name } : {}), ...(office ? { office } : {}) }
  const found = namedTemplate(templates, language, Object.keys(fields), wanted)
  if (!found) return undefined
  const given = Object.entries(fields).filter(([field]) => valuesIn(found.body).includes(field))
  const text = found.body.replace(
    /\{\{\s*(\w+)\s*\}\}/g,
    (_, field: 'name' | 'office') => fields[field] ?? '',
  )
  const values = Object.fromEntries(given)
  return { text, language, template: { name: found.name, language: found.language, values } }
}

/** The voice is heard first; the picture has the words under it. What the channel cannot carry is left out. */
function filesOf(
  { clip }: CampaignText,
  picture: Campaign['picture'],
  { files = {} }: Screen,
): Pick<Spoken, 'file' | 'before'> {
  const voice: SpokenFile | undefined =
    clip && clip.bytes <= (files.voice ?? 0) ? { ...clip, kind: 'voice', mime: 'audio/ogg' } : undefined
  const photo: SpokenFile | undefined =
    picture && picture.bytes <= (files.photo ?? 0)
      ? { ...picture, kind: 'photo', mime: 'image/jpeg' }
      : undefined
  const file = photo ?? voice
  return { ...(file ? { file } : {}), ...(photo && voice ? { before: voice } : {}) }
}

function wordsOf(texts: Readonly<Partial<Record<Language, string>>>, language: Language): string {
  return texts[language] ?? texts.fr ?? ''
}
