/** Who writes for a person, as they agreed: noted and ended here. */
import type { JSX } from 'preact'
import { proxyDaysAtMost, proxyMatters, proxyMedia } from '../../core/proxy.ts'
import { Hidden } from './bits.tsx'
import { Icon } from './icon.tsx'
import type { PersonForms } from './person-forms.tsx'

/** As long as is usual; asked again after that. */
const usualDays = 90

export function ProxyBox(props: PersonForms): JSX.Element {
  const { page, view } = props
  const { words } = page
  const [named] = view.proxies
  const matters = named?.matters.map((matter) => words.t(`box.proxy_${matter}`)).join(', ') ?? ''
  return (
    <section class="safe" aria-labelledby="proxy-title">
      <h3 id="proxy-title">
        <Icon name="person" />
        {words.t('box.proxy_title')}
      </h3>
      {named ? (
        <p>{words.t('box.proxy_is', { matters, until: words.exact(named.until) })}</p>
      ) : (
        <p class="quiet">{words.t('box.proxy_none')}</p>
      )}
      {named ? <End {...props} /> : <Name {...props} />}
    </section>
  )
}

function End({ page, view, newKey }: PersonForms): JSX.Element {
  return (
    <form method="post" action={`/console/people/${view.person.id}/end-proxy`}>
      <Hidden fields={{ _csrf: page.token, once: newKey(), version: view.person.version }} />
      <button type="submit" class="button button-small">
        {page.words.t('box.proxy_end')}
      </button>
    </form>
  )
}

function Name({ page, view, newKey }: PersonForms): JSX.Element {
  const { words } = page
  return (
    <details class="safe-edit">
      <summary>{words.t('box.proxy_write')}</summary>
      <form method="post" action={`/console/people/${view.person.id}/proxy`}>
        <Hidden fields={{ _csrf: page.token, once: newKey(), version: view.person.version }} />
        <label>
          {words.t('box.proxy_reference')}
          <input name="reference" required maxLength={40} inputMode="numeric" />
        </label>
        <fieldset>
          <legend>{words.t('box.proxy_matters')}</legend>
          {proxyMatters.map((matter) => (
            <label key={matter} class="option">
              <input type="checkbox" name="matters" value={matter} />
              {words.t(`box.proxy_${matter}`)}
            </label>
          ))}
        </fieldset>
        <label>
          {words.t('box.proxy_how')}
          <select name="medium">
            {proxyMedia.map((medium) => (
              <option key={medium} value={medium}>
                {words.t(`box.proxy_${medium}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.t('box.proxy_days')}
          <input type="number" name="days" min={1} max={proxyDaysAtMost} value={usualDays} required />
        </label>
        <button type="submit" class="button button-main">
          {words.t('acts.record')}
        </button>
      </form>
    </details>
  )
}
