// 工单 on the wall: what the snapshot said, carried on by changes, and the questions the panels ask about it.
import type { Change, Order, Snapshot } from '@/shared/client/shapes'
import { STAGES, isEnded, stageOf, type Mark } from '@/shared/states'

export class Board {
  private orders = new Map<string, Order>()
  private position = 0

  /** Begin again from a whole picture. */
  begin({ position, orders }: Snapshot): void {
    this.position = position
    this.orders = new Map(orders.map((order) => [order.id, order]))
  }

  /** Carry a change on. False for one that was seen before, or that concerns no order. */
  carry({ position, order }: Change): boolean {
    if (position <= this.position) return false
    this.position = position
    if (!order || (this.orders.get(order.id)?.version ?? 0) > order.version) return false
    this.orders.set(order.id, order)
    return true
  }

  all(): Order[] {
    return [...this.orders.values()]
  }

  get(id: string): Order | undefined {
    return this.orders.get(id)
  }
}

const QUARTER = 0.25
const NEAR_AT_MOST = 2 * 3_600_000

/** 超时, also when the clock ran out since the service last said so. */
export function isLate(order: Order, now: number): boolean {
  if (isEnded(order.state)) return false
  return order.late || (order.clock?.state === 'running' && Date.parse(order.clock.due_at) < now)
}

/** 快到时限: the last quarter of the term, but no more than two hours of it. */
export function isNear(order: Order, now: number): boolean {
  if (!order.clock || order.clock.state !== 'running' || isEnded(order.state)) return false
  const [start, due] = [Date.parse(order.clock.started_at), Date.parse(order.clock.due_at)]
  return due >= now && due - now <= Math.min((due - start) * QUARTER, NEAR_AT_MOST)
}

export interface Counts {
  by: Record<Mark, number>
  accepted: number
  open: number
}

/** Every order counts once by its stage; a late one counts again under late. */
export function countsOf(orders: Order[], now: number): Counts {
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
  late: Order[]
  near: Order[]
  /** The next clock to run out, when none is late or near. */
  next: Order | undefined
}

/** Orders whose clock ran out or is about to, the most urgent first. */
export function pressing(orders: Order[], now: number): Pressing {
  const clocked = orders.filter(({ clock, state }) => clock && !isEnded(state))
  const byDue = sortedBy(clocked, ({ clock }) => Date.parse(clock?.due_at ?? ''))
  const late = byDue.filter((order) => isLate(order, now))
  return {
    late,
    near: byDue.filter((order) => isNear(order, now) && !isLate(order, now)),
    next: byDue.find((order) => order.clock?.state === 'running' && !isLate(order, now)),
  }
}

/** The orders that changed last, newest first. */
export const latest = (orders: Order[], most: number): Order[] =>
  sortedBy(orders, ({ changed_at }) => -Date.parse(changed_at)).slice(0, most)

// Each moment is read once: reading it in every comparison is what costs with thousands of orders.
function sortedBy(orders: Order[], moment: (order: Order) => number): Order[] {
  const dated = orders.map((order) => ({ order, at: moment(order) }))
  return dated.sort((one, other) => one.at - other.at).map(({ order }) => order)
}

export interface AreaCounts {
  open: number
  late: number
}

/** Open and late orders by area code; those in no grid stand under the empty code. */
export function countsByArea(orders: Order[], now: number): Map<string, AreaCounts> {
  const found = new Map<string, AreaCounts>()
  for (const order of orders.filter(({ state }) => !isEnded(state))) {
    const code = order.area?.code ?? ''
    const counts = found.get(code) ?? { open: 0, late: 0 }
    found.set(code, { open: counts.open + 1, late: counts.late + Number(isLate(order, now)) })
  }
  return found
}
