/** A page beside the requests: one heading, what was just done or refused, and cards below. */
import type { ComponentChildren, JSX } from 'preact'
import type { Rail } from '../view.ts'
import { Frame, type Page } from './frame.tsx'
import type { IconName } from './icon.tsx'

type SheetProps = {
  readonly page: Page
  readonly rail: Rail
  readonly title: string
  readonly icon: IconName
  readonly fault?: string
  readonly done?: string
  readonly children: ComponentChildren
}

export function Sheet({ page, rail, title, icon, fault, done, children }: SheetProps): JSX.Element {
  const { words } = page
  return (
    <Frame
      page={page}
      title={title}
      rail={rail}
      layout="sheet"
      places={[
        { href: '/console', icon: 'list', text: words.t('place.list') },
        { href: '#content', icon, text: title },
      ]}
    >
      <div id="content" class="sheet" tabIndex={-1}>
        <h1>{title}</h1>
        {fault ? (
          <p class="fault" role="alert">
            {fault}
          </p>
        ) : null}
        {done ? (
          <p class="done" role="status">
            {done}
          </p>
        ) : null}
        {children}
      </div>
    </Frame>
  )
}
