// 附近的在办工单: what the matter that is just being told may already be.
import type { LonLat, Order } from '@/shared/client/shapes'
import { isEnded } from '@/shared/states'
import { metresBetween } from '../geo'

const NEAR = 300
/** The same kind is looked for a little farther away: people point at the street, not at the stall. */
const NEAR_SAME_KIND = 500
const MOST = 6

export interface Nearby<Known extends Order = Order> {
  order: Known
  metres: number
  sameKind: boolean
}

export function nearby<Known extends Order>(orders: Known[], place: LonLat, category: string): Nearby<Known>[] {
  return orders
    .filter(({ state }) => !isEnded(state))
    .map((order) => ({ order, metres: metresBetween(place, order.place), sameKind: order.category === category }))
    .filter(({ metres, sameKind }) => metres <= (sameKind ? NEAR_SAME_KIND : NEAR))
    .sort((one, other) => Number(other.sameKind) - Number(one.sameKind) || one.metres - other.metres)
    .slice(0, MOST)
}
