/**
 * Makes different spellings of the same words equal. Two depths: `plain` takes away case, accents and signs and keeps
 * the letters as typed, for French and English; `fold` also undoes French habits of writing Bambara (domain notes 6.3).
 */

const traceless: readonly (readonly [number, number])[] = [
  [0xad, 0xad],
  [0x300, 0x36f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x2064],
  [0x20e3, 0x20e3],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0x1f3fb, 0x1f3ff],
]

/** What a character is read as; what is not in the table ends a word. */
const letters: ReadonlyMap<number, string> = makeTable()
/** The same for Latin letters, faster. */
const latin: readonly string[] = Array.from({ length: 0x300 }, (_, code) => letters.get(code) ?? ' ')
/** Apostrophes that stand between no two letters: quotation marks, mostly. */
const quotes = /(?<![a-z0-9])'+|'+(?![a-z0-9])/g
const combining = /[\u0300-\u036f]/

/** Texts are written here letter by letter; longer ones get a buffer of their own. */
const slate = Buffer.alloc(8192)

/**
 * Lower case, accents and tones off, digits of every script as 0-9, every kind of apostrophe as ', every other sign a
 * single space; trimmed. Bambara letters become e, o, ny, n. Doing it twice changes nothing.
 */
export function plain(text: string): string {
  const given = combining.test(text) ? text.normalize('NFC') : text
  // No character becomes more than two, but for a space before it.
  const out = given.length * 3 <= slate.length ? slate : Buffer.alloc(given.length * 3)
  let length = 0
  let gap = false
  for (let i = 0; i < given.length; i++) {
    const code = given.charCodeAt(i)
    const letter = code < latin.length ? latin[code] : letters.get(given.codePointAt(i) ?? code)
    if (code >= 0xd800 && code < 0xdc00) i++
    if (letter === '') continue
    if (letter === ' ' || letter === undefined) gap = true
    else {
      if (gap && length > 0) out[length++] = space
      gap = false
      for (let at = 0; at < letter.length; at++) out[length++] = letter.charCodeAt(at)
    }
  }
  const written = out.toString('latin1', 0, length)
  return written.includes("'") ? written.replace(quotes, '').replace(/ {2,}/g, ' ').trim() : written
}

/** What French habits write otherwise: the letters, what must follow them, and how the sound is written here. */
const habits = [
  ['gn', '', 'ny'],
  ['gu', 'ei', 'g'],
  ['tch', '', 'c'],
  ['thi', 'aeou', 'c'],
  ['ty', 'aeou', 'c'],
  ['ti', 'eo', 'c'],
  ['dj', '', 'j'],
  ['dy', 'aeou', 'j'],
  ['di', 'aou', 'j'],
  ['ou', '', 'u'],
  ['qu', '', 'k'],
] as const
type Habit = (typeof habits)[number]
const habitsOf: readonly (readonly Habit[] | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const own = habits.filter(([letters]) => letters.charCodeAt(0) === code)
  return own.length > 0 ? own : undefined
})

/** Folds a plain text, apostrophes joining. Doing it twice changes nothing. */
export function foldPlain(plainText: string): string {
  let text = plainText.includes("'") ? plainText.replaceAll("'", '') : plainText
  for (;;) {
    const folded = foldOnce(text)
    // Every habit shortens the text or makes a letter that none brings back, so this ends.
    if (folded === text) return text
    text = folded
  }
}

/** One round; gives the text itself when nothing changes. */
function foldOnce(text: string): string {
  const out = text.length <= slate.length ? slate : Buffer.alloc(text.length)
  let length = 0
  let changed = false
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i)
    const habit = habitAt(text, i, code)
    if (habit !== undefined) {
      const [letters, , written] = habit
      changed = true
      i += letters.length - 1
      for (let at = 0; at < written.length - 1; at++) out[length++] = written.charCodeAt(at)
      code = written.charCodeAt(written.length - 1)
    } else if (code === y && !isVowel(text.charCodeAt(i + 1))) {
      changed = true
      code = i_
    }
    // A letter counts once, however often it is written.
    if (length > 0 && code === out[length - 1] && code >= a) changed = true
    else out[length++] = code
  }
  return changed ? out.toString('latin1', 0, length) : text
}

function habitAt(text: string, at: number, code: number): Habit | undefined {
  const own = habitsOf[code]
  if (own === undefined) return undefined
  for (const habit of own) {
    const [letters, before] = habit
    if (!text.startsWith(letters, at)) continue
    if (before === '' || before.includes(text[at + letters.length] ?? ' ')) return habit
  }
  return undefined
}

const space = 0x20
const a = 0x61
const i_ = 0x69
const y = 0x79
const vowels = new Set([...'aeiou'].map((letter) => letter.charCodeAt(0)))

function isVowel(code: number): boolean {
  return vowels.has(code)
}

/** Folds a text as a person typed it, apostrophes joining: n'yɛrɛ and nyɛrɛ are one. */
export function fold(text: string): string {
  return foldPlain(plain(text))
}

/** A plain text with its apostrophes as spaces. */
export function apart(plainText: string): string {
  return plainText.includes("'") ? plainText.replaceAll("'", ' ') : plainText
}

/** Folded without any gap: "i ni ce", "ini ce" and "inice" are one. For whole messages and short phrases only. */
export function squash(text: string): string {
  return squashFolded(fold(text))
}

/** The same for what is folded already. */
export function squashFolded(folded: string): string {
  return folded.includes(' ') ? foldPlain(folded.replaceAll(' ', '')) : folded
}

function makeTable(): ReadonlyMap<number, string> {
  const table = new Map<number, string>()
  const put = (characters: string, written: string) => {
    for (const character of characters) table.set(character.codePointAt(0) ?? 0, written)
  }
  const range = (from: number, to: number, written: (code: number) => string | undefined) => {
    for (let code = from; code <= to; code++) {
      const letter = written(code)
      if (letter !== undefined) table.set(code, letter)
    }
  }
  const bare = (code: number) => {
    const letter = String.fromCharCode(code)
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '')
    return /^[a-z0-9]$/.test(letter) ? letter : undefined
  }
  range(0x21, 0x24f, bare)
  range(0x1e00, 0x1eff, bare)
  put('ɛƐεЭэ', 'e')
  put('ɔƆ', 'o')
  put('ɲƝñÑ', 'ny')
  put('ŋŊ', 'n')
  put('œŒ', 'oe')
  put('æÆ', 'ae')
  put("'`\u2019\u02bc\u2018\u00b4\u2032\uff07\u02b9\u02bb", "'")
  // Dropped without a trace: combining marks, joiners, keycap and skin colour, what directs the writing.
  for (const [from, to] of traceless) range(from, to, () => '')
  // Arabic-Indic, Persian, N'Ko and full-width digits; circled numbers; the keycap ten.
  for (const zero of [0x660, 0x6f0, 0x7c0, 0xff10]) range(zero, zero + 9, (code) => String(code - zero))
  for (const one of [0x2460, 0x2776, 0x2780, 0x278a]) {
    range(one, one + (one === 0x2460 ? 19 : 9), (code) => String(code - one + 1))
  }
  put('🔟', '10')
  return table
}
