/** Sentences of which none may be missing: a page that asks for one that no file has fails, where readers would see a key. */
import type { Locales } from '../../src/text/locale.ts'

export function strictWords(locales: Locales): Locales {
  return {
    ...locales,
    t(language, key, vars, dress) {
      // What staff alone read is not in Bambara; an answer in it says such a word in French.
      const spoken = language === 'bm' && !locales.has('bm', key) ? 'fr' : language
      if (!locales.has(spoken, key)) throw new Error(`no sentence ${key} in ${language}`)
      return locales.t(language, key, vars, dress)
    },
  }
}
