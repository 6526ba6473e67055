// 先急后缓: what must be looked at first stands on top.
import type { DeskOrder } from '../shapes'

const dueOf = ({ clock }: DeskOrder) => (clock ? Date.parse(clock.due_at) : Infinity)

/** Alarms first, then by the clock that runs out soonest, then by how long it waits. */
export function byUrgency(orders: DeskOrder[]): DeskOrder[] {
  return [...orders].sort(
    (one, other) =>
      Number(other.alarm) - Number(one.alarm) ||
      soonest(dueOf(one), dueOf(other)) ||
      Date.parse(one.received_at) - Date.parse(other.received_at),
  )
}

const soonest = (one: number, other: number) => (one === other ? 0 : one - other)

export const isOver = (order: DeskOrder, now: number): boolean => order.late || dueOf(order) < now
