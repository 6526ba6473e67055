// 指标与考核: what the API says of shares, what lies behind them, and frozen months, as /openapi.json describes it.
import type { Named } from '@/shared/client/shapes'
import type { DeskOrder } from '../shapes'

export type By = 'town' | 'area' | 'squad'
export const BYS: By[] = ['town', 'area', 'squad']

export interface Definition extends Named {
  numerator: string
  denominator: string
  /** A share to keep low. */
  less_is_better: boolean
}

export interface Value {
  numerator: number
  denominator: number
  /** None where nothing was to be counted. */
  share: number | null
  text: string
  excluded: number
}

export interface FigureRow {
  key: string
  name: string
  values: Record<string, Value>
  excluded: number
}

export interface Indicators {
  from: string
  to: string
  by: By
  definitions: Definition[]
  rows: FigureRow[]
}

export type Part = 'numerator' | 'missing' | 'excluded'
export const PARTS: Part[] = ['missing', 'numerator', 'excluded']

export interface FigureOrder {
  order: DeskOrder
  why: string
}

export interface FigureOrders {
  orders: FigureOrder[]
  next: string | null
}
