// 工单 on the wall: what the snapshot said, carried on by changes, and the questions the panels ask about it.
import type { Change, Order, Snapshot } from '@/shared/client/shapes'
import { STAGES, isEnded, stageOf, type Mark } from '@/shared/states'

/** An order with its moments read once, because thousands of them are asked every second. */
export interface Watched extends Order {
  changed: number
  /** When its running or missed clock is due; Infinity without one. */
  due: number
  /** From when on that clock counts as near. */
  nearFrom: number
}

const QUARTER = 0.25
const NEAR_AT_MOST = 2 * 3_600_000

/** 快到时限 is the last quarter of the term, but no more than two hours of it. */
export function watched(order: Order): Watched {
  const { clock } = order
  const due = clock ? Date.parse(clock.due_at) : Infinity
  const span = clock ? due - Date.parse(clock.started_at) : 0
  return { ...order, changed: Date.parse(order.changed_at), due, nearFrom: due - Math.min(span * QUARTER, NEAR_AT_MOST) }
}

export class Board {
  private orders = new Map<string, Watched>()
  private position = 0

  /** Begin again from a whole picture. */
  begin({ position, orders }: Snapshot): void {
    this.position = position
    this.orders = new Map(orders.map((order) => [order.id, watched(order)]))
  }

  /** Carry a change on and give the order as it is now; nothing for a change that was seen before or names no order. */
  carry({ position, order }: Change): Watched | undefined {
    if (position <= this.position) return undefined
    this.position = position
    if (!order || (this.orders.get(order.id)?.version ?? 0) > order.version) return undefined
    const now = watched(order)
    this.orders.set(order.id, now)
    return now
  }

  all(): Watched[] {
    return [...this.orders.values()]
  }

  get(id: string): Watched | undefined {
    return this.orders.get(id)
  }
}

/** 超时, also when the clock ran out since the service last said so. */
export const isLate = ({ state, late, due }: Watched, now: number): boolean => (late || due < now) && !isEnded(state)

export const isNear = (order: Watched, now: number): boolean =>
  order.due >= now && order.nearFrom <= now && !order.late && !isEnded(order.state)

export interface Counts {
  by: Record<Mark, number>
  accepted: number
  open: number
}

/** Every order counts once by its stage; a late one counts again under late. */
export function countsOf(orders: Watched[], now: number): Counts {
  const by = Object.fromEntries([...STAGES, 'late'].map((mark) => [mark, 0])) as Record<Mark, number>
  let accepted = 0
  for (const order of orders) {
    by[stageOf(order.state)] += 1
    if (order.state === 'accepted') accepted += 1
    if (isLate(order, now)) by.late += 1
  }
  return { by, accepted, open: orders.length - by.closed }
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
  const near = orders.filter((order) => isNear(order, now)).sort(byDue)
  return { late, near, next: late.length || near.length ? undefined : soonest(orders, now) }
}

function soonest(orders: Watched[], now: number): Watched | undefined {
  const running = orders.filter(({ due, state }) => due >= now && due < Infinity && !isEnded(state))
  return running.sort(byDue)[0]
}

/** The orders that changed last, newest first. */
export const latest = (orders: Watched[], most: number): Watched[] =>
  [...orders].sort((one, other) => other.changed - one.changed).slice(0, most)

export interface AreaCounts {
  open: number
  late: number
}

/** Open and late orders by area code; those in no grid stand under the empty code. */
export function countsByArea(orders: Watched[], now: number): Map<string, AreaCounts> {
  const found = new Map<string, AreaCounts>()
  for (const order of orders) {
    if (isEnded(order.state)) continue
    const code = order.area?.code ?? ''
    const counts = found.get(code) ?? { open: 0, late: 0 }
    found.set(code, { open: counts.open + 1, late: counts.late + Number(isLate(order, now)) })
  }
  return found
}
