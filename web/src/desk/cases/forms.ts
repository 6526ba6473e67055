// What the forms of a case are drawn from, and what they send.
import type { Named } from '@/shared/client/shapes'

/** Why something may not be done (hard stop). */
export interface Stop {
  code: string
  article: string
  sentence: string
}

/** `ok` and `why` say of a person whether he may be chosen: his certificate. */
export interface Choice extends Named {
  ok?: boolean | null
  why?: string | null
}

export type FactorKind = 'flag' | 'whole' | 'choice' | 'measure' | 'money'

/** 裁量事实. `asked`: the power's tiers look at it. */
export interface Factor {
  code: string
  kind: FactorKind
  label: string
  unit: string
  help: string
  choices: Named[]
  asked?: boolean
}

export type FieldKind =
  | 'text'
  | 'line'
  | 'money_fen'
  | 'whole'
  | 'day'
  | 'moment'
  | 'flag'
  | 'choice'
  | 'choices'
  | 'officers'
  | 'person'
  | 'evidence'
  | 'items'
  | 'answers'
  | 'members'
  | 'parts'
  | 'factors'
  | 'party'
  | 'file'
  | 'paper'

/** 登记线索: whom and what a new case may name. */
export interface OpeningOptions {
  officers: Choice[]
  powers: Choice[]
}

export interface Field {
  name: string
  label: string
  kind: FieldKind
  required: boolean
  choices: Choice[] | null
  factors: Factor[] | null
  help: string
  value: unknown
}

export interface CaseAction {
  action: string
  name: string
  article: string
  open: boolean
  /** Why not, while it is not open. */
  missing: Stop[]
  /** What should be thought of first; stops nothing. */
  warnings: string[]
  fields: Field[]
  /** Cannot be taken back. */
  danger: boolean
}

export interface ActBody {
  action: string
  version: number
  at?: string
  facts: Record<string, unknown>
}

export type PartyKind = 'person' | 'organisation' | 'sole_trader'

export interface PartyBody {
  kind: PartyKind
  name: string
  number_kind: string
  number: string
  birth?: string
  gender?: string
  address?: string
  phone?: string
  head?: string
  job?: string
}

export interface PartyTaken {
  party: string
  version: number
  warnings: string[]
  /** On the day of the act. */
  age: number | null
  /** In how many other cases the same party stands. */
  cases: number
}

export interface FileTaken {
  file: string
  sha256: string
}
