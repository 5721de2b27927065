/** Templates: what Meta made of each, what it says beside our own wording, and what it stands for. */
import type { JSX } from 'preact'
import { type Language, languages } from '../../core/language.ts'
import { templateUses } from '../../core/template.ts'
import type { TemplateRow } from '../../store/template.ts'
import type { Rail } from '../view.ts'
import type { Words } from '../words.ts'
import { Ago, Hidden } from './bits.tsx'
import type { Page } from './frame.tsx'
import { Icon, type IconName } from './icon.tsx'
import { Sheet } from './sheet.tsx'

/** What was written in the form that was refused. */
export type TemplateForm = Readonly<Record<string, string>>

type Wording = {
  readonly use: string
  readonly texts: readonly { readonly language: Language; readonly text: string }[]
}

type TemplatesProps = {
  readonly page: Page
  readonly rail: Rail
  readonly templates: readonly TemplateRow[]
  readonly wordings: readonly Wording[]
  readonly fault?: string
  readonly done?: string
  readonly form?: TemplateForm | undefined
}

export function TemplatesPage(props: TemplatesProps): JSX.Element {
  const { page, rail, templates, wordings, form, fault, done } = props
  const { words, token } = page
  const told = { ...(fault ? { fault } : {}), ...(done ? { done } : {}) }
  const knocks = templates.some(({ use, state }) => use === 'knock' && state === 'approved')
  return (
    <Sheet page={page} rail={rail} title={words.t('templates.title')} icon="file" {...told}>
      <p class="quiet">{words.t('templates.about')}</p>
      {knocks ? null : (
        <p class="mind">
          <Icon name="late" />
          {words.t('templates.no_knock')}
        </p>
      )}
      <form method="post" action="/console/templates/refresh">
        <Hidden fields={{ _csrf: token }} />
        <button type="submit" class="button">
          <Icon name="again" />
          {words.t('templates.refresh')}
        </button>
      </form>
      {templates.length === 0 ? <p class="card">{words.t('templates.none')}</p> : null}
      {templates.map((it) => (
        <Template key={it.id} words={words} token={token} it={it} wordings={wordings} />
      ))}
      <HandIn words={words} token={token} wordings={wordings} form={form ?? {}} />
    </Sheet>
  )
}

const signs: Readonly<Record<TemplateRow['state'], IconName>> = {
  approved: 'check',
  pending: 'clock',
  paused: 'moon',
  rejected: 'cross',
  off: 'cross',
}

type TemplateProps = { words: Words; token: string; it: TemplateRow; wordings: readonly Wording[] }

function Template({ words, token, it, wordings }: TemplateProps): JSX.Element {
  const { id, name, language, speaks = 'fr', state, quality, reason, category, body, use, updatedAt } = it
  const ours = wordings.find((one) => one.use === use)?.texts.find((one) => one.language === speaks)
  return (
    <section class="card">
      <div class="channel-head">
        <h2>{name}</h2>
        <span class="mind">
          <Icon name={signs[state]} />
          {words.t(`templates.state.${state}`)}
        </span>
        <span class="chip">{language}</span>
        <span class="chip">{category.toLowerCase()}</span>
        {quality ? <span class="chip">{words.t('templates.quality', { quality })}</span> : null}
        <span class="quiet">
          <Ago words={words} at={updatedAt} />
        </span>
      </div>
      {reason ? <p class="mind">{words.t('templates.reason', { reason })}</p> : null}
      {speaks === 'bm' ? <p class="quiet">{words.t('templates.bambara', { code: language })}</p> : null}
      <p class="template-body" lang={speaks} dir="auto">
        {body}
      </p>
      {ours && plain(ours.text) !== plain(body) ? (
        <>
          <p class="quiet">{words.t('templates.ours')}</p>
          <p class="template-body" lang={speaks}>
            {ours.text}
          </p>
        </>
      ) : null}
      <form class="template-use" method="post" action={`/console/templates/${id}`}>
        <Hidden fields={{ _csrf: token }} />
        <Use words={words} chosen={use ?? ''} none={true} />
        <Speaks words={words} chosen={speaks} />
        <button type="submit" class="button button-small">
          {words.t('templates.keep')}
        </button>
      </form>
    </section>
  )
}

/** The same words, whichever way what is filled in is written. */
function plain(text: string): string {
  return text.replace(/\{+(\w+)\}+/g, '{$1}').trim()
}

function Use({ words, chosen, none }: { words: Words; chosen: string; none: boolean }): JSX.Element {
  return (
    <label>
      {words.t('templates.use')}
      <select name="use">
        {none ? (
          <option value="" selected={chosen === ''}>
            {words.t('templates.uses.none')}
          </option>
        ) : null}
        {templateUses.map((use) => (
          <option key={use} value={use} selected={use === chosen}>
            {words.t(`templates.uses.${use.replace('.', '_')}`)}
          </option>
        ))}
      </select>
    </label>
  )
}

function Speaks({ words, chosen }: { words: Words; chosen: string }): JSX.Element {
  return (
    <label>
      {words.t('templates.speaks')}
      <select name="speaks">
        {languages.map((language) => (
          <option key={language} value={language} selected={language === chosen}>
            {words.t(`language.${language}`)}
          </option>
        ))}
      </select>
    </label>
  )
}

type HandInProps = { words: Words; token: string; wordings: readonly Wording[]; form: TemplateForm }

function HandIn({ words, token, wordings, form }: HandInProps): JSX.Element {
  return (
    <section class="card">
      <h2>{words.t('templates.hand_in')}</h2>
      <p class="quiet">{words.t('templates.hand_in_help')}</p>
      {wordings.map(({ use, texts }) => (
        <details key={use} class="template-wording">
          <summary>{words.t(`templates.uses.${use.replace('.', '_')}`)}</summary>
          {texts.map(({ language, text }) => (
            <p key={language} class="template-body" lang={language}>
              {text}
            </p>
          ))}
        </details>
      ))}
      <form method="post" action="/console/templates">
        <Hidden fields={{ _csrf: token }} />
        <div class="columns channel-fields">
          <Use words={words} chosen={form['use'] ?? 'knock'} none={false} />
          <Speaks words={words} chosen={form['speaks'] ?? 'fr'} />
          <label>
            {words.t('templates.code')}
            <input
              name="language"
              required
              pattern="[a-z]{2,3}(_[A-Z]{2})?"
              value={form['language'] ?? 'fr'}
            />
            <small>{words.t('templates.code_help')}</small>
          </label>
          <label>
            {words.t('templates.name')}
            <input name="name" required pattern="[a-z][a-z0-9_]*" maxLength={61} value={form['name'] ?? ''} />
            <small>{words.t('templates.name_help')}</small>
          </label>
        </div>
        <button type="submit" class="button button-main">
          {words.t('templates.hand_in_button')}
        </button>
      </form>
    </section>
  )
}
