/** Lists of case numbers and saved audiences: what there is, and bringing a new list. */
import type { JSX } from 'preact'
import type { CaseList } from '../../store/case-list.ts'
import type { SavedAudience } from '../../store/saved-audience.ts'
import type { Rail } from '../view.ts'
import { Ago, Hidden } from './bits.tsx'
import type { Page } from './frame.tsx'
import { Sheet } from './sheet.tsx'

type Props = {
  readonly page: Page
  readonly rail: Rail
  readonly lists: readonly CaseList[]
  readonly audiences: readonly SavedAudience[]
  /** The list that was brought just now. */
  readonly fresh?: CaseList | undefined
  readonly fault?: string | undefined
  readonly newKey: () => string
}

export function CampaignListsPage(props: Props): JSX.Element {
  const { page, rail, lists, audiences, fresh, fault, newKey } = props
  const { words, token } = page
  const said = fresh && words.t('campaign.list_kept', { name: fresh.name, ...foundOf(fresh) })
  return (
    <Sheet
      page={page}
      rail={rail}
      title={words.t('campaign.lists')}
      icon="list"
      {...(fault ? { fault } : {})}
      {...(said ? { done: said } : {})}
    >
      <p>
        <a href="/console/campaigns">{words.t('campaign.back')}</a>
      </p>
      <div class="columns">
        <section class="card stack">
          <h2>{words.t('campaign.bring')}</h2>
          <p class="quiet">{words.t('campaign.bring_help')}</p>
          <form method="post" action="/console/campaigns/lists" encType="multipart/form-data" class="stack">
            <Hidden fields={{ _csrf: token, once: newKey() }} />
            <label>
              {words.t('campaign.list_name')}
              <input name="name" required maxLength={120} />
            </label>
            <label>
              {words.t('campaign.list_file')}
              <input type="file" name="file" accept=".csv,.tsv,.txt,.xlsx" />
            </label>
            <label>
              {words.t('campaign.list_pasted')}
              <textarea name="pasted" rows={5} />
            </label>
            <button type="submit" class="button button-main">
              {words.t('campaign.bring_button')}
            </button>
          </form>
        </section>
        <section class="card">
          <h2>{words.t('campaign.lists_kept')}</h2>
          {lists.length === 0 ? <p class="quiet">{words.t('campaign.lists_none')}</p> : null}
          <ul class="plain ledger">
            {lists.map((list) => (
              <Kept
                key={list.id}
                page={page}
                action={`/console/campaigns/lists/${list.id}/drop`}
                name={list.name}
              >
                {words.t('campaign.list_found', foundOf(list))} · <Ago words={words} at={list.createdAt} />
              </Kept>
            ))}
          </ul>
          <h2>{words.t('campaign.audiences_kept')}</h2>
          {audiences.length === 0 ? <p class="quiet">{words.t('campaign.audiences_none')}</p> : null}
          <ul class="plain ledger">
            {audiences.map(({ id, name }) => (
              <Kept key={id} page={page} action={`/console/campaigns/audiences/${id}/drop`} name={name} />
            ))}
          </ul>
        </section>
      </div>
    </Sheet>
  )
}

function foundOf({ given, found }: CaseList): { count: number; missing: number } {
  return { count: found, missing: given - found }
}

type KeptProps = {
  page: Page
  action: string
  name: string
  children?: JSX.Element | (JSX.Element | string)[]
}

function Kept({ page, action, name, children }: KeptProps): JSX.Element {
  return (
    <li>
      <strong dir="auto">{name}</strong>
      <small>{children}</small>
      <form method="post" action={action}>
        <Hidden fields={{ _csrf: page.token }} />
        <button type="submit" class="button button-small">
          {page.words.t('campaign.drop')}
        </button>
      </form>
    </li>
  )
}
