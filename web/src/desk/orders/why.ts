// 为什么在这里, in one sentence, for a list: what happened last before what the routing table once said.
import { sayWhy } from '@/shared/labels/desk'
import type { DeskOrder } from '../shapes'

const DONE: string[] = ['handled', 'checked', 'closed', 'answered']

export function whyOf(order: DeskOrder): string {
  const { state, squad, partner, outcome_name, why, state_name } = order
  if (state === 'returned') return sayWhy.returned(partner?.name ?? squad?.name)
  if (state === 'arbitration') return sayWhy.arbitration(partner?.name ?? squad?.name)
  if (state === 'transferred' && partner) return sayWhy.transferred(partner.name)
  if (DONE.includes(state)) return sayWhy.done(state_name, outcome_name)
  return why || state_name
}

/** Sentences of the service name grids by their code; people know them by name. */
export function withGridNames(text: string, names: Map<string, string>): string {
  return text.replace(/[A-Za-z0-9][A-Za-z0-9-]+/g, (word) => names.get(word) ?? word)
}
