// The questions the wall's panels ask about the orders.
import type { Watched } from '@/shared/orders/watched'
import { ASIDE, STAGES, isEnded, stageOf, type Mark } from '@/shared/states'

const SOON = 30 * 60_000
const UNTAKEN: string[] = ['received', 'returned', 'arbitration', 'dispatched']

/** 超时, also when the clock ran out since the service last said so. */
export const isLate = ({ state, late, due }: Watched, now: number): boolean => (late || due < now) && !isEnded(state)

export const isNear = (order: Watched, now: number): boolean =>
  order.due >= now && order.nearFrom <= now && !order.late && !isEnded(order.state)

/** 半小时内到时限. */
export const isSoon = ({ state, late, due }: Watched, now: number): boolean =>
  due >= now && due - now <= SOON && !late && !isEnded(state)

/** An alarm stands until somebody has signed for the order. */
export const isAlarm = ({ alarm, state }: Watched): boolean => alarm && UNTAKEN.includes(state)

/** Alarms, the one that has waited longest first. */
export const alarms = (orders: Watched[]): Watched[] =>
  orders.filter(isAlarm).sort((one, other) => one.received - other.received)

export interface Counts {
  by: Record<Mark, number>
  accepted: number
  open: number
  /** Open orders by whose hands they are in. */
  lanes: Record<string, number>
}

/** Every order counts once by its stage; a late one counts again under late. */
export function countsOf(orders: Watched[], now: number): Counts {
  const by = Object.fromEntries([...STAGES, ...ASIDE, 'late'].map((mark) => [mark, 0])) as Record<Mark, number>
  const lanes: Record<string, number> = {}
  let accepted = 0
  for (const order of orders) {
    by[stageOf(order.state)] += 1
    if (isEnded(order.state)) continue
    lanes[order.lane] = (lanes[order.lane] ?? 0) + 1
    if (order.state === 'accepted') accepted += 1
    if (isLate(order, now)) by.late += 1
  }
  return { by, accepted, open: orders.length - by.closed, lanes }
}

export interface Pressing {
  late: Watched[]
  near: Watched[]
  /** The next clock to run out, when none is late or near. */
  next: Watched | undefined
}

const byDue = (one: Watched, other: Watched) => one.due - other.due

/** Orders whose clock ran out or is about to, the most urgent first. */
export function pressing(orders: Watched[], now: number): Pressing {
  const late = orders.filter((order) => isLate(order, now)).sort(byDue)
  const near = orders.filter((order) => isNear(order, now) || isSoon(order, now)).sort(byDue)
  return { late, near, next: late.length || near.length ? undefined : soonest(orders, now) }
}

function soonest(orders: Watched[], now: number): Watched | undefined {
  const running = orders.filter(({ due, state }) => due >= now && due < Infinity && !isEnded(state))
  return running.reduce<Watched | undefined>((first, order) => (first && first.due <= order.due ? first : order), undefined)
}

/** The orders that changed last, newest first: looked at once each, however many there are. */
export function latest(orders: Watched[], most: number): Watched[] {
  const newest: Watched[] = []
  for (const order of orders) {
    if (newest.length === most && order.changed <= (newest[most - 1]?.changed ?? 0)) continue
    const place = newest.findIndex(({ changed }) => changed < order.changed)
    newest.splice(place < 0 ? newest.length : place, 0, order)
    newest.length = Math.min(newest.length, most)
  }
  return newest
}

export interface PlaceCounts {
  open: number
  late: number
}

/** Open and late orders by a place of theirs; those without it stand under the empty code. */
export function countsBy(place: 'area' | 'grid', orders: Watched[], now: number): Map<string, PlaceCounts> {
  const found = new Map<string, PlaceCounts>()
  for (const order of orders) {
    if (isEnded(order.state)) continue
    const code = order[place]?.code ?? ''
    const counts = found.get(code) ?? { open: 0, late: 0 }
    counts.open += 1
    counts.late += Number(isLate(order, now))
    found.set(code, counts)
  }
  return found
}
