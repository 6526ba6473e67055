// 队伍位置: which squad is where, in its own colour, and how long ago that was.
import type { SquadPosition } from '@/shared/client/shapes'
import type { Area } from '@/shared/map/areas'

/** The areas' quiet tints, bright enough for something small. */
const BRIGHT = ['#74b6f5', '#6fcf9f', '#b7a2ef', '#e0b473', '#9dbccf', '#dd95bd', '#66cbd4', '#b3c16d']

export const brightOf = (index: number): string => BRIGHT[index % BRIGHT.length] as string

const MINUTE = 60_000
const FADED = 5 * MINUTE
const GONE = 30 * MINUTE

export interface Seen extends SquadPosition {
  colour: string
  faded: boolean
  /** Whole minutes since it was there. */
  minutes: number
}

/** Squads by name in the order of their areas, so that a squad has its area's hue; others follow. */
export function colourOf(areas: Area[]): (squad: string) => string {
  const order = [...new Set(areas.flatMap(({ squads }) => squads))]
  const areaOf = (squad: string) => areas.findIndex(({ squads }) => squads.includes(squad))
  return (squad) => {
    const known = areaOf(squad)
    if (known >= 0) return brightOf(known)
    if (!order.includes(squad)) order.push(squad)
    return brightOf(order.indexOf(squad))
  }
}

/** Those that were heard of within half an hour. */
export function seenAt(positions: SquadPosition[], now: number, colour: (squad: string) => string): Seen[] {
  return positions
    .map((position) => ({ position, age: Math.max(0, now - Date.parse(position.at)) }))
    .filter(({ age }) => age <= GONE)
    .map(({ position, age }) => ({
      ...position,
      colour: colour(position.squad.name),
      faded: age > FADED,
      minutes: Math.floor(age / MINUTE),
    }))
}
