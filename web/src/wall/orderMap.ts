// The wall's map: the town's polygons on one canvas, the orders on another, names, squads and ripples above.
import * as L from 'leaflet'
import type { Bounds } from '@/shared/client/shapes'
import type { Area } from '@/shared/map/areas'
import { elementIcon, latLngBounds, rem, takeAway, townMap } from '@/shared/map/base'
import { boundsOf, type Grids } from '@/shared/map/grids'
import type { Watched } from '@/shared/orders/watched'
import { Ground, type Shading } from './ground'
import type { Steps } from './load'
import { MapNames } from './mapNames'
import { OrderMarker } from './orderMarker'
import type { Label } from './placing'
import { lookOf, type Look } from './sprites'
import { SquadMarks } from './squadMarks'
import type { Seen } from './squads'

const MOST_RIPPLES = 12
const ROOM = 0.04
/** In rem; on a narrower map everything is smaller. */
const WIDE = 50

export class OrderMap {
  private readonly map: L.Map
  private readonly markers = new Map<string, OrderMarker>()
  private readonly canvas: L.Renderer
  private readonly ring: L.CircleMarker
  private readonly ground: Ground
  private readonly names: MapNames
  private readonly squads: SquadMarks
  private readonly namePane: HTMLElement
  private bounds: L.LatLngBounds | undefined
  private moved = false
  private ripples = 0
  private carpeted = false

  constructor(
    element: HTMLElement,
    /** How much of the map's left side is covered by the list of areas, in pixels. */
    private readonly covered: () => number,
    private readonly heard: { picked(id: string): void; moved(moved: boolean): void },
  ) {
    // One finger scrolls the page, two move the map: else nobody gets past it on a phone.
    this.map = townMap(element, { fadeAnimation: false, dragging: !matchMedia('(max-width: 1000px) and (pointer: coarse)').matches })
    this.namePane = this.map.createPane('names')
    this.map.createPane('orders').style.zIndex = '450'
    this.map.createPane('areas').style.zIndex = '470'
    this.map.createPane('squads').style.zIndex = '480'
    this.canvas = L.canvas({ pane: 'orders', padding: 0.1, tolerance: 4 })
    this.ring = L.circleMarker([0, 0], { renderer: this.canvas, color: '#ffffff', weight: 3, fill: false, interactive: false })
    this.map.setView([31.5, 121], 10)
    this.ground = new Ground(this.map)
    this.names = new MapNames(this.map, { area: 'areas', grid: 'names' }, () => this.stamps())
    this.squads = new SquadMarks(this.map, 'squads')
    this.map.on('dragstart', () => this.lock())
    this.map.on('zoomend', () => this.resize())
    element.addEventListener('wheel', () => this.lock(), { passive: true })
    element.addEventListener('dblclick', () => this.lock())
    element.addEventListener('keydown', () => this.lock())
    L.control.scale({ imperial: false, position: 'bottomright', maxWidth: 10 * rem() }).addTo(this.map)
  }

  draw(grids: Grids, areas: Area[]): void {
    this.ground.draw(areas)
    const bounds = boundsOf(grids)
    if (bounds) this.frame(bounds)
    this.names.draw(grids, areas)
  }

  shade(shading: Shading, open: (grid: string) => number, steps: Steps): void {
    this.ground.shade(shading, open, steps)
  }

  showSquads(seen: Seen[]): void {
    this.squads.show(seen)
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
    this.carpeted = sizeStep(orders.length) === CARPET
    for (const { order, look } of this.byRank(orders, now)) {
      gone.delete(order.id)
      this.place(order, look)
    }
    for (const id of gone) this.drop(id)
    if (sizeStep(before) !== sizeStep(this.markers.size)) this.resize()
    if (!this.bounds) this.frameOrders(orders)
    this.names.fit()
  }

  /** Where shapes of orders lie; where thousands lie, names stand above them. */
  private stamps(): Label[] {
    if (sizeStep(this.markers.size) > 1) return []
    return [...this.markers.values()].map((marker) => {
      const size = marker.getRadius() * 1.5
      return { ...this.map.latLngToContainerPoint(marker.getLatLng()), width: size, height: size, must: true }
    })
  }

  /** Ring an order, and bring it into view where somebody's own view leaves it out. */
  select(order: Watched | undefined): void {
    this.ring.remove()
    if (!order) return
    const at: L.LatLngTuple = [order.place.lat, order.place.lon]
    this.ring.setLatLng(at).setRadius(this.radius() * 1.6).addTo(this.map).bringToFront()
    if (this.moved) this.map.panInside(at, { paddingTopLeft: L.point(this.covered() + 60, 60), paddingBottomRight: L.point(60, 60) })
  }

  /** One order changed: its marker, and one quiet ring that widens and is gone. */
  change(order: Watched, now: number): void {
    this.place(order, this.look(order, now))
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
    this.names.remove()
    takeAway(this.map)
  }

  /** Without grids the orders themselves say where the town is. */
  private frameOrders(orders: Watched[]): void {
    if (this.moved || !orders.length) return
    const bounds = L.latLngBounds(orders.map(({ place }) => [place.lat, place.lon] as L.LatLngTuple))
    this.map.fitBounds(bounds.pad(ROOM), { animate: false, maxZoom: 15 })
  }

  // Leaflet draws in the order of arrival: the most urgent come last and lie on top.
  private byRank(orders: Watched[], now: number): { order: Watched; look: Look }[] {
    return orders.map((order) => ({ order, look: this.look(order, now) })).sort((one, other) => one.look.rank - other.look.rank)
  }

  /** Where thousands would cover the town like a carpet, calm ones are dots, and rings would ring everything. */
  private look(order: Watched, now: number): Look {
    const look = lookOf(order, now)
    return this.carpeted ? { ...look, ringed: false, size: look.size * (look.rank > 1 ? 0.85 : 0.5) } : look
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

  private padding(): L.FitBoundsOptions {
    return { paddingTopLeft: [this.covered(), 0] }
  }

  private lock(): void {
    this.moved = true
    this.heard.moved(true)
  }

  /** Large where there is room, small where thousands crowd, larger again when one comes closer. */
  private radius(): number {
    const closer = this.bounds ? this.map.getZoom() - this.map.getBoundsZoom(this.bounds) : 0
    const zoomed = Math.min(1.5, Math.max(0.8, 1 + closer * 0.12))
    const room = Math.min(1, Math.max(0.6, this.map.getSize().x / (WIDE * rem())))
    return Math.round(rem() * [0.95, 0.75, 0.55, 0.42][sizeStep(this.markers.size)]! * zoomed * room * 2) / 2
  }

  private resize(): void {
    const radius = this.radius()
    // Few orders lie above the names; where thousands lie, the names would not be seen at all.
    this.namePane.style.zIndex = sizeStep(this.markers.size) < 2 ? '440' : '460'
    for (const marker of this.markers.values()) if (marker.getRadius() !== radius) marker.setRadius(radius)
  }
}

const CARPET = 3
const sizeStep = (orders: number): number => [120, 600, 2500].filter((many) => orders > many).length
