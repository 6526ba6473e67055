// The wall's map: the town's polygons on one canvas, the orders on another, names and ripples above.
import * as L from 'leaflet'
import type { Bounds } from '@/shared/client/shapes'
import { sayUnknownArea } from '@/shared/labels/wall'
import { centreOf, type Area } from '@/shared/map/areas'
import { elementIcon, latLngBounds, rem, takeAway, townMap } from '@/shared/map/base'
import { boundsOf, ringsOf, type Grids } from '@/shared/map/grids'
import { Names } from '@/shared/map/names'
import { tintOf } from '@/shared/map/tints'
import type { Watched } from './board'
import { OrderMarker } from './orderMarker'
import { lookOf, type Look } from './sprites'

const MOST_RIPPLES = 12
const ROOM = 0.04

export class OrderMap {
  private readonly map: L.Map
  private readonly markers = new Map<string, OrderMarker>()
  private readonly canvas: L.Renderer
  private readonly ring: L.CircleMarker
  private readonly ground = L.layerGroup()
  private readonly namePane: HTMLElement
  private names: Names[] = []
  private bounds: L.LatLngBounds | undefined
  private moved = false
  private ripples = 0

  constructor(
    element: HTMLElement,
    /** How much of the map's sides is covered by the list of areas and the card, in pixels. */
    private readonly covered: () => { left: number; right: number },
    private readonly heard: { picked(id: string): void; moved(moved: boolean): void },
  ) {
    this.map = townMap(element, { fadeAnimation: false })
    this.namePane = this.map.createPane('names')
    this.map.createPane('orders').style.zIndex = '450'
    this.canvas = L.canvas({ pane: 'orders', padding: 0.1, tolerance: 4 })
    this.ring = L.circleMarker([0, 0], { renderer: this.canvas, color: '#ffffff', weight: 3, fill: false, interactive: false })
    this.ground.addTo(this.map)
    this.map.setView([31.5, 121], 10)
    this.map.on('dragstart', () => this.lock())
    this.map.on('zoomend', () => this.resize())
    element.addEventListener('wheel', () => this.lock(), { passive: true })
    element.addEventListener('dblclick', () => this.lock())
    element.addEventListener('keydown', () => this.lock())
    L.control.scale({ imperial: false, position: 'bottomright', maxWidth: 10 * rem() }).addTo(this.map)
  }

  draw(grids: Grids, areas: Area[]): void {
    this.ground.clearLayers()
    this.names.forEach((names) => names.remove())
    areas.forEach((area, index) => {
      const fill = { color: '#93a9cc', opacity: 0.35, weight: rem() / 16, fillColor: tintOf(index), fillOpacity: 0.42 }
      L.geoJSON(area.grids, { style: { ...fill, interactive: false } }).addTo(this.ground)
    })
    for (const { border } of areas) {
      const lines = border.map((line) => line.map(([lon = 0, lat = 0]) => [lat, lon] as L.LatLngTuple))
      L.polyline(lines, { color: '#c9d8ee', opacity: 0.8, weight: rem() / 8, interactive: false }).addTo(this.ground)
    }
    this.names = [this.nameAreas(areas), this.nameGrids(grids)]
    const bounds = boundsOf(grids)
    if (bounds) this.frame(bounds)
  }

  /** What the map shows as a whole; it stays there until a person moves it. */
  frame(bounds: Bounds): void {
    this.bounds = latLngBounds(bounds).pad(ROOM)
    if (!this.moved) this.map.fitBounds(this.bounds, { animate: false, ...this.padding() })
  }

  whole(): void {
    this.moved = false
    this.heard.moved(false)
    if (this.bounds) this.map.flyToBounds(this.bounds, { duration: 0.6, ...this.padding() })
  }

  zoom(steps: number): void {
    this.lock()
    this.map.setZoom(this.map.getZoom() + steps)
  }

  fit(): void {
    this.map.invalidateSize({ pan: false })
    if (!this.moved && this.bounds) this.map.fitBounds(this.bounds, { animate: false, ...this.padding() })
    this.resize()
  }

  /** Every order in its place; markers that stay are kept, so that a fresh picture costs as little as its differences. */
  show(orders: Watched[], now: number): void {
    const gone = new Set(this.markers.keys())
    const before = this.markers.size
    for (const { order, look } of byRank(orders, now)) {
      gone.delete(order.id)
      this.place(order, look)
    }
    for (const id of gone) this.drop(id)
    if (sizeStep(before) !== sizeStep(this.markers.size)) this.resize()
    if (!this.bounds) this.frameOrders(orders)
  }

