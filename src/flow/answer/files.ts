/** The three files of words, as they must be: parsed once at start, wrong ones refused with their path. */
import { z } from 'zod'
import { dangerKinds } from '../../core/danger.ts'

const words = z.array(z.string().min(1)).default([])

/** One idea and how it is said. `bm` is spelt as in dictionaries, `typed` as people do where folding alone does not reach. */
const saying = z.strictObject({
  fr: words,
  en: words,
  bm: words,
  typed: words,
  /** Emoji that say the same. */
  signs: words,
  certainty: z.enum(['A', 'B', 'C']).optional(),
  note: z.string().optional(),
  source: z.string().optional(),
})
export type Saying = z.infer<typeof saying>

const concept = saying.extend({
  /** The wider concept that it counts as: a doctor is health. */
  means: z.string().optional(),
  /** `sensitive` words are never looked for by themselves; only `menu` and `need` are looked for inside a sentence. */
  group: z.enum(['menu', 'need', 'country', 'language', 'time', 'sensitive']).optional(),
})
export type Concept = z.infer<typeof concept>

const phrases = z.strictObject({ fr: words, en: words, bm: words })

const understandingFile = z.strictObject({
  $about: z.string(),
  commands: z.strictObject({
    menu: saying,
    back: saying,
    repeat: saying,
    change: saying,
    language: saying,
    help: saying,
    help_me: saying,
    person: saying,
    stop: saying,
    start: saying,
    leave: saying,
    by_voice: saying,
    text_only: saying,
  }),
  /** "I want to", said before a word that works everywhere. */
  wishing: saying,
  replies: z.strictObject({
    yes: saying,
    agree: saying,
    soft_yes: saying,
    no: saying,
    refuse: saying,
    skip: saying,
  }),
  /** Words that never choose anything by themselves. */
  quiet_words: phrases,
  /** Frequent words by which a language is known. */
  common_words: phrases,
  greetings: z.strictObject({
    morning: saying,
    midday: saying,
    afternoon: saying,
    evening: saying,
    any: saying,
  }),
  courtesy: z.strictObject({ thanks: saying, hello_or_thanks: saying, please: saying, more: saying }),
  numbers: z.record(z.string().regex(/^\d+$/), saying),
  /** By their place; what is said after one ("the second one") beside what is said before a choice ("option 2"). */
  ordinals: z.strictObject({
    ...{ fr: z.array(words), en: z.array(words), bm: z.array(words), typed: z.array(words) },
    ...{ certainty: z.enum(['A', 'B', 'C']), source: z.string(), note: z.string() },
  }),
  choosing: saying,
  choosing_after: saying,
  appointments: z.strictObject({ change: saying, other_day: saying, not_before: saying, not_after: saying }),
  dates: z.strictObject({
    weekdays: z.array(saying).length(7),
    months: z.array(saying).length(12),
    today: saying,
    tomorrow: saying,
    yesterday: saying,
    after_tomorrow: saying,
    before_yesterday: saying,
    night: saying,
    around: saying,
  }),
  age: z.strictObject({ around: saying }),
  concepts: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), concept),
})
export type Understanding = z.infer<typeof understandingFile>

const dangerFile = z.strictObject({
  $about: z.string(),
  negators: phrases,
  /** Words that may stand between the words of any phrase. */
  fillers: phrases,
  /** Wordings that stand for each other: `{name}` in a phrase is any of them. */
  groups: z.record(z.string().regex(/^[a-z_]+$/), words),
  /** How a word, or some words, of any phrase are often spelt. */
  typed: z.record(z.string(), words),
  kinds: z.record(z.enum(dangerKinds), z.strictObject({ strong: phrases, weak: phrases, lookAlikes: words })),
})
export type DangerFile = z.infer<typeof dangerFile>

const placeNames = z.strictObject({ id: z.string(), name: z.string(), bm: words, variants: words })
export type PlaceNames = z.infer<typeof placeNames>

const region = placeNames.extend({
  code: z.string(),
  /** Id of the region it was cut from; people may still name that one. */
  formerRegion: z.string().optional(),
  communes: z.array(placeNames).default([]),
  cercles: z.array(placeNames),
})
export type Region = z.infer<typeof region>

const placesFile = z.strictObject({
  $about: z.string(),
  /** Words that stand round a place name. */
  around: phrases,
  /** Words that say which level is meant. */
  cercle: words,
  region: words,
  regions: z.array(region),
})
export type PlacesFile = z.infer<typeof placesFile>

/** Fails with a plain Error that names the file and every fault in it. */
export function readUnderstanding(file: unknown): Understanding {
  return read('understanding', understandingFile, file)
}

/** Fails with a plain Error that names the file and every fault in it. */
export function readDanger(file: unknown): DangerFile {
  return read('danger', dangerFile, file)
}

/** Fails with a plain Error that names the file and every fault in it. */
export function readPlaces(file: unknown): PlacesFile {
  return read('places', placesFile, file)
}

function read<T>(name: string, shape: z.ZodType<T>, file: unknown): T {
  const parsed = shape.safeParse(file)
  if (parsed.success) return parsed.data
  throw new Error(`locales/${name}.json is not as it must be:\n${z.prettifyError(parsed.error)}`)
}
