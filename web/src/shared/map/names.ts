// Names on a map without a base map: they are what tells a person where he is looking.
import * as L from 'leaflet'
import type { Position } from 'geojson'
import { elementIcon, rem } from './base'

export interface Name {
  name: string
  /** A second line, left out where it does not fit. */
  beside?: string
  centre: Position
  places: Position[]
}

export interface Showing {
  pane: string
  className: string
  /** In rem: what is narrower on the screen cannot carry its name, what is wider needs none any more. */
  narrowest: number
  widest?: number
}

interface Shown {
  element: HTMLElement
  beside: HTMLElement
  bounds: L.LatLngBounds
}

export class Names {
  private readonly shown: Shown[]

  constructor(
    private readonly map: L.Map,
    layer: L.LayerGroup,
    names: Name[],
    private readonly showing: Showing,
  ) {
    this.shown = names.map((name) => this.write(name, layer))
    this.map.on('zoomend viewreset resize', this.fit, this)
    this.fit()
  }

  remove(): void {
    this.map.off('zoomend viewreset resize', this.fit, this)
  }

  private write({ name, beside = '', centre: [lon = 0, lat = 0], places }: Name, layer: L.LayerGroup): Shown {
    const { pane, className } = this.showing
    const second = piece('span', beside)
    const element = Object.assign(document.createElement('div'), { className: `map-name ${className}` })
    element.append(piece('b', name), second)
    L.marker([lat, lon], { icon: elementIcon(element, [0, 0], [0, 0]), pane, interactive: false, keyboard: false }).addTo(layer)
    return { element, beside: second, bounds: L.latLngBounds(places.map(([x = 0, y = 0]) => [y, x] as L.LatLngTuple)) }
  }

  private fit(): void {
    const { narrowest, widest = Infinity } = this.showing
    for (const { element, beside, bounds } of this.shown) {
      const width = this.across(bounds)
      element.hidden = width < narrowest * rem() || width >= widest * rem()
      if (element.hidden) continue
      // CSSOM, not markup: the strict content policy allows it.
      element.style.maxWidth = `${width * 0.85}px`
      beside.hidden = false
      beside.hidden = beside.scrollWidth > beside.clientWidth
    }
  }

  private across(bounds: L.LatLngBounds): number {
    return this.map.latLngToContainerPoint(bounds.getNorthEast()).x - this.map.latLngToContainerPoint(bounds.getSouthWest()).x
  }
}

function piece(tag: string, textContent: string): HTMLElement {
  return Object.assign(document.createElement(tag), { textContent })
}
