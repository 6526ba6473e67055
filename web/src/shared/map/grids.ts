// 网格 as the service draws them, and the few questions the pages ask about them.
import type { FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson'
import type { Bounds, LonLat } from '@/shared/client/shapes'

export interface GridFacts {
  code: string
  name: string
  area_code: string | null
  area_name: string | null
  squad: string | null
}

export type Grids = FeatureCollection<Polygon | MultiPolygon, GridFacts>
export type Grid = Grids['features'][number]

/** The polygons of a grid: each a shell and its holes, longitude before latitude. */
export const polygonsOf = ({ geometry }: Grid): Position[][][] =>
  geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates

export const ringsOf = (grid: Grid): Position[][] => polygonsOf(grid).flat()

/** The grid that holds a place. Only to show it beside the pin: the service decides. */
export function gridAt(grids: Grids, { lon, lat }: LonLat): GridFacts | undefined {
  return grids.features.find((grid) => polygonsOf(grid).some((rings) => holds(rings, lon, lat)))?.properties
}

function holds(rings: Position[][], lon: number, lat: number): boolean {
  const crossed = rings.flatMap((ring) => edges(ring)).filter(([from, to]) => isCrossed(from, to, lon, lat))
  return crossed.length % 2 === 1
}

function isCrossed([x1 = 0, y1 = 0]: Position, [x2 = 0, y2 = 0]: Position, lon: number, lat: number): boolean {
  return y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1
}

function edges(ring: Position[]): [Position, Position][] {
  return ring.slice(1).map((to, index) => [ring[index] as Position, to])
}

/** West, south, east, north of the grids, or of nothing. */
export function boundsOf(grids: Grids): Bounds | undefined {
  const places = grids.features.flatMap(ringsOf).flat()
  if (!places.length) return undefined
  return places.reduce<Bounds>(
    ([west, south, east, north], [lon = 0, lat = 0]) => [
      Math.min(west, lon),
      Math.min(south, lat),
      Math.max(east, lon),
      Math.max(north, lat),
    ],
    [Infinity, Infinity, -Infinity, -Infinity],
  )
}
