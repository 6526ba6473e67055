// The town under the orders: its grids, shaded by load or by area, and the borders of the areas.
import * as L from 'leaflet'
import type { Area } from '@/shared/map/areas'
import { rem } from '@/shared/map/base'
import type { Grid } from '@/shared/map/grids'
import { tintOf } from '@/shared/map/tints'
import { stepOf, type Steps } from './load'

export type Shading = 'load' | 'area'

/** From nothing to much, in one quiet hue that is no state's. */
export const SHADES = ['#0f1726', '#1c2d4a', '#304c79', '#4b70a6', '#7699cb'] as const
const FILL = { load: 0.95, area: 0.42 }

export class Ground {
  private readonly layer = L.layerGroup()
  private readonly grids = new Map<string, { shape: L.GeoJSON; tint: string; fill: string }>()

  constructor(map: L.Map) {
    this.layer.addTo(map)
  }

  draw(areas: Area[]): void {
    this.layer.clearLayers()
    this.grids.clear()
    areas.forEach((area, index) => area.grids.forEach((grid) => this.drawGrid(grid, tintOf(index))))
    for (const { border } of areas) {
      const lines = border.map((line) => line.map(([lon = 0, lat = 0]) => [lat, lon] as L.LatLngTuple))
      L.polyline(lines, { color: '#c9d8ee', opacity: 0.8, weight: rem() / 8, interactive: false }).addTo(this.layer)
    }
  }

  /** Only grids whose shade differs are drawn again. */
  shade(shading: Shading, open: (grid: string) => number, steps: Steps): void {
    for (const [code, grid] of this.grids) {
      const fillColor = shading === 'area' ? grid.tint : SHADES[stepOf(open(code), steps)]
      const fill = `${shading} ${fillColor}`
      if (fill === grid.fill) continue
      grid.fill = fill
      grid.shape.setStyle({ fillColor: fillColor as string, fillOpacity: FILL[shading] })
    }
  }

  private drawGrid(grid: Grid, tint: string): void {
    const style = { color: '#93a9cc', opacity: 0.35, weight: rem() / 16, fillColor: SHADES[0], fillOpacity: FILL.load }
    const shape = L.geoJSON(grid, { style: { ...style, interactive: false } }).addTo(this.layer)
    this.grids.set(grid.properties.code, { shape, tint, fill: '' })
  }
}
