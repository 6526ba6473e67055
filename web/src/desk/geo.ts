// Distances on the map, exact enough to rank what lies near; the service decides with its own.
import type { Position } from 'geojson'
import type { LonLat } from '@/shared/client/shapes'
import { gridAt, ringsOf, type Grid, type Grids } from '@/shared/map/grids'

const METRES_PER_DEGREE = 111_195
const RADIAN = Math.PI / 180

type Flat = [x: number, y: number]

/** Metres east and north of a place: a plane that is good for some kilometres around it. */
const flat = (origin: LonLat, [lon = 0, lat = 0]: Position): Flat => [
  (lon - origin.lon) * METRES_PER_DEGREE * Math.cos(origin.lat * RADIAN),
  (lat - origin.lat) * METRES_PER_DEGREE,
]

export const metresBetween = (one: LonLat, other: LonLat): number => Math.hypot(...flat(one, [other.lon, other.lat]))

/** Metres from a place to a grid; 0 inside it. */
export function metresTo(grid: Grid, place: LonLat): number {
  if (gridAt({ type: 'FeatureCollection', features: [grid] }, place)) return 0
  return Math.min(...ringsOf(grid).map((ring) => metresToRing(ring.map((at) => flat(place, at)))))
}

function metresToRing(ring: Flat[]): number {
  return Math.min(...ring.slice(1).map((to, index) => metresToSegment(ring[index] as Flat, to)))
}

/** From the origin to the segment. */
function metresToSegment([x1, y1]: Flat, [x2, y2]: Flat): number {
  const [dx, dy] = [x2 - x1, y2 - y1]
  const share = Math.min(1, Math.max(0, -(x1 * dx + y1 * dy) / (dx * dx + dy * dy || 1)))
  return Math.hypot(x1 + share * dx, y1 + share * dy)
}

export interface NearGrid {
  grid: Grid
  metres: number
}

/** The grids that a circle touches, the nearest first; without a circle the one that holds the place. */
export function gridsWithin(grids: Grids, place: LonLat, radius: number): NearGrid[] {
  return grids.features
    .map((grid) => ({ grid, metres: metresTo(grid, place) }))
    .filter(({ metres }) => metres <= radius)
    .sort((one, other) => one.metres - other.metres || (one.grid.properties.code < other.grid.properties.code ? -1 : 1))
}
