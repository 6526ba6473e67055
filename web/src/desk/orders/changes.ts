// 刚刚的变化: what somebody else did to an order while it lay open here.
import { sayDifference } from '@/shared/labels/desk'
import type { DeskOrderDetail } from '../shapes'

export interface Difference {
  name: string
  before: string
  now: string
}

const FACTS: [name: keyof typeof sayDifference, of: (order: DeskOrderDetail) => string][] = [
  ['state', (order) => order.state_name],
  ['squad', (order) => order.squad?.name ?? ''],
  ['partner', (order) => order.partner?.name ?? ''],
  ['leader', (order) => order.leader?.name ?? ''],
  ['kind', (order) => order.category_name],
  ['grid', (order) => order.grid?.name ?? ''],
  ['power', (order) => order.power?.name ?? ''],
  ['outcome', (order) => order.outcome_name ?? ''],
  ['reports', (order) => String(order.reports.length)],
]

export function differences(before: DeskOrderDetail, now: DeskOrderDetail): Difference[] {
  return FACTS.filter(([, of]) => of(before) !== of(now)).map(([name, of]) => ({
    name: sayDifference[name],
    before: of(before) || sayDifference.none,
    now: of(now) || sayDifference.none,
  }))
}

/** Lines of the trace that were not there before, newest first. */
export function newLines(before: DeskOrderDetail, now: DeskOrderDetail): DeskOrderDetail['timeline'] {
  return now.timeline.slice(before.timeline.length).reverse()
}
