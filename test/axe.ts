/** What axe finds wrong with a page by WCAG 2.2 AA. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

type Run = (of: Document, how: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>

/** As rule and place; the page must let scripts in (`bypassCSP`). */
export async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe)
  const found = await page.evaluate(
    (values) =>
      (window as unknown as { axe: { run: Run } }).axe.run(document, { runOnly: { type: 'tag', values } }),
    tags,
  )
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}
