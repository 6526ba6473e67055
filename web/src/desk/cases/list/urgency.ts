// 先急后缓: what is late on top, then what runs out next, then what changed last.
import type { CaseRow } from '../types'

const DAY = 86_400_000

export type Urgency = 'late' | 'near' | 'calm'

const dueOf = ({ clock }: CaseRow) => (clock ? Date.parse(clock.due_at) : Infinity)

export function byUrgency(rows: CaseRow[]): CaseRow[] {
  return [...rows].sort((one, other) => soonest(dueOf(one), dueOf(other)) || Date.parse(other.changed_at) - Date.parse(one.changed_at))
}

const soonest = (one: number, other: number) => (one === other ? 0 : one - other)

/** A clock that has run out is late even before the service has said so. */
export function urgencyOf(clock: { due_at: string; late?: boolean }, now: number): Urgency {
  const left = Date.parse(clock.due_at) - now
  if (clock.late || left < 0) return 'late'
  return left < DAY ? 'near' : 'calm'
}
