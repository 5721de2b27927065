/** What is known beside the conversation: of the request, of the person, of needs, consents and tries to reach them. */
import type { ComponentChildren, JSX } from 'preact'
import { loopStateOf } from '../../core/loop.ts'
import { showReference } from '../../core/reference.ts'
import type { ConsentFacts, PersonFacts } from '../../store/person.ts'
import { lookQuery } from '../look.ts'
import type { Facts, Look } from '../view.ts'
import type { Words } from '../words.ts'
import { Ago, Due, kindName, Lock, PriorityChip } from './bits.tsx'
import { FollowUpsPart } from './followup-part.tsx'
import { Icon } from './icon.tsx'
import { ReferralsPart } from './referral-part.tsx'
import { ReportPart } from './report-part.tsx'
import { type PanelForm, SafeContactPart } from './safe-contact.tsx'
import { SaidAgePart } from './said-age.tsx'
import { SealPart } from './seal-part.tsx'

type FactsProps = { readonly words: Words; readonly facts: Facts }

/** The live panel of a request page; it folds away. */
export function FactsPart({ words, facts, form }: FactsProps & { readonly form: PanelForm }): JSX.Element {
  return (
    <aside
      id="facts"
      class="facts"
      aria-labelledby="facts-title"
      hx-get={`/console/requests/${showReference(facts.row.reference)}/facts${form.lookQuery}`}
      hx-trigger={`request-${facts.row.id} from:main, missed from:main`}
      hx-swap="outerMorph"
    >
      <h2 id="facts-title">{words.t('facts.title')}</h2>
      <SafeContactPart words={words} facts={facts} form={form} />
      <SaidAgePart words={words} facts={facts} form={form} />
      <ReportPart words={words} facts={facts} form={form} />
      <SealPart words={words} facts={facts} form={form} />
      <RequestFacts words={words} facts={facts} />
      <PersonPart words={words} facts={facts} />
      <FollowUpsPart words={words} facts={facts} />
      <ReferralsPart words={words} facts={facts} />
      {facts.needs.length > 0 ? <Needs words={words} facts={facts} /> : null}
      {facts.attempts.length > 0 ? <Attempts words={words} facts={facts} /> : null}
      {facts.consents.length > 0 ? (
        <Group title={words.t('facts.consents')}>
          <Consents words={words} consents={facts.consents} />
        </Group>
      ) : null}
    </aside>
  )
}

/** What the forms of the panel are made with. */
export function panelForm(token: string, newKey: () => string, look: Look): PanelForm {
  return { token, newKey, lookQuery: lookQuery(look) }
}

function Group({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <section class="facts-group">
      <h3>{title}</h3>
      {children}
    </section>
  )
}

/** One label with its value; nothing when there is no value. */
export function Fact({
  label,
  children,
}: {
  label: string
  children: ComponentChildren
}): JSX.Element | null {
  if (children === undefined || children === null || children === '') return null
  return (
    <div class="fact">
      <dt>{label}</dt>
      <dd dir="auto">{children}</dd>
    </div>
  )
}

/** What the person says of the answer, as far as they were asked. */
function solvedOf(words: Words, { loop, appealedAt, row }: Facts): string | undefined {
  if (appealedAt) return words.t('loop.appealed', { at: words.shortDay(appealedAt) })
  const state = loopStateOf(loop, words.now)
  if (state === 'none' || (state === 'owed' && row.state === 'open')) return undefined
  const at = loop.askedAt ?? loop.at
  return words.t(`loop.${state}`, { at: at ? words.shortDay(at) : '' })
}

function RequestFacts({ words, facts }: FactsProps): JSX.Element {
  const { row } = facts
  return (
    <dl class="fact-list">
      <Fact label={words.t('facts.reference')}>
        <span class="figure">{showReference(row.reference)}</span>
      </Fact>
      <Fact label={words.t('facts.state')}>
        {words.t(`state.${row.state}`)}
        {facts.outcome ? ` · ${words.t(`outcome.${facts.outcome}`)}` : ''}
      </Fact>
      <Fact label={words.t('loop.fact')}>{solvedOf(words, facts)}</Fact>
      <Fact label={words.t('facts.kind')}>{kindName(words, row)}</Fact>
      <Fact label={words.t('facts.queue')}>{words.t(`queue.${row.queue}`)}</Fact>
      <Fact label={words.t('facts.office')}>{facts.office}</Fact>
      <Fact label={words.t('facts.priority')}>
        {row.priority > 2 ? (
          words.t(`priority.${row.priority}`)
        ) : (
          <PriorityChip words={words} priority={row.priority} />
        )}
      </Fact>
      {row.state !== 'open' ? null : (
        <Fact label={words.t('facts.due')}>
          <Due words={words} row={row} />
        </Fact>
      )}
      {row.visibility === 'open' ? null : (
        <Fact label={words.t('facts.visibility')}>
          <Lock words={words} row={row} />
        </Fact>
      )}
      <Fact label={words.t('facts.owner')}>{row.owner?.name ?? words.t('facts.nobody')}</Fact>
      <Fact label={words.t('facts.opened')}>
        <Ago words={words} at={facts.openedAt} />
      </Fact>
      <Fact label={words.t('facts.cause')}>{words.t(`cause.${facts.cause}`)}</Fact>
      <Fact label={words.t('facts.campaign')}>
        {facts.campaign && facts.campaignOpens ? (
          <a href={`/console/campaigns/${facts.campaign.id}/answers`}>{facts.campaign.name}</a>
        ) : (
          facts.campaign?.name
        )}
      </Fact>
      {facts.reach ? (
        <Fact label={words.t('facts.channel')}>{words.t(`channel.${facts.reach.channelKind}`)}</Fact>
      ) : null}
    </dl>
  )
}

