/** Who else is at the request at this moment: a live part above the answer box. */
import type { JSX } from 'preact'
import { showReference } from '../../core/reference.ts'
import type { RequestView } from '../view.ts'
import type { Words } from '../words.ts'
import { Icon } from './icon.tsx'

type PresentProps = {
  readonly words: Words
  readonly row: Pick<RequestView['facts']['row'], 'id' | 'reference'>
  readonly present: RequestView['present']
}

export function PresentPart({ words, row, present }: PresentProps): JSX.Element {
  return (
    <div
      id="present"
      class="present"
      role="status"
      hx-get={`/console/requests/${showReference(row.reference)}/present`}
      hx-trigger={`presence-${row.id} from:main, missed from:main`}
      hx-swap="outerMorph"
      data-here={`/console/requests/${showReference(row.reference)}/here`}
    >
      {present.map(({ id, name, doing }) => (
        <span key={id} class={doing === 'writing' ? 'mind' : 'chip'}>
          <Icon name={doing === 'writing' ? 'pen' : 'eye'} />
          {words.t(`box.${doing}`, { name })}
        </span>
      ))}
    </div>
  )
}
