/** What stands beside the tables of the indicators: the picture of the split, and how people write. */
import type { JSX } from 'preact'
import type { Shown } from '../../core/small-numbers.ts'
import { type IndicatorReport, type IndicatorWish, queryOf } from '../indicators.ts'
import type { Words } from '../words.ts'
import { Table } from './figures.tsx'

/** Nothing is drawn where every figure is held back. */
export function IndicatorChart({ words, wish }: { words: Words; wish: IndicatorWish }): JSX.Element {
  return (
    <figure class="card picture">
      <figcaption>
        <h2>{words.t(`indicators.by_${wish.by}`)}</h2>
      </figcaption>
      <picture>
        <source
          media="(max-width: 480px)"
          srcset={`/console/indicators/picture?${queryOf(wish)}&size=narrow`}
          width={320}
          height={240}
        />
        <img
          src={`/console/indicators/picture?${queryOf(wish)}&size=wide`}
          width={480}
          height={240}
          alt={words.t('indicators.alt')}
          decoding="async"
        />
      </picture>
    </figure>
  )
}

export function TalkPart({
  words,
  talk,
}: {
  words: Words
  talk: NonNullable<IndicatorReport['talk']>
}): JSX.Element {
  const share = (n: number | undefined) => (n === undefined ? '–' : `${n} %`)
  const rows: readonly (readonly [string, string, string])[] = [
    ['messages', numberIn(words, talk.messages), ''],
    ['voice', numberIn(words, talk.voice), share(talk.voiceShare)],
    ['writers', numberIn(words, talk.writers), ''],
    ['of_caseload', numberIn(words, talk.ofCaseload), share(talk.reach)],
    ['caseload', numberIn(words, talk.caseload), ''],
    ['not_understood', numberIn(words, talk.notUnderstood), ''],
    ['decisions', numberIn(words, talk.decisions), ''],
    ['recipients', numberIn(words, talk.recipients), ''],
    ['opt_outs', numberIn(words, talk.optOuts), ''],
  ]
  return (
    <section class="card">
      <Table
        caption={words.t('indicators.talk')}
        head={[words.t('indicators.name'), words.t('indicators.count'), words.t('indicators.share')]}
        rows={rows.map(([key, n, part]) => ({ key, name: words.t(`indicators.${key}`), cells: [n, part] }))}
      />
    </section>
  )
}

export function numberIn(words: Words, n: Shown | undefined): string {
  if (n === undefined) return '–'
  return n === 'hidden'
    ? words.t('indicators.hidden')
    : n.toLocaleString(words.language === 'fr' ? 'fr-FR' : 'en-GB')
}
