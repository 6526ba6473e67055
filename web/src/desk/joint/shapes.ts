// 联办（吹哨报到）: who was called to an order, as /openapi.json describes it.
import type { Named } from '@/shared/client/shapes'
import type { DeskClock } from '../shapes'

export type JointFact = 'words' | 'ground' | 'power' | 'outcome' | 'body'

export interface JointStep {
  action: string
  name: string
  requires: JointFact[]
}

export interface JointTask {
  id: string
  order: { id: string; code: string; category_name: string; squad: Named | null }
  version: number
  body: Named
  kind: 'squad' | 'partner'
  kind_name: string
  state: string
  state_name: string
  refusals: number
  ground_name: string | null
  outcome_name: string | null
  /** Given by the town's last word; cannot be refused. */
  last_resort: boolean
  called_at: string
  called_by_name: string | null
  words: string | null
  clocks: DeskClock[]
  allowed: JointStep[]
}

export interface Call {
  squads: string[]
  partners: string[]
  words: string
}
