// Coordinates as people paste them: 「121.0712, 31.5703」, in either order, with degree signs or Chinese commas.
import type { LonLat } from '@/shared/client/shapes'

const NUMBER = /-?\d+(?:\.\d+)?/g
const CHINA = { west: 73, east: 136, south: 3, north: 54 }

/** Nothing when the text is not exactly one place in China. */
export function readCoordinates(text: string): LonLat | undefined {
  const found = (text.match(NUMBER) ?? []).map(Number)
  if (found.length !== 2) return undefined
  const [one, other] = found as [number, number]
  return [
    { lon: one, lat: other },
    { lon: other, lat: one },
  ].find(isInChina)
}

const isInChina = ({ lon, lat }: LonLat) =>
  lon >= CHINA.west && lon <= CHINA.east && lat >= CHINA.south && lat <= CHINA.north
