/** What the rail is made of: links and counts. */
import type { ComponentChildren, JSX } from 'preact'

/** A link of the rail; the one to where the reader is says so. */
export function RailLink({
  href,
  current,
  children,
}: {
  href: string
  current: boolean
  children: ComponentChildren
}) {
  return current ? (
    <a class="rail-link" href={href} aria-current="page">
      {children}
    </a>
  ) : (
    <a class="rail-link" href={href}>
      {children}
    </a>
  )
}

/** How many; late ones in red. */
export function Count({ n, late }: { n: number; late: boolean }): JSX.Element {
  return <span class={late && n > 0 ? 'count count-late' : 'count'}>{n}</span>
}
