/** Every sentence that people hear: how it stands in one language, and where something is to be done. */
import type { JSX } from 'preact'
import { languages } from '../../core/language.ts'
import type { Row } from '../studio.ts'
import { rowsEach, type StudioLook, type StudioShelf, wants } from '../studio-look.ts'
import type { Rail } from '../view.ts'
import { flowName, type Words } from '../words.ts'
import type { Page } from './frame.tsx'
import { Icon } from './icon.tsx'
import { Sheet } from './sheet.tsx'

type StudioProps = StudioShelf & { readonly page: Page; readonly rail: Rail; readonly look: StudioLook }

export function StudioPage(props: StudioProps): JSX.Element {
  const { page, rail, look, rows, found, flows, counts } = props
  const { words } = page
  return (
    <Sheet page={page} rail={rail} title={words.t('studio.title')} icon="microphone">
      <p class="quiet">
        {words.t('studio.about')} <a href="/console/flows">{words.t('studio.to_flows')}</a>
      </p>
      <form class="card studio-look" method="get" action="/console/studio">
        <input type="hidden" name="want" value={look.want} />
        <label>
          {words.t('studio.language')}
          <select name="language">
            {languages.map((one) => (
              <option key={one} value={one} selected={one === look.language}>
                {words.t(`language.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.t('studio.flow')}
          <select name="flow">
            <option value="">{words.t('studio.all_flows')}</option>
            {flows.map((one) => (
              <option key={one} value={one} selected={one === look.flow}>
                {flowName(words, one)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.t('studio.sought')}
          <input type="search" name="q" maxLength={80} value={look.sought} />
        </label>
        <button type="submit" class="button">
          {words.t('studio.look')}
        </button>
      </form>
      <nav class="studio-wants" aria-label={words.t('studio.wants')}>
        {wants.map((want) => (
          <a
            key={want}
            class="button button-small"
            href={hrefOf({ ...look, want, page: 1 })}
            aria-current={want === look.want ? 'page' : undefined}
          >
            {words.t(`studio.want.${want}`)} <span class="figure">{counts[want]}</span>
          </a>
        ))}
      </nav>
      {rows.length === 0 ? <p class="mind">{words.t('studio.none')}</p> : null}
      <ul class="plain card studio-rows">
        {rows.map((row) => (
          <Line key={row.key} words={words} row={row} look={look} />
        ))}
      </ul>
      <Pager words={words} look={look} found={found} />
    </Sheet>
  )
}

function Line({ words, row, look }: { words: Words; row: Row; look: StudioLook }): JSX.Element {
  const { language } = look
  const voice = row.voices[language]
  return (
    <li>
      <a href={`/console/studio/${row.key}?language=${language}`} lang={language} dir="auto">
        {row.texts[language]}
      </a>
      {language === 'fr' ? null : (
        <span class="quiet" lang="fr">
          {row.texts.fr}
        </span>
      )}
      <span class="studio-signs">
        <code>{row.key}</code>
        {row.isLabel ? <span class="chip">{words.t('studio.label')}</span> : null}
        {row.unreviewed.includes(language) ? (
          <span class="mind">
            <Icon name="eye" />
            {words.t('studio.unreviewed')}
          </span>
        ) : null}
        {voice ? (
          <span class={voice === 'ready' ? 'chip' : 'mind'}>
            <Icon name="microphone" />
            {words.t(`studio.voice.${voice}`)}
          </span>
        ) : null}
      </span>
    </li>
  )
}

function Pager({
  words,
  look,
  found,
}: {
  words: Words
  look: StudioLook
  found: number
}): JSX.Element | null {
  const last = Math.max(1, Math.ceil(found / rowsEach))
  if (last === 1) return null
  const { page } = look
  return (
    <nav class="studio-wants" aria-label={words.t('studio.pages')}>
      {page > 1 ? (
        <a class="button button-small" href={hrefOf({ ...look, page: page - 1 })}>
          {words.t('studio.before')}
        </a>
      ) : null}
      <span class="quiet">{words.t('studio.page_of', { page, last })}</span>
      {page < last ? (
        <a class="button button-small" href={hrefOf({ ...look, page: page + 1 })}>
          {words.t('studio.after')}
        </a>
      ) : null}
    </nav>
  )
}

function hrefOf({ language, want, flow, sought, page }: StudioLook): string {
  const said = { language, want, flow, q: sought, page: page === 1 ? '' : String(page) }
  const query = new URLSearchParams(Object.entries(said).filter(([, value]) => value !== ''))
  return `/console/studio?${query}`
}
