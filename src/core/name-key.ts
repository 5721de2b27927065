/**
 * What a name sounds like, whoever wrote it: French and Bambara spellings, identity cards and airline lists disagree
 * (domain notes 5.5). The keys only list candidates: Mamadou and Mahamadou have the same one, and nobody is ever merged,
 * told or found out by a name alone.
 */

/** The keys of one word of a name, for which equal means: spelt alike, sounds alike, known to be the same name. */
export type NameKeys = { readonly strong: string; readonly weak?: string; readonly alias?: string }

/** No name has more words than anybody would type. */
const wordsAtMost = 8
/** A weak key with fewer signs fits half the caseload. */
const weakAtLeast = 3

/** The words of a name by which it is found; what is only a letter or a sign is none. */
export function nameWords(name: string): readonly string[] {
  const words = plainName(name)
    .split(/[^a-z]+/)
    .filter((word) => word.length > 1)
  return [...new Set(words)].slice(0, wordsAtMost)
}

/** The keys of one word; the strong one is empty for a word of no letters. */
export function nameKeys(word: string): NameKeys {
  const strong = strongKey(word)
  const weak = weakKey(strong)
  return { strong, weak: weak.length < weakAtLeast ? undefined : weak, alias: aliases().get(strong) }
}

/** How well two names fit: words of the shorter one that the other has, and how many of them only weakly. */
export type NameFit = { readonly words: number; readonly strong: number; readonly weak: number }

/** Compares two names word by word, in any order: family names stand first in one list and last in another. */
export function compareNames(one: string, other: string): NameFit {
  const [few = [], many = []] = [one, other]
    .map((name) => nameWords(name).map(nameKeys))
    .sort((a, b) => a.length - b.length)
  const left = [...many]
  let strong = 0
  let weak = 0
  for (const fits of [soundsAs, soundsNearly]) {
    for (const keys of few) {
      const place = left.findIndex((it) => fits(keys, it))
      if (place < 0) continue
      left.splice(place, 1)
      if (fits === soundsAs) strong += 1
      else weak += 1
    }
  }
  return { words: few.length, strong, weak: Math.min(weak, few.length - strong) }
}

function soundsAs(one: NameKeys, other: NameKeys): boolean {
  return one.strong === other.strong || (one.alias !== undefined && one.alias === other.alias)
}

function soundsNearly(one: NameKeys, other: NameKeys): boolean {
  return one.weak !== undefined && one.weak === other.weak
}

/** Small Latin letters, Bambara ones as they are typed without them, no accents. */
function plainName(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ɛǝə]/g, 'e')
    .replaceAll('ɔ', 'o')
    .replace(/[ɲñ]/g, 'ny')
    .replaceAll('ŋ', 'ng')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/['’ʼ`]/g, '')
}

/** Each habit of writing and the sound it stands for, in the order in which they are undone. */
const habits: readonly (readonly [RegExp, string])[] = [
  [/ph/g, 'f'],
  [/tch|thi(?=[aeou])|ti(?=e)|ty(?=[aeiou])/g, 'C'],
  [/dj|di(?=[aeou])|dy(?=[aeiou])/g, 'j'],
  [/gn|ny|ni(?=[aeou])/g, 'Y'],
  [/ou(?=[aeiouy])/g, 'w'],
  [/ou|oo/g, 'u'],
  [/gu(?=[ei])/g, 'g'],
  [/qu/g, 'k'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/x/g, 'k'],
  [/z/g, 's'],
  [/h|w$/g, ''],
  [/y/g, 'i'],
  [/(.)\1+/g, '$1'],
  [/ai|ei/g, 'e'],
  [/i(?=[aeou])/g, ''],
  [/n(?=[bp])/g, 'm'],
  [/(.)\1+/g, '$1'],
  [/(?<=.)[eiu]$/g, ''],
]

function strongKey(word: string): string {
  return habits.reduce(
    (text, [habit, sound]) => text.replace(habit, sound),
    plainName(word).replace(/[^a-z]/g, ''),
  )
}

/** The first sound and the consonants after it; g is heard as k, d as t. */
function weakKey(strong: string): string {
  const heard = strong.replaceAll('g', 'k').replaceAll('d', 't')
  return heard.slice(0, 1) + heard.slice(1).replace(/[aeiou]/g, '')
}

/** Spellings of one name that no rule brings together, each group under its first. */
const sameNames: readonly (readonly string[])[] = [
  ['Coulibaly', 'Kulibali', 'Kulubali'],
  ['Traoré', 'Tarawele', 'Trawele', 'Taraore'],
  ['Keïta', 'Keyita', 'Keta'],
  ['Dembélé', 'Danbele', 'Denbele'],
  ['Doumbia', 'Dunbiya', 'Dunbuya'],
  ['Sanogo', 'Sagango', 'Sakanoko'],
  ['Bathily', 'Bacili'],
  ['Diabaté', 'Jɛbatɛ', 'Jabate', 'Jubatɛ'],
  ['Kouyaté', 'Kuyate', 'Kuwate'],
  ['Fatoumata', 'Faatumata', 'Fatumata'],
  ['Aïssata', 'Ayisata', 'Asta', 'Asitan', 'Sitan', 'Satu'],
  ['Djénéba', 'Jɛnɛba', 'Jɛnɛbu', 'Zeyinabu'],
  ['Kadidia', 'Kadiatou', 'Kajatu', 'Kadija', 'Kadidiya', 'Kadiyatu'],
  ['Mariam', 'Mariyamu', 'Mariyama'],
  ['Aminata', 'Minata', 'Minɛta'],
  ['Mamadou', 'Mamadi', 'Mamadu', 'Mamari', 'Mahamadu', 'Mohamɛdi'],
  ['Boubacar', 'Bakary', 'Bakari', 'Bubakari', 'Bukari', 'Aboubacar'],
  ['Ibrahima', 'Iburahimu', 'Ibrim', 'Berehima', 'Ibrahim'],
  ['Ousmane', 'Usmani', 'Usumana', 'Zumana'],
  ['Souleymane', 'Solomani', 'Sulemani', 'Sulaye'],
  ['Oumar', 'Umaru', 'Omaru', 'Moru', 'Omar'],
  ['Sidiki', 'Siriki'],
  ['Tiémoko', 'Cɛmɔgɔ', 'Cɛmɔkɔ'],
]

let known: ReadonlyMap<string, string> | undefined

/** From the strong key of a spelling to the name it is; made once. */
function aliases(): ReadonlyMap<string, string> {
  known ??= new Map(
    sameNames.flatMap((spellings) => spellings.map((one) => [strongKey(one), strongKey(spellings[0] ?? '')])),
  )
  return known
}
