/** What is kept of somebody, on paper for themselves; before it the page from which data protection prepares it. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import type { RequestKind } from '../../core/request.ts'
import type { OwnCopy } from '../../store/own-copy.ts'
import type { Asset } from '../assets.ts'
import { shownPhone } from '../shown-person.ts'
import type { Rail } from '../view.ts'
import type { Words } from '../words.ts'
import { fileName, firstWords, Hidden } from './bits.tsx'
import { PersonList } from './facts.tsx'
import { Document, type Page } from './frame.tsx'
import { Sheet } from './sheet.tsx'

/** What it is, and in which language it is to be. */
export function PrepareCopy(props: { page: Page; rail: Rail; person: string }): JSX.Element {
  const { page, rail, person } = props
  const { words, token } = page
  return (
    <Sheet page={page} rail={rail} title={words.t('own_copy.title')} icon="person">
      <p class="quiet">
        <a href={`/console/people/${person}`}>{words.t('account.reads.back')}</a>
      </p>
      <section class="card stack">
        <p>{words.t('own_copy.about')}</p>
        <form method="post" action={`/console/people/${person}/copy`} class="deeds">
          <Hidden fields={{ _csrf: token }} />
          {(['fr', 'en'] as const).map((language) => (
            <button key={language} type="submit" class="button" name="language" value={language}>
              {words.t(`own_copy.in_${language}`)}
            </button>
          ))}
        </form>
      </section>
    </Sheet>
  )
}

type CopyProps = {
  readonly words: Words
  readonly asset: (name: Asset) => string
  readonly copy: OwnCopy
  readonly person: string
}

export function OwnCopyPage({ words, asset, copy, person }: CopyProps): JSX.Element {
  const name = copy.facts.find((one) => one.name !== undefined)?.name
  const day = words.day(words.now)
  return (
    <Document words={words} asset={asset} title={words.t('own_copy.title')} live={true}>
      <body class="copy-page">
        <header class="screen-only deeds">
          <button type="button" class="button button-main" data-print hidden>
            {words.t('card.print')}
          </button>
          <a class="button" href={`/console/people/${person}`}>
            {words.t('account.reads.back')}
          </a>
        </header>
        <main>
          <h1>{words.t('own_copy.heading')}</h1>
          <p dir="auto">
            {name ? words.t('own_copy.made', { day, name }) : words.t('own_copy.made_unnamed', { day })}
          </p>
          <p>{words.t('own_copy.why')}</p>
          <p>{words.t('own_copy.confided')}</p>
          <Kept words={words} copy={copy} />
          <Told words={words} copy={copy} />
          <Said words={words} copy={copy} />
        </main>
      </body>
    </Document>
  )
}

type PartProps = Pick<CopyProps, 'words' | 'copy'>

/** A heading and its lines; said to be empty when there are none. */
function Lines({
  words,
  title,
  lines,
}: {
  words: Words
  title: string
  lines: readonly string[]
}): JSX.Element {
  return (
    <section>
      <h2>{words.t(`own_copy.${title}`)}</h2>
      {lines.length === 0 ? (
        <p>{words.t('own_copy.none')}</p>
      ) : (
        <ul>
          {lines.map((line, index) => (
            <li key={index} dir="auto">
              {line}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Kept({ words, copy }: PartProps): JSX.Element {
  const day = (at: Date) => words.day(at)
  return (
    <>
      <section>
        <h2>{words.t('own_copy.facts')}</h2>
        {copy.facts.map((facts) => (
          <PersonList key={facts.id} words={words} person={facts} />
        ))}
      </section>
      <Lines
        words={words}
        title="addresses"
        lines={copy.addresses.map((it) =>
          [
            words.t(`channel.${it.channelKind}`),
            ...(it.phone ? [shownPhone(it.phone)] : []),
            ...(it.until ? [words.t('own_copy.ended', { day: day(it.until) })] : []),
          ].join(' · '),
        )}
      />
      <Lines
        words={words}
        title="cases"
        lines={copy.cases.map((it) =>
          it.closedAt
            ? words.t('own_copy.case_closed', { day: day(it.openedAt), closed: day(it.closedAt) })
            : words.t('own_copy.case', { day: day(it.openedAt), stage: words.t(`stage.${it.stage}`) }),
        )}
      />
      <Lines
        words={words}
        title="requests"
        lines={copy.requests.map((it) =>
          [
            ...[showReference(it.reference), words.any(`taxonomy.${it.kind as RequestKind}`)],
            ...[words.t(`own_copy.state.${it.state}`), day(it.openedAt)],
          ].join(' · '),
        )}
      />
      <Lines
        words={words}
        title="needs"
        lines={copy.needs.map((it) =>
          [
            words.t(`need.${it.category}`),
            ...(it.result ? [words.t(`result.${it.result}`)] : []),
            day(it.at),
          ].join(' · '),
        )}
      />
      <Lines
        words={words}
        title="followups"
        lines={copy.followUps.map((it) => `${words.t(`calendar.kind.${it.kind}`)} · ${words.exact(it.at)}`)}
      />
    </>
  )
}

/** What they agreed to, who received what, and who carries the messages. */
function Told({ words, copy }: PartProps): JSX.Element {
  const carriers = new Set(
    copy.addresses.flatMap(({ channelKind }) =>
      carried.has(channelKind) ? [words.t(`own_copy.carrier.${channelKind}`)] : [],
    ),
  )
  return (
    <>
      <Lines
        words={words}
        title="consents"
        lines={copy.consents.map((it) =>
          [
            `${words.t(`own_copy.consent.${it.item}`)} : ${words.t(`own_copy.answer.${it.answer}`)}`,
            ...[words.t(`own_copy.medium.${it.medium}`), words.day(it.at)],
          ].join(' · '),
        )}
      />
      <Lines
        words={words}
        title="receivers"
        lines={[
          ...copy.receivers.map((it) =>
            [
              words.t('own_copy.receiver', {
                ...{ partner: it.partner, day: words.day(it.at) },
                items: it.items.map((item) => words.t(`referral.item.${item}`)).join(', '),
              }),
              ...(it.takenBack ? [words.t('own_copy.taken_back')] : []),
              ...(it.removed ? [words.t('own_copy.removed')] : []),
            ].join('. '),
          ),
          ...(copy.receivers.length === 0 ? [words.t('own_copy.none_received')] : []),
          ...(carriers.size > 0 ? [words.t('own_copy.carriers', { names: [...carriers].join(', ') })] : []),
        ]}
      />
    </>
  )
}

/** Channels through somebody else's servers. */
const carried: ReadonlySet<string> = new Set(['whatsapp_cloud', 'whatsapp_web', 'telegram'])

function Said({ words, copy }: PartProps): JSX.Element {
  const lines = copy.said.map(({ at, from, body }) => {
    const text = body.kind === 'text' ? body.text : body.kind === 'file' && body.text ? body.text : undefined
    const file = body.kind === 'file' ? fileName(words, body) : undefined
    const said = [file, text].filter(Boolean).join(' : ') || firstWords(words, body)
    return `${words.exact(at)} · ${words.t(`own_copy.${from}`)} : ${said}`
  })
  return (
    <>
      <Lines words={words} title="said" lines={lines} />
      {copy.cut ? <p>{words.t('own_copy.cut')}</p> : null}
    </>
  )
}
