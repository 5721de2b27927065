/** Where colleagues named the reader in a note: what is new first, each leading to its request. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import type { MentionLine } from '../../store/mention.ts'
import type { Rail } from '../view.ts'
import { Ago } from './bits.tsx'
import { Frame, type Page } from './frame.tsx'

type ForMeProps = {
  readonly page: Page
  readonly rail: Rail
  readonly mentions: readonly (Omit<MentionLine, 'by'> & { readonly by: string | undefined })[]
}

export function ForMePage({ page, rail, mentions }: ForMeProps): JSX.Element {
  const { words } = page
  return (
    <Frame
      page={page}
      title={words.t('for_me.title')}
      rail={rail}
      layout="sheet"
      places={[
        { href: '/console', icon: 'list', text: words.t('place.list') },
        { href: '#content', icon: 'at', text: words.t('for_me.title') },
      ]}
    >
      <div id="content" class="sheet" tabIndex={-1}>
        <h1>{words.t('for_me.title')}</h1>
        {mentions.length === 0 ? <p class="empty">{words.t('for_me.empty')}</p> : null}
        <ul class="mentions">
          {mentions.map((mention) => (
            <li key={mention.id} class={mention.read ? '' : 'mention-new'}>
              <a class="row" href={`/console/requests/${showReference(mention.reference)}?view=mine`}>
                <span class="row-head">
                  <strong dir="auto">
                    {words.t('for_me.by', { by: mention.by ?? words.t('thread.colleague') })}
                  </strong>
                  <span class="row-time">
                    <Ago words={words} at={mention.at} />
                  </span>
                </span>
                <span class="row-first" dir="auto">
                  {mention.note ?? words.t('body.erased')}
                </span>
                <span class="row-foot">
                  {mention.read ? null : <span class="chip chip-p2">{words.t('for_me.new')}</span>}
                  <span class="chip figure">{showReference(mention.reference)}</span>
                  <span class="chip">{words.any(`taxonomy.${mention.kind}`)}</span>
                </span>
              </a>
            </li>
          ))}
        </ul>
      </div>
    </Frame>
  )
}

/** Whom a note may name, for the script that completes. */
export function ColleagueChoices({ names }: { readonly names: readonly string[] }): JSX.Element {
  return (
    <ul id="mention-choices" class="mention-choices">
      {names.map((name) => (
        <li key={name}>
          <button type="button" class="mention-choice" data-name={name} dir="auto">
            {name}
          </button>
        </li>
      ))}
    </ul>
  )
}
