// 剔除: an order that is left out of the figures, as /openapi.json describes it.
export interface OrderNamed {
  id: string
  code: string
}

export interface Exclusion {
  id: string
  order: OrderNamed
  ground: string
  ground_name: string
  state: string
  state_name: string
  asked_by_name: string
  asked_at: string
  words: string | null
  decided_by_name: string | null
  decided_at: string | null
  decision_words: string | null
  /** Whether who asks may say yes or no. */
  may_decide: boolean
}