  /** Ring an order and make room for its card; nobody's own view is moved further than needed. */
  select(order: Watched | undefined): void {
    this.ring.remove()
    if (!this.moved && this.bounds) this.map.fitBounds(this.bounds, this.padding())
    if (!order) return
    const at: L.LatLngTuple = [order.place.lat, order.place.lon]
    this.ring.setLatLng(at).setRadius(this.radius() * 1.6).addTo(this.map).bringToFront()
    const { left, right } = this.covered()
    if (this.moved) this.map.panInside(at, { paddingTopLeft: L.point(left + 60, 60), paddingBottomRight: L.point(right + 60, 60) })
  }

  /** One order changed: its marker, and one quiet ring that widens and is gone. */
  change(order: Watched, now: number): void {
    this.place(order, lookOf(order, now))
    this.ripple(order)
  }

  private ripple({ place, state }: Watched): void {
    if (this.ripples >= MOST_RIPPLES || document.hidden) return
    this.ripples += 1
    const element = Object.assign(document.createElement('div'), { className: `ripple ${state}` })
    const icon = elementIcon(element, [0, 0], [0, 0])
    const marker = L.marker([place.lat, place.lon], { icon, interactive: false, keyboard: false }).addTo(this.map)
    setTimeout(() => {
      marker.remove()
      this.ripples -= 1
    }, 1600)
  }

  remove(): void {
    this.names.forEach((names) => names.remove())
    takeAway(this.map)
  }

  /** Without grids the orders themselves say where the town is. */
  private frameOrders(orders: Watched[]): void {
    if (this.moved || !orders.length) return
    const bounds = L.latLngBounds(orders.map(({ place }) => [place.lat, place.lon] as L.LatLngTuple))
    this.map.fitBounds(bounds.pad(ROOM), { animate: false, maxZoom: 15 })
  }

  private place(order: Watched, look: Look): void {
    const at: L.LatLngTuple = [order.place.lat, order.place.lon]
    const known = this.markers.get(order.id)
    if (known) {
      const rose = look.rank > known.rank
      if (known.wear(look) && rose) known.bringToFront()
      return
    }
    const marker = new OrderMarker(at, order.id, look, { renderer: this.canvas, radius: this.radius() })
    marker.on('click', () => this.heard.picked(order.id)).addTo(this.map)
    this.markers.set(order.id, marker)
  }

  private drop(id: string): void {
    this.markers.get(id)?.remove()
    this.markers.delete(id)
  }

  private nameAreas(areas: Area[]): Names {
    const names = areas.map(({ name, squads, centre, border }) => {
      return { name: name || sayUnknownArea, beside: squads.join('、'), centre, places: border.flat() }
    })
    return new Names(this.map, this.ground, names, { pane: 'names', className: 'area', narrowest: 6, widest: 34 })
  }

  /** Names of single grids, for who has come closer. */
  private nameGrids(grids: Grids): Names {
    const names = grids.features.map((grid) => {
      return { name: grid.properties.name, centre: centreOf([grid]), places: ringsOf(grid).flat() }
    })
    return new Names(this.map, this.ground, names, { pane: 'names', className: 'grid', narrowest: 14 })
  }

  private padding(): L.FitBoundsOptions {
    const { left, right } = this.covered()
    return { paddingTopLeft: [left, 0], paddingBottomRight: [right, 0] }
  }

  private lock(): void {
    this.moved = true
    this.heard.moved(true)
  }

  /** Large where there is room, small where thousands crowd, larger again when one comes closer. */
  private radius(): number {
    const closer = this.bounds ? this.map.getZoom() - this.map.getBoundsZoom(this.bounds) : 0
    const zoomed = Math.min(1.5, Math.max(0.8, 1 + closer * 0.12))
    return Math.round(rem() * [0.95, 0.75, 0.55, 0.42][sizeStep(this.markers.size)]! * zoomed * 2) / 2
  }

  private resize(): void {
    const radius = this.radius()
    // Few orders lie above the names; where thousands lie, the names would not be seen at all.
    this.namePane.style.zIndex = sizeStep(this.markers.size) < 2 ? '440' : '460'
    for (const marker of this.markers.values()) if (marker.getRadius() !== radius) marker.setRadius(radius)
  }
}

const sizeStep = (orders: number): number => [120, 600, 2500].filter((many) => orders > many).length

// Leaflet draws in the order of arrival: the most urgent come last and lie on top.
const byRank = (orders: Watched[], now: number) =>
  orders.map((order) => ({ order, look: lookOf(order, now) })).sort((one, other) => one.look.rank - other.look.rank)
