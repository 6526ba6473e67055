// What the maps of all pages share. There is no base map: the town's own polygons are the map, and nothing is fetched.
import * as L from 'leaflet'
import 'leaflet/dist/leaflet.css'
import './map.css'
import type { Bounds } from '@/shared/client/shapes'

export function townMap(element: HTMLElement, options: L.MapOptions = {}): L.Map {
  return L.map(element, {
    attributionControl: false,
    zoomControl: false,
    preferCanvas: true,
    zoomSnap: 0.25,
    zoomDelta: 0.5,
    wheelPxPerZoomLevel: 160,
    minZoom: 6,
    maxZoom: 18,
    ...options,
  })
}

const ZOOM_TAKES = 400

/** Take a map away. Leaflet ends a zoom that it has begun, and breaks when its map is gone by then. */
export function takeAway(map: L.Map): void {
  setTimeout(() => map.remove(), ZOOM_TAKES)
}

export const latLngBounds = ([west, south, east, north]: Bounds) => L.latLngBounds([south, west], [north, east])

/** An element of our own as a marker: Leaflet's marker pictures are not used. */
export function elementIcon(html: HTMLElement, size: [number, number], anchor: [number, number]): L.DivIcon {
  return L.divIcon({ html, iconSize: size, iconAnchor: anchor, className: 'map-icon' })
}

/** The page's unit in pixels: what is drawn grows with the screen as the letters do. */
export const rem = (): number => parseFloat(getComputedStyle(document.documentElement).fontSize)
