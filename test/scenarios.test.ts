/** The table of scenarios in test/conversations/README.md names what is there, and every scenario has something. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const folder = new URL('conversations/', import.meta.url)
const rows = readFileSync(new URL('README.md', folder), 'utf8').matchAll(
  /^\| S(\d+) \| [^|]+ \| ([^|]+) \|$/gm,
)
const played = new Map(
  [...rows].map(([, number, files = '']) => [
    Number(number),
    [...files.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file),
  ]),
)

test('every scenario is played', () => {
  expect([...played.keys()]).toEqual(Array.from({ length: 22 }, (_, index) => index + 1))
})

test.each([...played])('S%i is played in files that say something', (_, files) => {
  expect(files.length).toBeGreaterThan(0)
  for (const file of files) expect(readFileSync(new URL(file, folder), 'utf8').length).toBeGreaterThan(200)
})
