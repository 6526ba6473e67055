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
  /** Across the screen, in pixels, as the map is now. */
  width: number
}

/** Pixels that two names keep between them. */
const APART = 2

/** All names of a map, in the order they were written: what was written first keeps its place. */
const onMap = new WeakMap<L.Map, Names[]>()

export class Names {
  private readonly shown: Shown[]

  constructor(
    private readonly map: L.Map,
    layer: L.LayerGroup,
    names: Name[],
    private readonly showing: Showing,
  ) {
    this.shown = names.map((name) => this.write(name, layer))
    if (!onMap.has(map)) map.on('zoomend viewreset resize', () => fitAll(map))
    onMap.set(map, [...(onMap.get(map) ?? []), this])
    fitAll(map)
  }

  remove(): void {
    onMap.set(this.map, (onMap.get(this.map) ?? []).filter((names) => names !== this))
  }

  /** Show what its place can carry; gives back what is shown, the widest places first. */
  fit(): HTMLElement[] {
    const { narrowest, widest = Infinity } = this.showing
    for (const shown of this.shown) {
      shown.width = this.across(shown.bounds)
      shown.element.hidden = shown.width < narrowest * rem() || shown.width >= widest * rem()
      // CSSOM, not markup: the strict content policy allows it.
      shown.element.style.maxWidth = `${shown.width * 0.85}px`
      shown.beside.hidden = false
    }
    const carried = this.shown.filter(({ element }) => !element.hidden)
    const tooLong = carried.filter(({ beside }) => beside.scrollWidth > beside.clientWidth)
    for (const { beside } of tooLong) beside.hidden = true
    return carried.sort((one, other) => other.width - one.width).map(({ element }) => element)
  }

  private write({ name, beside = '', centre: [lon = 0, lat = 0], places }: Name, layer: L.LayerGroup): Shown {
    const { pane, className } = this.showing
    const second = piece('span', beside)
    const element = Object.assign(document.createElement('div'), { className: `map-name ${className}` })
    element.append(piece('b', name), second)
    L.marker([lat, lon], { icon: elementIcon(element, [0, 0], [0, 0]), pane, interactive: false, keyboard: false }).addTo(layer)
    const bounds = L.latLngBounds(places.map(([x = 0, y = 0]) => [y, x] as L.LatLngTuple))
    return { element, beside: second, bounds, width: 0 }
  }

  private across(bounds: L.LatLngBounds): number {
    return this.map.latLngToContainerPoint(bounds.getNorthEast()).x - this.map.latLngToContainerPoint(bounds.getSouthWest()).x
  }
}

/** No name lies over another: whoever comes later where two would meet is left out until there is room. */
function fitAll(map: L.Map): void {
  const taken: DOMRect[] = []
  const carried = (onMap.get(map) ?? []).flatMap((names) => names.fit())
  const boxes = carried.map((element) => ({ element, box: element.getBoundingClientRect() }))
  for (const { element, box } of boxes) {
    element.hidden = taken.some((other) => meet(box, other))
    if (!element.hidden) taken.push(box)
  }
}

const meet = (one: DOMRect, other: DOMRect): boolean =>
  one.left < other.right + APART && other.left < one.right + APART && one.top < other.bottom + APART && other.top < one.bottom + APART

function piece(tag: string, textContent: string): HTMLElement {
  return Object.assign(document.createElement(tag), { textContent })
}
