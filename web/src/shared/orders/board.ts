// 工单 as they stand: what the first picture said, carried on by changes.
import type { Change, Snapshot } from '@/shared/client/shapes'
import { watched, watchedAll, type Watched } from './watched'

export class Board {
  private orders = new Map<string, Watched>()
  private position = 0

  /** Begin again from a whole picture. */
  begin(snapshot: Snapshot): void {
    this.position = snapshot.position
    this.orders = new Map(watchedAll(snapshot).map((order) => [order.id, order]))
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
