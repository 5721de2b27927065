/** The names of regions and cercles, as they are written officially, by their ids. */
import { z } from 'zod'

const named = z.object({ id: z.string(), name: z.string() })
const shape = z.object({
  regions: z.array(
    named.extend({ cercles: z.array(named).default([]), communes: z.array(named).default([]) }),
  ),
})

export type Region = { readonly id: string; readonly name: string; readonly cercles: readonly Named[] }
type Named = z.infer<typeof named>

/** The name of an id, and all regions with their cercles for those who choose one. */
export type PlaceName = ((id: string) => string) & { readonly regions: readonly Region[] }

/** Reads the file of places; an id that it does not know is its own name. */
export function makePlaceNames(file: unknown): PlaceName {
  const { regions } = shape.parse(file)
  const names = new Map(
    regions.flatMap((region) =>
      [region, ...region.cercles, ...region.communes].map(({ id, name }) => [id, name]),
    ),
  )
  const listed = regions.map(({ id, name, cercles, communes }) => ({
    id,
    name,
    // The district of Bamako has communes instead.
    cercles: cercles.length > 0 ? cercles : communes,
  }))
  return Object.assign((id: string) => names.get(id) ?? id, { regions: listed })
}
