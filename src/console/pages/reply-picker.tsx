/** Canned replies to choose from, beside the answer box or, without scripts, as a page. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import { lookQuery } from '../look.ts'
import type { Offer } from '../replies.ts'
import type { Look, Rail } from '../view.ts'
import type { Words } from '../words.ts'
import { Frame, type Page } from './frame.tsx'
import { Icon } from './icon.tsx'

type PickerProps = {
  readonly words: Words
  readonly reference: string
  readonly look: Look
  readonly sought: string
  readonly offers: readonly Offer[]
  readonly language: 'fr' | 'bm' | 'en'
}

/** What the script puts into the place under the tools. */
export function ReplyPicker({ words, reference, look, sought, offers, language }: PickerProps): JSX.Element {
  const request = `/console/requests/${showReference(reference)}`
  return (
    <div id="reply-picker" class="reply-picker">
      <form class="reply-search" action={`${request}/replies`}>
        <label>
          <span class="hidden">{words.t('replies.search')}</span>
          <input
            type="search"
            name="q"
            value={sought}
            placeholder={words.t('replies.search')}
            autoComplete="off"
          />
        </label>
      </form>
      <p class="hidden" role="status">
        {words.t('replies.found', { count: offers.length })}
      </p>
      {offers.length === 0 ? <p class="quiet">{words.t('replies.none')}</p> : null}
      <ul class="reply-offers">
        {offers.map(({ reply, text, language: spoken, missing }) => (
          <li key={reply.key}>
            <a
              class="reply-offer"
              href={`${request}${lookQuery(look)}&insert=${reply.key}`}
              data-insert={text}
            >
              <span class="reply-title">
                <strong>{reply.title}</strong>
                {missing ? (
                  <span class="mind">
                    <Icon name="late" />
                    {words.t('replies.not_in', {
                      language: words.t(`language.${language}`),
                      other: words.t(`language.${spoken}`),
                    })}
                  </span>
                ) : null}
                {spoken === 'bm' && reply.certainty && !reply.reviewer ? (
                  <span class="chip">{words.t('replies.unreviewed', { grade: reply.certainty })}</span>
                ) : null}
              </span>
              <span class="reply-text" lang={spoken} dir="auto">
                {text}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The same as a page of its own. */
export function ReplyPickerPage(props: PickerProps & { page: Page; rail: Rail }): JSX.Element {
  const { page, rail, words, look } = props
  const back = `/console/requests/${showReference(props.reference)}${lookQuery(look)}`
  return (
    <Frame
      page={page}
      title={words.t('replies.title')}
      rail={rail}
      look={look}
      layout="sheet"
      places={[{ href: back, icon: 'chat', text: words.t('place.thread') }]}
    >
      <div id="content" class="sheet" tabIndex={-1}>
        <h1>{words.t('replies.title')}</h1>
        <p>
          <a href={back}>{words.t('replies.back_to_request')}</a>
        </p>
        <ReplyPicker {...props} />
      </div>
    </Frame>
  )
}
