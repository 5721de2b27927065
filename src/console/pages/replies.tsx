/** Where the office keeps its canned replies: all of them at a glance, and one with its wordings side by side. */
import type { JSX } from 'preact'
import { type Language, languages } from '../../core/language.ts'
import { queueKeys } from '../../core/queue.ts'
import { certainties, type Reply, replyFields } from '../../core/reply.ts'
import type { ReplyVersion } from '../../store/reply.ts'
import type { Rail } from '../view.ts'
import type { Words } from '../words.ts'
import { Hidden } from './bits.tsx'
import { Frame, type Page } from './frame.tsx'
import { Icon } from './icon.tsx'
import { ReplyHistory } from './reply-history.tsx'

type ListProps = {
  readonly page: Page
  readonly rail: Rail
  readonly replies: readonly Reply[]
  readonly edits: boolean
}

export function RepliesPage({ page, rail, replies, edits }: ListProps): JSX.Element {
  const { words } = page
  return (
    <Sheet page={page} rail={rail} title={words.t('replies.title')}>
      <p class="quiet">{words.t('replies.about')}</p>
      {edits ? (
        <p>
          <a class="button button-main" href="/console/replies/new">
            {words.t('replies.new')}
          </a>
        </p>
      ) : null}
      <ul class="reply-list card">
        {replies.map((reply) => (
          <li key={reply.key}>
            <a href={`/console/replies/${reply.key}`}>{reply.title}</a>
            <span class="quiet">
              {reply.queue ? words.t(`queue.${reply.queue}`) : words.t('replies.all_queues')}
            </span>
            <span class="reply-languages">
              {reply.retired ? <span class="chip">{words.t('replies.retired')}</span> : null}
              {languages.map((language) => (
                <LanguageSign key={language} words={words} reply={reply} language={language} />
              ))}
            </span>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

/** Whether a reply has its wording in a language; a sign, the language, and a word for whoever does not see the sign. */
function LanguageSign({
  words,
  reply,
  language,
}: {
  words: Words
  reply: Reply
  language: Language
}): JSX.Element {
  const name = words.t(`language.${language}`)
  if (reply.texts[language] === undefined) {
    return (
      <span class="mind">
        <Icon name="cross" />
        {words.t('replies.missing', { language: name })}
      </span>
    )
  }
  return (
    <span class="chip">
      <Icon name="check" />
      {language === 'bm' && !reply.reviewer ? words.t('replies.unreviewed_in', { language: name }) : name}
    </span>
  )
}

/** What a form about a reply holds: the reply as it stands, or as somebody tried to change it. */
export type ReplyForm = Omit<Reply, 'number' | 'retired'>

type ReplyProps = {
  readonly page: Page
  readonly rail: Rail
  /** Absent while it is being made. */
  readonly reply?: Reply
  readonly form: ReplyForm
  readonly history: readonly (ReplyVersion & { readonly by: string })[]
  /** As it ships, when it does. */
  readonly shipped?: Reply
  readonly edits: boolean
  readonly fault?: string
  readonly done?: boolean
}

export function ReplyPage(props: ReplyProps): JSX.Element {
  const { page, rail, reply, form, fault, done, edits } = props
  const { words } = page
  return (
    <Sheet page={page} rail={rail} title={reply ? reply.title : words.t('replies.new')}>
      <p>
        <a href="/console/replies">{words.t('replies.back')}</a>
      </p>
      {fault ? (
        <p class="fault" role="alert">
          {fault}
        </p>
      ) : null}
      {done ? (
        <p class="done" role="status">
          {words.t('replies.saved')}
        </p>
      ) : null}
      {edits ? <EditForm page={page} reply={reply} form={form} /> : <Wordings words={words} form={form} />}
      {reply ? <ReplyHistory {...props} reply={reply} /> : null}
    </Sheet>
  )
}

function EditForm({
  page,
  reply,
  form,
}: {
  page: Page
  reply: Reply | undefined
  form: ReplyForm
}): JSX.Element {
  const { words, token } = page
  return (
    <form class="card reply-form" method="post" action={`/console/replies${reply ? `/${reply.key}` : ''}`}>
      <Hidden fields={{ _csrf: token, number: reply?.number ?? 0 }} />
      <div class="columns">
        {reply ? null : (
          <label>
            {words.t('replies.key')}
            <input name="key" required maxLength={40} pattern="[a-z][a-z0-9_]+" value={form.key} />
            <small>{words.t('replies.key_help')}</small>
          </label>
        )}
        <label>
          {words.t('replies.name')}
          <input name="title" required maxLength={80} value={form.title} />
        </label>
        <label>
          {words.t('replies.queue')}
          <select name="queue">
            <option value="">{words.t('replies.all_queues')}</option>
            {queueKeys.map((queue) => (
              <option key={queue} value={queue} selected={queue === form.queue}>
                {words.t(`queue.${queue}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p class="quiet">
        {words.t('replies.fields')}{' '}
        {replyFields.map((field) => (
          <span key={field} class="reply-field">
            <code>{`{${field}}`}</code> {words.t(`replies.field_${field}`)}
          </span>
        ))}
      </p>
      <div class="reply-texts">
        {languages.map((language) => (
          <label key={language}>
            {words.t(`language.${language}`)}
            <textarea name={language} rows={6} lang={language} dir="auto">
              {form.texts[language] ?? ''}
            </textarea>
            {form.texts[language] === undefined ? <small>{words.t('replies.empty_text')}</small> : null}
          </label>
        ))}
      </div>
      <div class="columns">
        <label>
          {words.t('replies.certainty')}
          <select name="certainty">
            <option value="">{words.t('acts.choose')}</option>
            {certainties.map((one) => (
              <option key={one} value={one} selected={one === form.certainty}>
                {words.t(`replies.certainty_${one}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.t('replies.reviewer')}
          <input name="reviewer" maxLength={80} value={form.reviewer ?? ''} />
        </label>
      </div>
      <p>
        <button type="submit" class="button button-main">
          {words.t('replies.save')}
        </button>
      </p>
    </form>
  )
}

function Wordings({ words, form }: { words: Words; form: ReplyForm }): JSX.Element {
  return (
    <div class="reply-texts card">
      {languages.map((language) => (
        <section key={language}>
          <h2>{words.t(`language.${language}`)}</h2>
          <p lang={language} dir="auto" class="said-text">
            {form.texts[language] ?? words.t('replies.empty_text')}
          </p>
        </section>
      ))}
    </div>
  )
}

function Sheet({
  page,
  rail,
  title,
  children,
}: {
  page: Page
  rail: Rail
  title: string
  children: (JSX.Element | null)[]
}): JSX.Element {
  const { words } = page
  return (
    <Frame
      page={page}
      title={title}
      rail={rail}
      layout="sheet"
      places={[
        { href: '/console', icon: 'list', text: words.t('place.list') },
        { href: '#content', icon: 'card', text: words.t('replies.title') },
      ]}
    >
      <div id="content" class="sheet" tabIndex={-1}>
        <h1 dir="auto">{title}</h1>
        {children}
      </div>
    </Frame>
  )
}
