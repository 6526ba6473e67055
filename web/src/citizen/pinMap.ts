import * as L from 'leaflet'
import type { Bounds } from '@/shared/client/shapes'
import { areasOf, centreOf } from '@/shared/map/areas'
import { elementIcon, latLngBounds, takeAway, townMap } from '@/shared/map/base'
import { ringsOf, type Grids } from '@/shared/map/grids'
import { Names } from '@/shared/map/names'
import { tintOf } from '@/shared/map/tints'
import { sayPlace } from '@/shared/labels/citizen'
import type { Place } from './place'

const CLOSE = 15
const CHINA: Bounds = [73, 18, 135, 54]
const PIN = 'M21 56S1 33 1 20.5a20 20 0 0 1 40 0C41 33 21 56 21 56Z'
const GRID = { color: '#a9b1bd', weight: 1, fillOpacity: 0.13, interactive: false }
const BORDER = { color: '#5d6b80', weight: 2, opacity: 0.7, dashArray: '7 5', interactive: false }
const CIRCLE = { color: '#1664d9', weight: 2, fillOpacity: 0.14, interactive: false }

/** A map with one pin. `onPut` hears where the person put it. */
export class PinMap {
  private readonly map: L.Map
  private readonly pin: L.Marker
  private readonly circle = L.circle([0, 0], CIRCLE)
  private readonly hint = document.createElement('span')

  constructor(
    element: HTMLElement,
    private readonly onPut: (place: Place) => void,
  ) {
    // One finger scrolls the page; the pin itself and the enlarged map can be dragged.
    this.map = townMap(element, { dragging: !L.Browser.mobile, scrollWheelZoom: false })
    this.map.fitBounds(latLngBounds(CHINA))
    this.pin = L.marker([0, 0], { icon: this.icon(), draggable: true, autoPan: true, title: sayPlace.pin, alt: sayPlace.pin })
    this.pin.on('dragend', () => this.put(this.pin.getLatLng()))
    this.map.on('click', ({ latlng }: L.LeafletMouseEvent) => this.put(latlng))
    element.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && event.target === element) this.put(this.map.getCenter())
    })
  }

  /** Fit the town, once its bounds are known and nothing has been chosen yet. */
  frame(bounds: Bounds): void {
    this.map.fitBounds(latLngBounds(bounds), { paddingTopLeft: [8, 8], paddingBottomRight: [72, 8] })
  }

  draw(grids: Grids): void {
    const areas = areasOf(grids)
    areas.forEach(({ grids, border }, index) => {
      L.geoJSON(grids, { style: { ...GRID, fillColor: tintOf(index) } }).addTo(this.map)
      const lines = border.map((line) => line.map(([lon = 0, lat = 0]) => [lat, lon] as L.LatLngTuple))
      L.polyline(lines, BORDER).addTo(this.map)
    })
    const layer = L.layerGroup().addTo(this.map)
    const areaNames = areas.map(({ name, centre, border }) => ({ name, centre, places: border.flat() }))
    const gridNames = grids.features.map((grid) => ({
      name: grid.properties.name,
      centre: centreOf([grid]),
      places: ringsOf(grid).flat(),
    }))
    new Names(this.map, layer, areaNames, { pane: 'overlayPane', className: 'area', narrowest: 4, widest: 15 })
    new Names(this.map, layer, gridNames, { pane: 'overlayPane', className: 'grid', narrowest: 5 })
    this.circle.bringToFront()
  }

  show(place: Place): void {
    const at: L.LatLngTuple = [place.lat, place.lon]
    this.pin.setLatLng(at).addTo(this.map)
    if (place.accuracy === undefined) {
      this.circle.remove()
      return
    }
    this.circle.setLatLng(at).setRadius(place.accuracy).addTo(this.map)
    this.map.fitBounds(this.circle.getBounds(), { maxZoom: CLOSE, padding: [24, 24] })
  }

  /** The first tap on a whole town is rough; coming closer invites a second, better one. */
  approach({ lon, lat }: Place): void {
    if (this.map.getZoom() < CLOSE - 1) this.map.setView([lat, lon], CLOSE - 0.5)
    else this.map.panInside([lat, lon], { padding: [40, 60] })
  }

  enlarge(large: boolean): void {
    if (L.Browser.mobile) large ? this.map.dragging.enable() : this.map.dragging.disable()
    large ? this.map.scrollWheelZoom.enable() : this.map.scrollWheelZoom.disable()
    this.map.invalidateSize()
  }

  resized(): void {
    this.map.invalidateSize()
  }

  remove(): void {
    takeAway(this.map)
  }

  private put({ lat, lng }: L.LatLng): void {
    this.hint.hidden = true
    this.onPut({ lon: lng, lat })
    this.approach({ lon: lng, lat })
  }

  private icon(): L.DivIcon {
    const holder = document.createElement('div')
    holder.className = 'pin'
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
    svg.setAttribute('viewBox', '0 0 42 58')
    svg.append(path(PIN, 'pin-body'), path('M28 20a7 7 0 1 1-14 0a7 7 0 1 1 14 0Z', 'pin-eye'))
    this.hint.className = 'pin-hint'
    this.hint.textContent = sayPlace.drag
    holder.append(svg, this.hint)
    return elementIcon(holder, [48, 58], [24, 56])
  }
}

function path(d: string, name: string): SVGPathElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  element.setAttribute('d', d)
  element.setAttribute('class', name)
  return element
}
