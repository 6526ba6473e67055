// Names of areas and grids on the wall: as many as fit, areas first, none over another.
import * as L from 'leaflet'
import { NUMBERED, sayUnknownArea } from '@/shared/labels/wall'
import { centreOf, type Area } from '@/shared/map/areas'
import { elementIcon, rem } from '@/shared/map/base'
import { gridAt, ringsOf, type Grid, type Grids } from '@/shared/map/grids'
import { place, type Label, type Placed } from './placing'

interface Written extends Label {
  /** The name with its line break. */
  written: string
}

interface Name {
  className: 'area' | 'grid'
  text: string
  centre: L.LatLng
  bounds: L.LatLngBounds
  holds(place: L.LatLng): boolean
}

// In rem. What is narrower on the screen cannot carry its name; an area that fills the screen needs none any more.
const NARROWEST = { area: 6, grid: 0 }
const WIDEST = { area: 60, grid: Infinity }
const LETTER = { area: 1.25, grid: 1.125 }
const WEIGHT = { area: 700, grid: 400 }
const LINE = 1.3
/** Where a name may stand instead of in the middle, the nearest first. */
const BESIDE = {
  grid: [[0, 1], [0, -1]],
  area: [0, 1, -1, 2, -2, 3, -3, 4, -4].flatMap((dy) => [0, 1.5, -1.5, 3, -3, 4.5, -4.5].map((dx) => [dx, dy])).sort((one, other) => far(one) - far(other)),
}
/** A name may stick out of its grid a little, since it stands on nothing but neighbours. */
const OVERHANG = 1.15
/** How much of its area a long name may take; the rest is left out. */
const SHARE = 0.8
const IN_VIEW = 0.2

export class MapNames {
  private names: Name[] = []
  private shown = new Map<Name, L.Marker>()
  private readonly pen = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D

  constructor(
    private readonly map: L.Map,
    private readonly panes: Record<Name['className'], string>,
    /** What names of grids must not lie under, in pixels of the map. */
    private readonly inTheWay: () => Label[],
  ) {
    map.on('zoomend moveend viewreset resize', this.fit, this)
  }

  draw(grids: Grids, areas: Area[]): void {
    this.clear()
    const ofAreas = areas.map(({ name, centre, grids: own }) => named('area', name || sayUnknownArea, centre, own))
    const ofGrids = grids.features.map((grid) => named('grid', grid.properties.name, centreOf([grid]), [grid]))
    this.names = [...ofAreas, ...ofGrids]
    this.fit()
  }

  remove(): void {
    this.map.off('zoomend moveend viewreset resize', this.fit, this)
    this.clear()
  }

  private clear(): void {
    for (const marker of this.shown.values()) marker.remove()
    this.shown.clear()
  }

  /** Once more, after something moved into the way. */
  fit(): void {
    const unit = rem()
    const view = this.map.getBounds().pad(IN_VIEW)
    const wanted = this.names
      .filter(({ centre }) => view.contains(centre))
      .map((name) => ({ name, label: this.label(name, unit) }))
      .flatMap(({ name, label }) => (label ? [{ name, label }] : []))
    const spots = this.placed(wanted)
    const before = this.shown
    this.shown = new Map()
    wanted.forEach(({ name, label }, index) => {
      const spot = spots[index]
      if (spot) this.shown.set(name, this.stand(before.get(name), name, label, spot))
    })
    for (const [name, marker] of before) if (!this.shown.has(name)) marker.remove()
  }

  /** Areas give way if they can, grids stand only where nothing is. */
  private placed(wanted: { label: Label }[]): (Placed | undefined)[] {
    const inTheWay = this.inTheWay()
    return place([...inTheWay, ...wanted.map(({ label }) => label)]).slice(inTheWay.length)
  }

  private stand(known: L.Marker | undefined, { className }: Name, { written, width }: Written, { x, y }: Placed): L.Marker {
    const at = this.map.containerPointToLatLng([x, y])
    const marker = known?.setLatLng(at) ?? this.make(className, at)
    const text = marker.getElement()?.querySelector('b')
    if (text) {
      if (text.textContent !== written) text.textContent = written
      // CSSOM, not markup: the strict content policy allows it.
      text.style.maxWidth = `${width}px`
    }
    return marker
  }

  private make(className: Name['className'], at: L.LatLng): L.Marker {
    const element = Object.assign(document.createElement('div'), { className: `map-name ${className}` })
    element.append(document.createElement('b'))
    const icon = elementIcon(element, [0, 0], [0, 0])
    return L.marker(at, { icon, pane: this.panes[className], interactive: false, keyboard: false }).addTo(this.map)
  }

  /** How much room the name wants on the screen; nothing where it cannot be told what it belongs to. */
  private label({ className, text, centre, bounds, holds }: Name, unit: number): Written | undefined {
    const [west, east] = [bounds.getSouthWest(), bounds.getNorthEast()].map((corner) => this.map.latLngToContainerPoint(corner)) as [L.Point, L.Point]
    const across = east.x - west.x
    if (across < NARROWEST[className] * unit || across >= WIDEST[className] * unit) return undefined
    const { x, y } = this.map.latLngToContainerPoint(centre)
    const most = className === 'area' ? across * SHARE : Infinity
    for (const lines of className === 'grid' ? [[text], halves(text)] : [[text]]) {
      const width = Math.min(most, this.widest(lines, LETTER[className] * unit, WEIGHT[className]))
      const height = LETTER[className] * LINE * unit * lines.length
      const fits = width <= across * OVERHANG && height <= (west.y - east.y) * OVERHANG
      const elsewhere = BESIDE[className]
        .map(([dx = 0, dy = 0]) => [dx * unit, dy * unit] as [number, number])
        .filter(([dx, dy]) => holds(this.map.containerPointToLatLng([x + dx, y + dy])))
      const must = className === 'area'
      if (fits || must) return { x, y, width, height, written: lines.join('\n'), elsewhere, must }
    }
    return undefined
  }

  private widest(lines: string[], size: number, weight: number): number {
    this.pen.font = `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`
    return Math.ceil(Math.max(...lines.map((line) => this.pen.measureText(line).width))) + 1
  }
}

/** In two lines, before its number where it has one. */
function halves(text: string): string[] {
  const number = text.lastIndexOf(NUMBERED)
  const at = number > 0 ? number : Math.ceil(text.length / 2)
  return [text.slice(0, at), text.slice(at)]
}

function far([dx = 0, dy = 0]: number[]): number {
  return Math.hypot(dx, dy * 1.5)
}

function named(className: Name['className'], text: string, [lon = 0, lat = 0]: number[], features: Grid[]): Name {
  const bounds = L.latLngBounds(features.flatMap(ringsOf).flat().map(([x = 0, y = 0]) => [y, x] as L.LatLngTuple))
  const holds = ({ lng, lat }: L.LatLng) => gridAt({ type: 'FeatureCollection', features }, { lon: lng, lat }) !== undefined
  return { className, text, centre: L.latLng(lat, lon), bounds, holds }
}
