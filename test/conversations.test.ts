/** Plays every conversation of test/conversations. `npm run test:update` writes anew what the product says in them. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { oneDatabase } from './one-database.ts'
import { nameOf, play } from './transcript.ts'

const folder = fileURLToPath(new URL('./conversations/', import.meta.url))
const files = readdirSync(folder).filter((file) => file.endsWith('.chat'))

const database = oneDatabase()

const conversations = files.map((file) => {
  const text = readFileSync(folder + file, 'utf8')
  return { file, text, name: nameOf(text) }
})

test.each(conversations)('$name ($file)', async ({ file, text }) => {
  const played = await play(text, database())
  if (process.env['UPDATE_TRANSCRIPTS'] === '1') writeFileSync(folder + file, played)
  else expect(played).toBe(text)
})