function PersonPart({ words, facts }: FactsProps): JSX.Element {
  const { person } = facts
  return (
    <Group title={words.t('facts.person')}>
      {person ? (
        <PersonList words={words} person={person} />
      ) : (
        <p class="quiet">{words.t('facts.unknown_person')}</p>
      )}
      {!person?.name && facts.reach?.displayName ? (
        <p class="quiet">
          {words.t('facts.display_name')} <span dir="auto">{facts.reach.displayName}</span>
        </p>
      ) : null}
      {person && facts.personOpens ? (
        <p>
          <a href={`/console/people/${person.id}`}>{words.t('facts.open_person')}</a>
        </p>
      ) : null}
    </Group>
  )
}

/** What is known of a person, label by label. */
export function PersonList({ words, person }: { words: Words; person: PersonFacts }): JSX.Element {
  return (
    <dl class="fact-list">
      <Fact label={words.t('person.name')}>{person.name}</Fact>
      <Fact label={words.t('person.case_number')}>{person.caseNumber}</Fact>
      <Fact label={words.t('person.stage')}>
        {person.stage ? words.t(`stage.${person.stage}`) : undefined}
      </Fact>
      <Fact label={words.t('person.sex')}>{person.sex ? words.t(`sex.${person.sex}`) : undefined}</Fact>
      <Fact label={words.t('person.birth_year')}>{person.birthYear}</Fact>
      {person.minor ? (
        <Fact label={words.t('person.age')}>
          <strong class="chip chip-p1">{words.t('person.minor')}</strong>
        </Fact>
      ) : null}
      <Fact label={words.t('person.language')}>
        {person.language ? words.t(`language.${person.language}`) : undefined}
      </Fact>
      <Fact label={words.t('person.region')}>
        {[...new Set([person.region, person.cercle])].filter(Boolean).join(', ')}
      </Fact>
      <Fact label={words.t('person.place')}>{person.place}</Fact>
      <Fact label={words.t('person.phone')}>
        {person.phone ? <span class="figure">{person.phone}</span> : undefined}
      </Fact>
      <Fact label={words.t('person.return_country')}>{person.returnCountry}</Fact>
      <Fact label={words.t('person.return_date')}>
        {person.returnDate ? words.day(new Date(person.returnDate)) : undefined}
      </Fact>
    </dl>
  )
}

function Needs({ words, facts }: FactsProps): JSX.Element {
  return (
    <Group title={words.t('facts.needs')}>
      <ul class="plain">
        {facts.needs.map((need) => (
          <li key={need.id}>
            {words.t(`need.${need.category}`)} · {words.t(`urgency.${need.urgency}`)}
            {need.result ? ` · ${words.t(`result.${need.result}`)}` : ''}
            {need.text ? (
              <p class="quote" dir="auto">
                {need.text}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </Group>
  )
}

function Attempts({ words, facts }: FactsProps): JSX.Element {
  return (
    <Group title={words.t('facts.attempts')}>
      <ul class="plain">
        {facts.attempts.map((attempt) => (
          <li key={attempt.id}>
            {words.t(`way.${attempt.way}`)} ·{' '}
            {words.t(attempt.reached ? 'attempt.reached' : 'attempt.missed')} · {attempt.by} ·{' '}
            <Ago words={words} at={attempt.at} />
            {attempt.note ? (
              <p class="quote" dir="auto">
                {attempt.note}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </Group>
  )
}

/** Each consent as it stands, with a sign and a word. */
export function Consents({
  words,
  consents,
}: {
  words: Words
  consents: readonly ConsentFacts[]
}): JSX.Element {
  return (
    <ul class="plain">
      {consents.map((consent) => (
        <li key={consent.item}>
          <span class={`consent consent-${consent.answer}`}>
            <Icon name={consent.answer === 'given' ? 'check' : 'cross'} />
            {words.t('consent.line', {
              item: words.t(`consent.${consent.item}`),
              answer: words.t(`consent.${consent.answer}`),
            })}
          </span>
          <small>
            {words.t(`medium.${consent.medium}`)}, <Ago words={words} at={consent.at} />
          </small>
        </li>
      ))}
    </ul>
  )
}
