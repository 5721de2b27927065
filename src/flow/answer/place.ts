/**
 * The region and cercle that a text names: old regions, Bambara names, variants and misspellings included. A name that
 * is both a region and its cercle means the region, unless "cercle" is said.
 */
import type { Place } from '../../core/place.ts'
import type { PlaceNames, PlacesFile } from './files.ts'
import { plain, squash } from './fold.ts'
import { makeNeighbours, type Neighbours, neighboursOf } from './fuzzy.ts'
import { keyOf, makePhrases, onlyPhrases, type Phrases, phraseAt } from './phrases.ts'
import { partOf, type Said } from './said.ts'

/** A place found; `name` is how it is written officially, and `sure` is false for a misspelling. */
export type FoundPlace = { readonly place: Place; readonly name: string; readonly sure: boolean }

export type ReadPlace = (said: Said) => FoundPlace | undefined

/** One thing that a name stands for. */
type Spot = { readonly region: string; readonly cercle?: string; readonly name: string }

/** Shorter names are words of the languages as well, and count only in messages of a few words. */
const unmistakable = 5
const fewWords = 2
/** A longer text is a story; a place in it is for a person to read. */
const longestSentence = 16

type Atlas = {
  readonly names: Phrases<readonly Spot[]>
  readonly neighbours: Neighbours<readonly Spot[]>
  readonly formerRegion: ReadonlyMap<string, string>
  readonly around: Phrases<true>
  readonly cercle: ReadonlySet<string>
}

export function makePlaces(file: PlacesFile): ReadPlace {
  const names = makePhrases(spotsOf(file))
  const atlas: Atlas = {
    names,
    neighbours: makeNeighbours(names.known),
    formerRegion: new Map(Object.entries(formerRegions(file))),
    around: makePhrases([
      [true, [...file.around.fr, ...file.around.en, ...file.around.bm, ...file.region, ...file.cercle]],
    ]),
    cercle: new Set(file.cercle.map(squash)),
  }
  return (said) => find(atlas, said)
}

/** Regions by the one that each was cut from, and that people may still name. */
export function formerRegions({ regions }: PlacesFile): Readonly<Record<string, string>> {
  return Object.fromEntries(
    regions.flatMap(({ id, formerRegion }) => (formerRegion === undefined ? [] : [[id, formerRegion]])),
  )
}

function find(atlas: Atlas, said: Said): FoundPlace | undefined {
  if (said.words.length === 0 || said.words.length > longestSentence) return undefined
  const asCercle = said.folded.some((word) => atlas.cercle.has(word))
  const whole = atlas.names.known.get(keyOf(said.folded))
  const core = whole === undefined ? between(atlas, said) : said
  const exact = whole ?? atlas.names.known.get(keyOf(core.folded))
  const named = exact === undefined ? scan(atlas, said, core.words.length) : [exact]
  const spot = settle(atlas, named, asCercle)
  if (spot !== undefined) return { place: placed(spot, said), name: spot.name, sure: true }
  if (named.length > 0) return undefined
  const near = settle(atlas, neighboursOf(atlas.neighbours, keyOf(core.folded)), asCercle)
  return near === undefined ? undefined : { place: placed(near, said), name: near.name, sure: false }
}

function placed({ region, cercle }: Spot, { raw }: Said): Place {
  return cercle === undefined ? { region, said: raw } : { region, cercle, said: raw }
}

/** Every name in a sentence. */
function scan(atlas: Atlas, said: Said, words: number): readonly (readonly Spot[])[] {
  const found: (readonly Spot[])[] = []
  for (let at = 0; at < said.folded.length; at++) {
    const hit = phraseAt(atlas.names, said.folded, at)
    if (hit === undefined) continue
    const letters = said.folded.slice(hit.from, hit.to).join('').length
    if (letters < unmistakable && words > fewWords) continue
    found.push(hit.value)
    at = hit.to - 1
  }
  return found
}

/** One place from all that was named, or undefined when they contradict each other. */
function settle(
  { formerRegion }: Atlas,
  named: readonly (readonly Spot[])[],
  asCercle: boolean,
): Spot | undefined {
  const regions = new Map<string, Spot>()
  const cercles = new Map<string, Spot>()
  const open: (readonly Spot[])[] = []
  for (const spots of named) {
    const region = spots.find((spot) => spot.cercle === undefined)
    const own = spots.filter((spot) => spot.cercle !== undefined)
    if (region !== undefined && !(asCercle && named.length === 1 && own.length > 0))
      regions.set(region.region, region)
    else if (own.length === 1 && own[0]?.cercle !== undefined) cercles.set(own[0].cercle, own[0])
    else open.push(own)
  }
  // A name that several regions have is settled by the region that was named beside it.
  for (const spots of open) {
    const fitting = spots.filter(
      ({ region }) => regions.has(region) || regions.has(formerRegion.get(region) ?? ''),
    )
    const only = fitting.length === 1 ? fitting[0] : undefined
    if (only?.cercle === undefined) return undefined
    cercles.set(only.cercle, only)
  }
  const [cercle, ...moreCercles] = cercles.values()
  if (moreCercles.length > 0) return undefined
  const [region, ...moreRegions] = [...regions.values()].filter(
    // "Nioro, Kayes": the old region beside the new one adds nothing.
    (spot) => ![...regions.keys()].some((other) => formerRegion.get(other) === spot.region),
  )
  if (cercle === undefined) return moreRegions.length > 0 ? undefined : region
  const fits =
    region === undefined ||
    region.region === cercle.region ||
    region.region === formerRegion.get(cercle.region)
  return fits && moreRegions.length === 0 ? cercle : undefined
}

/** The words between those that stand round a place name. */
function between({ around, names }: Atlas, said: Said): Said {
  let from = 0
  for (let found = phraseAt(around, said.folded, 0); found !== undefined; ) {
    if (found.to >= said.folded.length) break
    from = found.to
    found = phraseAt(around, said.folded, from)
  }
  let to = said.folded.length
  for (let at = to - 1; at > from; at--) {
    const rest = said.folded.slice(at, to)
    if (onlyPhrases(around, rest, 0) !== undefined && names.known.get(keyOf(rest)) === undefined) to = at
  }
  return partOf(said, from, to)
}

/** Every name with what it may stand for: names that fold alike stand together. */
function spotsOf({ regions }: PlacesFile): readonly (readonly [readonly Spot[], readonly string[]])[] {
  const byKey = new Map<string, { readonly spots: Spot[]; readonly names: string[] }>()
  const put = (place: PlaceNames, spot: Spot) => {
    for (const name of namesOf(place)) {
      const key = squash(name)
      const those = byKey.get(key) ?? { spots: [], names: [] }
      byKey.set(key, those)
      if (!those.spots.some(({ region, cercle }) => region === spot.region && cercle === spot.cercle)) {
        those.spots.push(spot)
      }
      those.names.push(name)
    }
  }
  for (const region of regions) {
    put(region, { region: region.id, name: region.name })
    for (const commune of region.communes) put(commune, { region: region.id, name: region.name })
    for (const cercle of region.cercles)
      put(cercle, { region: region.id, cercle: cercle.id, name: cercle.name })
  }
  return [...byKey.values()].map(({ spots, names }) => [spots, names] as const)
}

function namesOf({ name, bm, variants }: PlaceNames): readonly string[] {
  const bracketed = /^(.+) \((.+)\)$/.exec(name)
  const own = bracketed === null ? [name] : [name, bracketed[1] ?? name, bracketed[2] ?? name]
  return [...own, ...bm, ...variants].filter((each) => plain(each) !== '')
}
