// The desk's map: the town's grids, one place with its circle, candidate grids to choose from, and other orders nearby.
import * as L from 'leaflet'
import type { Bounds, LonLat } from '@/shared/client/shapes'
import { sayPin } from '@/shared/labels/desk'
import { areasOf, centreOf } from '@/shared/map/areas'
import { elementIcon, latLngBounds, takeAway, townMap } from '@/shared/map/base'
import { ringsOf, type Grid, type Grids } from '@/shared/map/grids'
import { Names } from '@/shared/map/names'
import { tintOf } from '@/shared/map/tints'
import './deskMap.css'

const CHINA: Bounds = [73, 18, 135, 54]
const CLOSE = 15
const PIN = 'M15 41S1 24 1 15a14 14 0 0 1 28 0C29 24 15 41 15 41Z'
const GRID = { color: '#a9b1bd', weight: 1, fillOpacity: 0.13, interactive: false }
const BORDER = { color: '#5d6b80', weight: 2, opacity: 0.7, dashArray: '7 5', interactive: false }
const CIRCLE = { color: '#1664d9', weight: 2, fillOpacity: 0.1, interactive: false }
const CANDIDATE = { color: '#b87400', weight: 2.5, fillColor: '#f5b83d', fillOpacity: 0.28 }
const CHOSEN = { color: '#1664d9', weight: 4, fillColor: '#1664d9', fillOpacity: 0.3 }
const OTHER = { radius: 7, color: '#ffffff', weight: 2, fillColor: '#7448c8', fillOpacity: 1 }

export interface Heard {
  /** The person clicked a place or let the pin go. */
  put?(place: LonLat): void
  /** The person chose a candidate grid. */
  grid?(code: string): void
  /** The person clicked another order. */
  other?(id: string): void
}

export interface Other {
  id: string
  place: LonLat
  name: string
}

export class DeskMap {
  private readonly map: L.Map
  private readonly pin: L.Marker
  private readonly circle = L.circle([0, 0], CIRCLE)
  private readonly candidates = L.layerGroup()
  private readonly others = L.layerGroup()
  private names: Names[] = []

  constructor(
    element: HTMLElement,
    private readonly heard: Heard,
  ) {
    this.map = townMap(element, { fadeAnimation: false, dragging: !L.Browser.mobile })
    this.map.fitBounds(latLngBounds(CHINA))
    this.pin = L.marker([0, 0], { icon: pinIcon(), draggable: Boolean(heard.put), autoPan: true, title: sayPin.pin, alt: sayPin.pin })
    this.pin.on('dragend', () => this.put(this.pin.getLatLng()))
    if (heard.put) this.map.on('click', ({ latlng }: L.LeafletMouseEvent) => this.put(latlng))
    // Above what is drawn on the canvas, below the pin.
    this.map.createPane('names').style.zIndex = '450'
    this.candidates.addTo(this.map)
    this.others.addTo(this.map)
  }

  draw(grids: Grids): void {
    const areas = areasOf(grids)
    areas.forEach(({ grids: members, border }, index) => {
      L.geoJSON(members, { style: { ...GRID, fillColor: tintOf(index) } }).addTo(this.map)
      const lines = border.map((line) => line.map(([lon = 0, lat = 0]) => [lat, lon] as L.LatLngTuple))
      L.polyline(lines, BORDER).addTo(this.map)
    })
    const layer = L.layerGroup().addTo(this.map)
    const areaNames = areas.map(({ name, centre, border }) => ({ name, centre, places: border.flat() }))
    const gridNames = grids.features.map((grid) => ({ name: grid.properties.name, centre: centreOf([grid]), places: ringsOf(grid).flat() }))
    this.names = [
      new Names(this.map, layer, areaNames, { pane: 'names', className: 'area', narrowest: 5, widest: 30 }),
      new Names(this.map, layer, gridNames, { pane: 'names', className: 'grid', narrowest: 6 }),
    ]
    this.bringUp()
  }

  frame(bounds: Bounds): void {
    this.map.fitBounds(latLngBounds(bounds), { animate: false })
  }

  /** The place of the matter; a circle when it is only known so far. Comes close to it unless told to stay. */
  show(place: LonLat, accuracy: number | undefined, approach: boolean): void {
    const at: L.LatLngTuple = [place.lat, place.lon]
    this.pin.setLatLng(at).addTo(this.map)
    this.circle.remove()
    if (accuracy) this.circle.setLatLng(at).setRadius(accuracy).addTo(this.map)
    if (!approach) return
    if (accuracy) this.map.fitBounds(this.circle.getBounds(), { maxZoom: CLOSE, padding: [40, 40], animate: false })
    else this.map.setView(at, CLOSE - 0.5, { animate: false })
  }

  hide(): void {
    this.pin.remove()
    this.circle.remove()
  }

  offer(grids: Grid[], chosen: string | undefined): void {
    this.candidates.clearLayers()
    for (const grid of grids) {
      const { code, name } = grid.properties
      const shape = L.geoJSON(grid, { style: code === chosen ? CHOSEN : CANDIDATE, bubblingMouseEvents: false })
      shape.bindTooltip(name, { sticky: true, direction: 'top' })
      shape.on('click', () => this.heard.grid?.(code)).addTo(this.candidates)
    }
    this.bringUp()
  }

  beside(others: Other[]): void {
    this.others.clearLayers()
    for (const { id, place, name } of others) {
      const dot = L.circleMarker([place.lat, place.lon], { ...OTHER, bubblingMouseEvents: false })
      dot.bindTooltip(name, { direction: 'top' })
      dot.on('click', () => this.heard.other?.(id)).addTo(this.others)
    }
  }

  zoom(steps: number): void {
    this.map.setZoom(this.map.getZoom() + steps)
  }

  resized(): void {
    this.map.invalidateSize({ pan: false })
  }

  remove(): void {
    this.names.forEach((names) => names.remove())
    takeAway(this.map)
  }

  private put({ lat, lng }: L.LatLng): void {
    this.heard.put?.({ lon: lng, lat })
  }

  private bringUp(): void {
    this.circle.bringToFront()
    this.others.eachLayer((dot) => (dot as L.CircleMarker).bringToFront())
  }
}

function pinIcon(): L.DivIcon {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 30 42')
  svg.append(path(PIN, 'body'), path('M20 15a5 5 0 1 1-10 0a5 5 0 1 1 10 0Z', 'eye'))
  const holder = document.createElement('div')
  holder.className = 'desk-pin'
  holder.append(svg)
  return elementIcon(holder, [30, 42], [15, 41])
}

function path(d: string, name: string): SVGPathElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  element.setAttribute('d', d)
  element.setAttribute('class', name)
  return element
}
