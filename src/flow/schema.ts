/** The JSON schema of flow files, so that editors complete and check them while they are written. */
import { z } from 'zod'
import { flowShape } from './definition.ts'

/** What `flows/flow.schema.json` holds, ended by a line break. */
export function flowSchema(): string {
  const schema = z.toJSONSchema(flowShape, { io: 'input' })
  return `${JSON.stringify({ title: 'A flow of Baro', ...schema }, undefined, 2)}\n`
}
