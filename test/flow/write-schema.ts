/** Writes flows/flow.schema.json from the code: `node --import tsx test/flow/write-schema.ts && npx biome format --write flows`. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { flowSchema } from '../../src/flow/schema.ts'

writeFileSync(fileURLToPath(new URL('../../flows/flow.schema.json', import.meta.url)), flowSchema())
