// The name of each area on the map, with its squad: bare letters, so that they hide little.
import * as L from 'leaflet'
import { sayUnknownArea } from '@/shared/labels/wall'
import type { Area } from '@/shared/map/areas'
import { elementIcon, rem } from '@/shared/map/base'

// In rem: an area narrower than this on the screen cannot carry its name.
const NARROWEST = 6

export class AreaNames {
  private readonly names: { element: HTMLElement; squad: HTMLElement; bounds: L.LatLngBounds }[]

  constructor(
    private readonly map: L.Map,
    private readonly pane: string,
    layer: L.LayerGroup,
    areas: Area[],
  ) {
    this.names = areas.map((area) => this.name(area, layer))
    this.map.on('zoomend viewreset resize', this.fit, this)
    this.fit()
  }

  remove(): void {
    this.map.off('zoomend viewreset resize', this.fit, this)
  }

  private name(area: Area, layer: L.LayerGroup) {
    const element = Object.assign(document.createElement('div'), { className: 'area-name' })
    const squad = piece('span', area.squads.join('、'))
    element.append(piece('b', area.name || sayUnknownArea), squad)
    const [lon = 0, lat = 0] = area.centre
    const icon = elementIcon(element, [0, 0], [0, 0])
    L.marker([lat, lon], { icon, pane: this.pane, interactive: false, keyboard: false }).addTo(layer)
    return { element, squad, bounds: L.latLngBounds(area.border.flat().map(([x = 0, y = 0]) => [y, x] as L.LatLngTuple)) }
  }

  private fit(): void {
    for (const { element, squad, bounds } of this.names) {
      const [from, to] = [bounds.getSouthWest(), bounds.getNorthEast()]
      const width = this.map.latLngToContainerPoint(to).x - this.map.latLngToContainerPoint(from).x
      element.hidden = width < NARROWEST * rem()
      // CSSOM, not markup: the strict content policy allows it.
      element.style.maxWidth = `${width * 0.8}px`
      squad.hidden = false
      squad.hidden = squad.scrollWidth > squad.clientWidth
    }
  }
}

function piece(tag: string, textContent: string): HTMLElement {
  return Object.assign(document.createElement(tag), { textContent })
}
