/** One file beside another: what it says, and what agrees. */
import type { JSX } from 'preact'
import type { Match } from '../../core/match.ts'
import type { ShownSide } from '../match-load.ts'
import type { Words } from '../words.ts'
import { Fact } from './facts.tsx'
import { Icon } from './icon.tsx'

/** What one file says, label by label. */
export function Side({
  words,
  side,
  said,
}: {
  words: Words
  side: ShownSide
  said?: string | undefined
}): JSX.Element {
  const { values } = side
  const numbers = [...new Set([...(values.caseNumber ? [values.caseNumber] : []), ...side.caseNumbers])]
  return (
    <dl class="fact-list">
      <Fact label={words.t('person.name')}>{values.name}</Fact>
      <Fact label={words.t('person.case_number')}>{numbers.join(', ')}</Fact>
      <Fact label={words.t('person.region')}>
        {[...new Set([values.cercle, values.region])].filter(Boolean).join(', ')}
      </Fact>
      <Fact label={words.t('person.birth_year')}>{values.birthYear}</Fact>
      <Fact label={words.t('person.sex')}>{values.sex ? words.t(`sex.${values.sex}`) : undefined}</Fact>
      <Fact label={words.t('person.return_country')}>{values.returnCountry}</Fact>
      <Fact label={words.t('person.return_date')}>
        {values.returnDate ? words.day(new Date(values.returnDate)) : undefined}
      </Fact>
      <Fact label={words.t('person.phone')}>
        {side.phones.length > 0 ? <span class="figure">{side.phones.join(', ')}</span> : undefined}
      </Fact>
      <Fact label={words.t('match.said')}>{said ? <span class="quote">{said}</span> : undefined}</Fact>
    </dl>
  )
}

/** What agrees and what does not, each with a sign and a word. */
export function Clues({ words, match }: { words: Words; match: Match }): JSX.Element {
  return (
    <ul class="clues">
      {match.for.map((clue) => (
        <li key={clue} class="clue clue-for">
          <Icon name="check" />
          {words.t(`match.for.${clue}`)}
        </li>
      ))}
      {match.against.map((clue) => (
        <li key={clue} class="clue clue-against">
          <Icon name="cross" />
          {words.t(`match.against.${clue}`)}
        </li>
      ))}
    </ul>
  )
}
