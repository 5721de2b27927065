/** The names of regions and cercles, as they are written officially, by their ids. */
import { z } from 'zod'

const named = z.object({ id: z.string(), name: z.string() })
const shape = z.object({
  regions: z.array(
    named.extend({ cercles: z.array(named).default([]), communes: z.array(named).default([]) }),
  ),
})

export type PlaceName = (id: string) => string

/** Reads the file of places; an id that it does not know is its own name. */
export function makePlaceNames(file: unknown): PlaceName {
  const { regions } = shape.parse(file)
  const names = new Map(
    regions.flatMap((region) =>
      [region, ...region.cercles, ...region.communes].map(({ id, name }) => [id, name]),
    ),
  )
  return (id) => names.get(id) ?? id
}
