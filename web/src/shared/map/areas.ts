// 片区: the grids of one area taken together, with the border that they share with nobody.
import type { Position } from 'geojson'
import { polygonsOf, ringsOf, type Grid, type Grids } from './grids'

export interface Area {
  code: string
  name: string
  squads: string[]
  grids: Grid[]
  /** Lines of [longitude, latitude] around the area. */
  border: Position[][]
  /** Where its name goes. */
  centre: Position
}

export function areasOf(grids: Grids): Area[] {
  const members = new Map<string, Grid[]>()
  for (const grid of grids.features) {
    const code = grid.properties.area_code ?? ''
    members.set(code, [...(members.get(code) ?? []), grid])
  }
  return [...members].map(([code, found]) => area(code, found))
}

function area(code: string, grids: Grid[]): Area {
  const squads = grids.map((grid) => grid.properties.squad).filter((squad) => squad !== null)
  return {
    code,
    name: grids[0]?.properties.area_name ?? '',
    squads: [...new Set(squads)],
    grids,
    border: chained(outerEdges(grids)),
    centre: centreOf(grids),
  }
}

interface Edge {
  from: Position
  to: Position
}

const spot = ([lon = 0, lat = 0]: Position) => `${lon.toFixed(7)} ${lat.toFixed(7)}`

/** Neighbours share their vertices, so an edge inside the area occurs twice and one on its border once. */
function outerEdges(grids: Grid[]): Edge[] {
  const once = new Map<string, Edge>()
  for (const ring of grids.flatMap(ringsOf)) {
    for (let index = 1; index < ring.length; index += 1) {
      const edge = { from: ring[index - 1] as Position, to: ring[index] as Position }
      const key = [spot(edge.from), spot(edge.to)].sort().join()
      if (!once.delete(key)) once.set(key, edge)
    }
  }
  return [...once.values()]
}

/** Edges joined end to end into as few lines as possible: a long line draws faster than many short ones. */
function chained(edges: Edge[]): Position[][] {
  const starting = new Map<string, Edge[]>()
  for (const edge of edges) starting.set(spot(edge.from), [...(starting.get(spot(edge.from)) ?? []), edge])
  const used = new Set<Edge>()
  const lines: Position[][] = []
  for (const first of edges) {
    if (used.has(first)) continue
    const line = [first.from]
    for (let edge: Edge | undefined = first; edge; edge = starting.get(spot(edge.to))?.find((next) => !used.has(next))) {
      used.add(edge)
      line.push(edge.to)
    }
    lines.push(line)
  }
  return lines
}

/** The middle of the grids, weighed by their size, so that one far corner does not pull the name away. */
export function centreOf(grids: Grid[]): Position {
  const shells = grids.flatMap(polygonsOf).flatMap(([shell]) => (shell ? [middle(shell)] : []))
  const whole = shells.reduce((sum, { size }) => sum + size, 0)
  const mean = (axis: 'lon' | 'lat') => shells.reduce((sum, shell) => sum + shell[axis] * shell.size, 0) / whole
  return whole ? [mean('lon'), mean('lat')] : (grids.flatMap(ringsOf)[0]?.[0] ?? [0, 0])
}

/** A shell's centroid and size (shoelace formula), counted from its first vertex to keep the digits. */
function middle(shell: Position[]): { lon: number; lat: number; size: number } {
  const [lon0 = 0, lat0 = 0] = shell[0] ?? []
  let double = 0
  let lon = 0
  let lat = 0
  for (let index = 1; index < shell.length; index += 1) {
    const [x1, y1] = [(shell[index - 1]?.[0] ?? 0) - lon0, (shell[index - 1]?.[1] ?? 0) - lat0]
    const [x2, y2] = [(shell[index]?.[0] ?? 0) - lon0, (shell[index]?.[1] ?? 0) - lat0]
    const cross = x1 * y2 - x2 * y1
    double += cross
    lon += (x1 + x2) * cross
    lat += (y1 + y2) * cross
  }
  return { lon: lon0 + lon / (3 * double || 1), lat: lat0 + lat / (3 * double || 1), size: Math.abs(double) }
}
