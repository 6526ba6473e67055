// 拟处理: what the officers propose while nothing is decided, for whoever must approve or review it.
import type { CaseDetail } from './types'

const PROPOSING = ['conclude', 'propose_fast', 'submit_decision']
const SAYS = ['outcome', 'kinds', 'fine_fen', 'confiscate_fen']

/** As it was told last, in the service's own words; empty where nothing is proposed or everything decided. */
export function proposed({ acts, outcome_name }: Pick<CaseDetail, 'acts' | 'outcome_name'>): string[] {
  if (outcome_name) return []
  const last = acts.find(({ action }) => PROPOSING.includes(action))
  const told = new Map((last?.facts ?? []).map(({ name, text }) => [name, text]))
  return SAYS.flatMap((name) => told.get(name) ?? [])
}
