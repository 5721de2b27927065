/** The signs of the console: one file that has each of them, fetched once and kept. */
import { expect, test } from 'vitest'
import { readAssets } from '../../src/console/assets.ts'
import { Icon, iconNames } from '../../src/console/pages/icon.tsx'
import { part } from '../../src/console/render.ts'

const file = readAssets().get('icons.svg')

test('every sign that a page may name is drawn, and none is drawn for nothing', () => {
  const drawn = [...(file?.plain.toString() ?? '').matchAll(/<symbol id="([^"]+)"/g)].map(([, id]) => id)
  expect(drawn).toEqual([...iconNames])
})

test('a page names the file under which it is kept for ever', () => {
  expect(part(Icon({ name: 'lock' }))).toContain(`<use href="${file?.path}#lock"`)
})
