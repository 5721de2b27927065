/**
 * Where the regions are, for a small map without any tile from outside: the town each region is governed from, and the
 * shape of the country. Source of both: written down by hand from general knowledge; approximate, to be checked before
 * anybody finds their way by it.
 */

export type Point = { readonly latitude: number; readonly longitude: number }
export type Town = Point & { readonly region: string; readonly name: string }

const town = (region: string, name: string, latitude: number, longitude: number): Town => ({
  ...{ region, name, latitude, longitude },
})

export const towns: readonly Town[] = [
  town('ml-bamako', 'Bamako', 12.64, -8.0),
  town('ml-kayes', 'Kayes', 14.45, -11.44),
  town('ml-koulikoro', 'Koulikoro', 12.86, -7.56),
  town('ml-sikasso', 'Sikasso', 11.32, -5.67),
  town('ml-segou', 'Ségou', 13.43, -6.27),
  town('ml-mopti', 'Mopti', 14.49, -4.2),
  town('ml-tombouctou', 'Tombouctou', 16.77, -3.01),
  town('ml-gao', 'Gao', 16.27, -0.04),
  town('ml-kidal', 'Kidal', 18.44, 1.41),
  town('ml-taoudenit', 'Taoudénit', 22.68, -3.98),
  town('ml-menaka', 'Ménaka', 15.92, 2.4),
  town('ml-nioro', 'Nioro', 15.23, -9.59),
  town('ml-kita', 'Kita', 13.04, -9.49),
  town('ml-dioila', 'Dioïla', 12.49, -6.8),
  town('ml-nara', 'Nara', 15.17, -7.29),
  town('ml-bougouni', 'Bougouni', 11.42, -7.48),
  town('ml-koutiala', 'Koutiala', 12.39, -5.46),
  town('ml-san', 'San', 13.3, -4.9),
  town('ml-douentza', 'Douentza', 15.0, -2.95),
  town('ml-bandiagara', 'Bandiagara', 14.35, -3.61),
]

/** The border as longitude and latitude, going round. */
export const border: readonly (readonly [number, number])[] = [
  ...[
    [-12.2, 14.6],
    [-11.8, 14.8],
    [-11.7, 15.4],
    [-11.3, 15.4],
    [-10.7, 15.1],
    [-10.1, 15.3],
    [-9.7, 15.3],
  ],
  ...[
    [-9.6, 15.5],
    [-5.5, 15.5],
    [-5.3, 16.2],
    [-5.5, 16.3],
    [-6.0, 20.6],
    [-6.5, 25.0],
    [-4.9, 25.0],
  ],
  ...[
    [-1.6, 22.8],
    [1.8, 20.6],
    [2.1, 20.1],
    [2.7, 19.9],
    [3.1, 19.7],
    [3.2, 19.1],
    [4.3, 19.2],
    [4.3, 16.9],
  ],
  ...[
    [3.7, 16.2],
    [3.6, 15.6],
    [2.7, 15.4],
    [1.4, 15.3],
    [1.0, 15.0],
    [0.4, 14.9],
    [-0.3, 14.9],
    [-0.5, 15.1],
  ],
  ...[
    [-1.1, 15.0],
    [-2.0, 14.6],
    [-2.2, 14.2],
    [-3.0, 13.8],
    [-3.1, 13.5],
    [-3.5, 13.3],
    [-4.0, 13.5],
  ],
  ...[
    [-4.3, 13.2],
    [-4.4, 12.5],
    [-5.2, 11.7],
    [-5.2, 11.4],
    [-5.5, 11.0],
    [-5.4, 10.4],
    [-5.8, 10.2],
  ],
  ...[
    [-6.1, 10.1],
    [-6.2, 10.5],
    [-6.7, 10.4],
    [-6.9, 10.1],
    [-7.6, 10.1],
    [-8.0, 10.2],
    [-8.3, 10.5],
  ],
  ...[
    [-8.3, 10.8],
    [-8.6, 10.8],
    [-8.6, 11.1],
    [-8.4, 11.4],
    [-8.8, 11.8],
    [-8.9, 12.1],
    [-9.3, 12.3],
  ],
  ...[
    [-9.9, 12.1],
    [-10.2, 11.8],
    [-10.6, 11.9],
    [-10.9, 12.2],
    [-11.3, 12.1],
    [-11.5, 12.4],
    [-11.5, 12.8],
  ],
  ...[
    [-11.6, 13.1],
    [-11.9, 13.4],
    [-12.1, 14.0],
  ],
] as [number, number][]

const earthKilometres = 6371
const radians = (degrees: number) => (degrees * Math.PI) / 180

/** As the crow flies. */
export function kilometres(one: Point, other: Point): number {
  const [a, b] = [radians(one.latitude), radians(other.latitude)]
  const between = radians(other.longitude - one.longitude)
  const half = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(between / 2) ** 2
  return 2 * earthKilometres * Math.asin(Math.min(1, Math.sqrt(half)))
}

/** The towns, nearest first, each with its distance. */
export function nearest(point: Point): readonly (Town & { readonly kilometres: number })[] {
  return towns
    .map((one) => ({ ...one, kilometres: kilometres(point, one) }))
    .sort((one, other) => one.kilometres - other.kilometres)
}
