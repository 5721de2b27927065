import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { settingsTable } from '../src/command/settings.ts'

test('the README tells every setting as the program does', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const [, told] = /<!-- settings -->\n([\s\S]*?)\n<!-- \/settings -->/.exec(readme) ?? []
  expect(told).toBe(settingsTable())
})
