/** What waits for somebody's agreement, and what was decided of it in the last month. */
import type { JSX } from 'preact'
import type { ApprovalLine } from '../../store/approval.ts'
import type { Rail } from '../view.ts'
import type { Words } from '../words.ts'
import { Ago, Hidden } from './bits.tsx'
import type { Page } from './frame.tsx'
import { Sheet } from './sheet.tsx'

type ApprovalsProps = {
  readonly page: Page
  readonly rail: Rail
  readonly lines: readonly ApprovalLine[]
  readonly names: ReadonlyMap<string, string>
  /** The reader guards sealed matters, and may ask to be let in to one. */
  readonly asks: boolean
  readonly done?: string
}

export function ApprovalsPage({ page, rail, lines, names, asks, done }: ApprovalsProps): JSX.Element {
  const { words } = page
  const waiting = lines.filter(({ state }) => state === 'waiting')
  const past = lines.filter(({ state }) => state !== 'waiting')
  return (
    <Sheet page={page} rail={rail} title={words.t('account.approval.title')} icon="shield" done={done}>
      <p class="quiet">{words.t('account.approval.help')}</p>
      <section class="card">
        <h2>{words.t('account.approval.waiting')}</h2>
        {waiting.length === 0 ? <p class="quiet">{words.t('account.approval.none')}</p> : null}
        <ul class="plain">
          {waiting.map((line) => (
            <li key={line.id} id={line.id} class="approval">
              <Told words={words} line={line} names={names} />
              <Decision page={page} line={line} names={names} />
            </li>
          ))}
        </ul>
      </section>
      {past.length === 0 ? null : (
        <section class="card">
          <h2>{words.t('account.approval.past')}</h2>
          <ul class="plain">
            {past.map((line) => (
              <li key={line.id} class="approval">
                <Told words={words} line={line} names={names} />
                <p class="quiet">
                  {words.t(
                    `account.approval.${line.state === 'agreed' && !line.decidedBy ? 'alone' : line.state}`,
                    {
                      name: names.get(line.decidedBy ?? '') ?? '',
                    },
                  )}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
      {asks ? <AskToOpen page={page} /> : null}
    </Sheet>
  )
}

function AskToOpen({ page: { words, token } }: Pick<ApprovalsProps, 'page'>): JSX.Element {
  return (
    <section class="card">
      <h2>{words.t('sealed.ask_title')}</h2>
      <p class="quiet">{words.t('sealed.ask_help')}</p>
      <form class="admin-form" method="post" action="/console/approvals/open">
        <Hidden fields={{ _csrf: token }} />
        <label>
          {words.t('sealed.ask_reference')}
          <input name="reference" inputMode="numeric" required maxLength={20} autoComplete="off" />
        </label>
        <label>
          {words.t('sealed.ask_reason')}
          <textarea name="reason" rows={3} required maxLength={1000} />
        </label>
        <button type="submit" class="button">
          {words.t('sealed.ask_do')}
        </button>
      </form>
    </section>
  )
}

type ToldProps = { words: Words; line: ApprovalLine; names: ReadonlyMap<string, string> }

function Told({ words, line, names }: ToldProps): JSX.Element {
  const roles = (line.roles ?? []).map((role) => words.t(`role.${role}`)).join(', ')
  const what = line.guard === 'content' ? roles : words.t(`role.${line.guard}`)
  return (
    <p>
      <strong>{words.t(`account.asked.${line.kind}`, { name: names.get(line.staff) ?? '', what })}</strong>
      <small>
        {words.t('account.approval.asked', { name: names.get(line.askedBy) ?? '' })}{' '}
        <Ago words={words} at={line.askedAt} />
      </small>
    </p>
  )
}

type DecisionProps = { page: Page; line: ApprovalLine; names: ReadonlyMap<string, string> }

/** Two buttons for whoever may decide; for the others, who that is. */
function Decision({ page, line, names }: DecisionProps): JSX.Element {
  const { words, token } = page
  if (line.nobody) return <p class="mind">{words.t('account.approval.nobody')}</p>
  if (!line.mine) return <p class="quiet">{words.t('account.approval.others')}</p>
  const early = line.kind === 'grant' && line.unopened
  return (
    <form class="decide" method="post" action="/console/approvals/decide">
      <Hidden fields={{ _csrf: token, approval: line.id }} />
      <p class="quiet">
        {words.t(early ? 'account.approval.unopened' : 'account.approval.check', {
          name: names.get(line.staff) ?? '',
        })}
      </p>
      {early ? null : (
        <button type="submit" class="button button-main" name="agreed" value="yes">
          {words.t('account.approval.agree')}
        </button>
      )}
      <button type="submit" class="button" name="agreed" value="no">
        {words.t('account.approval.refuse')}
      </button>
    </form>
  )
}
