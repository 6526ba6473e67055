// 考核: frozen months, formulas and appeals, as /openapi.json describes them.
import type { OrderNamed } from './exclusionShapes'
import type { Definition } from './shapes'

export interface MonthLine {
  month: string
  revision: number
  frozen_at: string
  formula_name: string
  digest: string
  orders: number
  result: string
  open_appeals: number
}

export interface Months {
  months: MonthLine[]
}

/** Sums are weighed by difficulty, in hundredths of an order. */
export interface WeighedPart {
  indicator: string
  name: string
  weight: number
  numerator: number
  denominator: number
  orders: number
  share: string
}

export interface Appraised {
  key: string
  name: string
  /** Weighed, 0 to 100 as text, or n/a. */
  result: string
  parts: WeighedPart[]
  /** Plain counts: of how many how many. */
  values: Record<string, [numerator: number, denominator: number]>
  excluded: number
}

export interface FormulaContent {
  parts: { indicator: string; weight: number }[]
  difficulty: { by: string; weights: Record<string, number> }
  digits: number
}

export interface Formula {
  id: string
  name: string
  valid_from: string
  digest: string
  content: FormulaContent
  kept_at: string
  kept_by_name: string
}

export interface Formulas {
  formulas: Formula[]
}

export interface AppealBody {
  month: string
  ground: string
  words: string
  order?: string
  indicator?: string
}

export interface Appeal {
  id: string
  month: string
  squad: string
  squad_name: string
  order: OrderNamed | null
  indicator: string | null
  indicator_name: string | null
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
  /** The revision that followed from it. */
  revision: number | null
  may_decide: boolean
}

export interface Revision {
  revision: number
  frozen_at: string
  frozen_by_name: string
  digest: string
  follows: string | null
  /** The appeal that it follows from. */
  appeal: string | null
}

export interface LeftOut {
  order: OrderNamed
  holder: string
  ground: string
  ground_name: string
}

export interface Month extends MonthLine {
  revisions: Revision[]
  formula: Formula
  follows: string | null
  definitions: Definition[]
  town: Appraised
  squads: Appraised[]
  excluded: LeftOut[]
  appeals: Appeal[]
}
