/** Where somebody lives, as far as the programme records it: region and cercle by id, the place as it was said. */
export type Place = {
  readonly region?: string
  readonly cercle?: string
  readonly said: string
}
