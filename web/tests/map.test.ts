import { describe, expect, it } from 'vitest'
import { areasOf } from '@/shared/map/areas'
import { boundsOf, gridAt, type Grid, type Grids } from '@/shared/map/grids'

/** A square of one degree with its lower left corner here. */
function square(code: string, area: string, lon: number, lat: number): Grid {
  const ring = [[lon, lat], [lon + 1, lat], [lon + 1, lat + 1], [lon, lat + 1], [lon, lat]]
  const properties = { code, name: code, area_code: area, area_name: area, squad: `${area}中队` }
  return { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } }
}

const TOWN: Grids = {
  type: 'FeatureCollection',
  features: [square('A1', '城中片区', 0, 0), square('A2', '城中片区', 1, 0), square('B1', '城东片区', 2, 0)],
}

describe('the grids', () => {
  it('say which of them holds a place', () => {
    expect(gridAt(TOWN, { lon: 1.5, lat: 0.5 })?.code).toBe('A2')
    expect(gridAt(TOWN, { lon: 5, lat: 0.5 })).toBeUndefined()
  })

  it('do not hold a place in a hole', () => {
    const holed = square('A1', '城中片区', 0, 0)
    const hole = [[0.4, 0.4], [0.6, 0.4], [0.6, 0.6], [0.4, 0.6], [0.4, 0.4]]
    if (holed.geometry.type === 'Polygon') holed.geometry.coordinates.push(hole)
    expect(gridAt({ ...TOWN, features: [holed] }, { lon: 0.5, lat: 0.5 })).toBeUndefined()
  })

  it('reach from west to east and from south to north', () => {
    expect(boundsOf(TOWN)).toEqual([0, 0, 3, 1])
    expect(boundsOf({ ...TOWN, features: [] })).toBeUndefined()
  })
})

describe('an area', () => {
  const [inner] = areasOf(TOWN)

  it('has the border of its grids without the edges inside', () => {
    const edges = inner?.border.flatMap((line) => line.slice(1).map((to, index) => [line[index], to].sort().join(' '))) ?? []
    expect(edges).toHaveLength(6)
    expect(edges).not.toContain('1,0 1,1')
  })

  it('has its name in its middle and knows its squad', () => {
    expect(inner?.centre[0]).toBeCloseTo(1)
    expect(inner?.centre[1]).toBeCloseTo(0.5)
    expect(inner?.squads).toEqual(['城中片区中队'])
  })
})
