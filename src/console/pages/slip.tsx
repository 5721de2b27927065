/** The slip that somebody takes home from the desk at the door. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import type { Asset } from '../assets.ts'
import type { Words } from '../words.ts'
import { dayInDigits } from './card.tsx'
import { Document } from './frame.tsx'

type SlipProps = {
  words: Words
  asset: (name: Asset) => string
  reference: string
  /** Whom the reader sees, to give a card to. */
  person?: string
  now: Date
}

/** What the person takes home: a number and a day, and nothing that tells what it is about. */
export function SlipPage({ words, asset, reference, person, now }: SlipProps): JSX.Element {
  return (
    <Document words={words} asset={asset} title={words.t('reception.slip')} live={true}>
      <body class="slip-page">
        <main>
          <h1 class="screen-only">{words.t('reception.say_aloud')}</h1>
          <section class="slip">
            <p class="code">{showReference(reference)}</p>
            <p class="until">{dayInDigits(now)}</p>
          </section>
          <div class="screen-only">
            <p>{words.t('reception.slip_help')}</p>
            <p class="deeds">
              <button type="button" class="button button-main" data-print hidden>
                {words.t('card.print')}
              </button>{' '}
              {person ? (
                <a class="button" href={`/console/people/${person}/reach`}>
                  {words.t('reception.to_card')}
                </a>
              ) : null}{' '}
              <a class="button" href="/console/reception">
                {words.t('reception.next')}
              </a>
            </p>
          </div>
        </main>
      </body>
    </Document>
  )
}
