/** From a view to the text that goes out. Preact escapes every text; there is no other way in. */
import type { JSX } from 'preact'
import { renderToString } from 'preact-render-to-string'

/** A whole page. */
export function html(document: JSX.Element): string {
  return `<!doctype html>${renderToString(document)}`
}

/** A part of a page, for a place that fetches it again. */
export function part(element: JSX.Element): string {
  return renderToString(element)
}
