/** A position on a small map, drawn here: the towns round it, the border where it is near, and how far the nearest is. */
import type { JSX } from 'preact'
import { border, nearest, type Point, type Town } from '../places-map.ts'
import type { Words } from '../words.ts'

const width = 300
const height = 220
/** Degrees of longitude in sight; about 850 km. */
const span = 8
/** Further away than this nobody finds themselves on a map of Mali. */
const farKilometres = 900

type Spot = { readonly x: number; readonly y: number }
type Label = Spot & { readonly town: Town; readonly end: 'start' | 'end' }

export function PlaceMap({ words, point }: { words: Words; point: Point }): JSX.Element {
  const [near, ...others] = nearest(point)
  if (!near || near.kilometres > farKilometres) return <p class="map-far">{words.t('said.map_far')}</p>
  const sentence = words.t('said.map_near', { km: Math.round(near.kilometres), place: near.name })
  const spot = projection(point)
  const here = spot(point)
  const placed = labels([near, ...others], spot)
  const outline = border.map(([longitude, latitude]) => spot({ latitude, longitude }))
  return (
    <figure class="map">
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={sentence}>
        <path class="map-land" d={`M${outline.map(({ x, y }) => `${x} ${y}`).join('L')}Z`} />
        {placed.map(({ town, x, y, end }) => (
          <g key={town.region}>
            <circle class="map-town" cx={x} cy={y} r={2.5} />
            <text class="map-name" x={end === 'start' ? x + 5 : x - 5} y={y + 4} text-anchor={end}>
              {town.name}
            </text>
          </g>
        ))}
        <circle class="map-here-ring" cx={here.x} cy={here.y} r={9} />
        <circle class="map-here" cx={here.x} cy={here.y} r={4.5} />
      </svg>
      <figcaption>{sentence}</figcaption>
    </figure>
  )
}

/** Degrees to points of the picture, with the point in its middle. */
function projection(centre: Point): (point: Point) => Spot {
  const across = width / span
  // A degree of longitude is shorter than one of latitude, by the cosine.
  const down = across / Math.cos((centre.latitude * Math.PI) / 180)
  const round = (value: number) => Math.round(value * 10) / 10
  return ({ latitude, longitude }) => ({
    x: round(width / 2 + (longitude - centre.longitude) * across),
    y: round(height / 2 - (latitude - centre.latitude) * down),
  })
}

const letterWidth = 6.5
const lineHeight = 13

/** The names that find room, nearest first; none covers the point or another name. */
function labels(all: readonly Town[], spot: (point: Point) => Spot): readonly Label[] {
  const taken = [
    { left: width / 2 - 11, right: width / 2 + 11, top: height / 2 - 11, bottom: height / 2 + 11 },
  ]
  const placed: Label[] = []
  for (const town of all) {
    const { x, y } = spot(town)
    const long = town.name.length * letterWidth + 6
    for (const end of ['start', 'end'] as const) {
      const box = {
        left: end === 'start' ? x + 4 : x - long,
        right: end === 'start' ? x + long : x - 4,
        top: y - lineHeight / 2,
        bottom: y + lineHeight / 2,
      }
      const inside = box.left > 2 && box.right < width - 2 && box.top > 2 && box.bottom < height - 2
      const free = taken.every(
        (one) => box.right < one.left || box.left > one.right || box.bottom < one.top || box.top > one.bottom,
      )
      if (!inside || !free) continue
      taken.push(box)
      placed.push({ town, x, y, end })
      break
    }
  }
  return placed
}
