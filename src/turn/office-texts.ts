/**
 * The texts of the office in the conversation of this process: read at the start, when somebody changed them here, and when
 * another process tells that it did. A hint may be lost, so they are also looked at now and then.
 */
import type { Recording } from '../core/clip.ts'
import { type Language, languages } from '../core/language.ts'
import { type Gate, gateOf } from '../flow/readiness.ts'
import { listClips } from '../store/clip.ts'
import type { Database } from '../store/database.ts'
import { readGate } from '../store/setting.ts'
import { listWordings, type Wording } from '../store/wording.ts'
import { hashOfWords, type Locales, type Rewording, type Sentence } from '../text/locale.ts'

/** The name of the hint. */
export const textsHint = 'texts'

/** What the texts are told to (conversation.ts). */
export type Teller = {
  readonly locales: { readonly shipped: Locales }
  retell(texts: {
    readonly rewording: Rewording
    readonly recordings: readonly Recording[]
    readonly gate: Gate
  }): void
}

/** Reads everything and has it told; what is being said goes on with it. */
export async function retellTexts(prisma: Database['prisma'], teller: Teller): Promise<void> {
  const [wordings, clips, gate] = await Promise.all([
    listWordings(prisma),
    listClips(prisma),
    readGate(prisma),
  ])
  teller.retell({
    rewording: rewordingOf(wordings, groundsOf(teller.locales.shipped)),
    recordings: clips,
    gate: gateOf(gate),
  })
}

/** By which a wording knows what it stands on: the hash of what ships under a whole key. */
export function groundsOf(shipped: Locales): (language: Language, key: string) => string | undefined {
  return (language, key) => {
    const stem = key.replace(/_(?:one|other)$/, '')
    const form = shipped.forms(language, stem).find((one) => one.key === key)
    return form && hashOfWords(form.text)
  }
}

/** What is said instead of what ships: the wordings whose ground has not changed under them. */
export function rewordingOf(
  wordings: readonly Wording[],
  groundOf: (language: Language, key: string) => string | undefined,
): Rewording {
  const said = new Map<Language, Map<string, Sentence>>(languages.map((language) => [language, new Map()]))
  for (const { language, key, basedOn, text, certainty, reviewer, reviewed } of wordings) {
    if (text === undefined || groundOf(language, key) !== basedOn) continue
    said.get(language)?.set(key, {
      text,
      ...(certainty ? { certainty } : {}),
      // Empty and not absent: what the office worded is read by somebody of the language, or says that it was not.
      reviewer: reviewer ?? '',
      ...(reviewed ? { reviewed: reviewed.toISOString().slice(0, 10) } : {}),
    })
  }
  return said
}
