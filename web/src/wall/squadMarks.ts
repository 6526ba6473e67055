// The squads' tablets on the map: small shields that fade when they have been silent.
import * as L from 'leaflet'
import { saySquads } from '@/shared/labels/wall'
import { elementIcon, rem } from '@/shared/map/base'
import { place } from './placing'
import type { Seen } from './squads'

const SVG = 'http://www.w3.org/2000/svg'
/** On a field of 20 × 20. */
export const SHIELD = 'M10 1.2 17.2 3.8V9.6c0 4.4-2.9 7.4-7.2 9.2C5.7 17 2.8 14 2.8 9.6V3.8Z'

interface Mark {
  marker: L.Marker
  element: HTMLElement
  age: HTMLElement
}

export class SquadMarks {
  private readonly marks = new Map<string, Mark>()

  constructor(
    private readonly map: L.Map,
    private readonly pane: string,
  ) {
    map.on('zoomend', this.spread, this)
  }

  show(seen: Seen[]): void {
    const gone = new Set(this.marks.keys())
    for (const one of seen) {
      gone.delete(one.device)
      this.wear(this.marks.get(one.device) ?? this.make(one), one)
    }
    for (const device of gone) {
      this.marks.get(device)?.marker.remove()
      this.marks.delete(device)
    }
    this.spread()
  }

  /** Ages are told where they cover no other mark. */
  private spread(): void {
    const marks = [...this.marks.values()]
    const spots = marks.map(({ marker }) => this.map.latLngToContainerPoint(marker.getLatLng()))
    const [wide, high] = [1.5 * rem(), 1.6 * rem()]
    const shields = spots.map(({ x, y }) => ({ x, y, width: wide, height: high, must: true }))
    const ages = spots.map(({ x, y }) => ({ x, y: y + high, width: wide * 1.6, height: high * 0.6 }))
    const free = place([...shields, ...ages]).slice(marks.length)
    marks.forEach(({ age }, index) => (age.hidden = !free[index]))
  }

  private wear({ marker, element, age }: Mark, { lat, lon, faded, minutes, colour, squad, device }: Seen): void {
    marker.setLatLng([lat, lon])
    element.classList.toggle('faded', faded)
    // CSSOM, not markup: the strict content policy allows it.
    element.style.color = colour
    element.title = saySquads.title(squad.name, device, minutes)
    age.textContent = faded ? saySquads.age(minutes) : ''
  }

  private make({ device, lat, lon }: Seen): Mark {
    const element = Object.assign(document.createElement('div'), { className: 'squad-mark' })
    const age = document.createElement('small')
    element.append(shield(), age)
    const icon = elementIcon(element, [0, 0], [0, 0])
    const marker = L.marker([lat, lon], { icon, pane: this.pane, interactive: false, keyboard: false }).addTo(this.map)
    const mark = { marker, element, age }
    this.marks.set(device, mark)
    return mark
  }
}

function shield(): SVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  const path = document.createElementNS(SVG, 'path')
  svg.setAttribute('viewBox', '0 0 20 20')
  path.setAttribute('d', SHIELD)
  svg.append(path)
  return svg
}
