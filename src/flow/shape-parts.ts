/** What the shapes of steps are made of (definition.ts). */
import { z } from 'zod'

export const key = z.string().regex(/^[a-z][a-z0-9_]*$/)
export const textKey = z
  .string()
  .regex(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$/)
  .describe('key of a sentence in locales: subject.sentence')
export const duration = z
  .string()
  .regex(/^\d+(m|h|d)$/)
  .describe('20m, 2h, 3d')
export const next = key.describe('id of the step that follows; default the next in the file')

/** A value: a fixed one, or that of an answer kept in this flow. */
export const value = z.union([z.string(), z.strictObject({ answer: key })])

export const common = { id: key, next: next.optional() }
