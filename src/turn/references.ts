/**
 * References of requests, drawn in blocks from the database's sequence: a turn takes one without waiting, and two
 * processes never give the same. What a process that dies had drawn is never used.
 */
import type pg from 'pg'
import { referenceOf } from '../core/reference.ts'

export type References = {
  /** Makes sure that this many can be taken. */
  ready(count: number): Promise<void>
  /** One never given before; a plain Error when more are taken than were made ready. */
  take(): string
}

const block = 200

export function makeReferences(pool: Pick<pg.Pool, 'query'>): References {
  const drawn: string[] = []
  let drawing: Promise<void> | undefined

  async function draw(): Promise<void> {
    try {
      const { rows } = await pool.query<{ n: string }>({
        name: 'references',
        text: "select nextval('request_reference')::text as n from generate_series(1, $1)",
        values: [block],
      })
      drawn.push(...rows.map(({ n }) => referenceOf(Number(n))))
    } finally {
      drawing = undefined
    }
  }

  return {
    async ready(count) {
      while (drawn.length < count) {
        drawing ??= draw()
        await drawing
      }
    },
    take() {
      const reference = drawn.shift()
      if (reference === undefined) throw new Error('No reference was made ready')
      return reference
    },
  }
}
