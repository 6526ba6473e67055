// What the penalty cases' part of the API says and takes, as /openapi.json describes it. Sums in fen, days local ISO.
import type { LonLat, Named } from '@/shared/client/shapes'
import type { CaseAction, PartyKind } from './forms'

export type * from './forms'

export type CaseState =
  | 'source'
  | 'filing'
  | 'fast_filing'
  | 'investigating'
  | 'concluded'
  | 'to_notify'
  | 'notified'
  | 'hearing'
  | 'deciding'
  | 'decided'
  | 'on_spot'
  | 'performing'
  | 'court'
  | 'closing'
  | 'closed'
  | 'revoked'
  | 'declined'
  | 'withdrawn'
  | 'transferred'
  | 'archived'

export type Lane = 'on_spot' | 'fast' | 'ordinary'

export interface CaseClock {
  kind: string
  name: string
  due_at: string
  late: boolean
}

export interface CaseRow {
  id: string
  /** 立案文号. */
  code: string | null
  version: number
  state: CaseState
  state_name: string
  lane: Lane
  lane_name: string
  power: Named
  /** Masked where the role does not need it. */
  party_name: string | null
  squad: Named
  handlers: string[]
  /** Whose move it is, in words; nobody's when it is over. */
  waits_for: string[]
  opened_at: string
  changed_at: string
  outcome: string | null
  outcome_name: string | null
  fine_fen: number | null
  clock: CaseClock | null
  order_id: string | null
}

export interface CaseList {
  cases: CaseRow[]
  next: string | null
}

export interface ActFact {
  name: string
  label: string
  text: string
}

export interface CaseAct {
  sequence: number
  action: string
  name: string
  at: string
  recorded_at: string
  actor_name: string | null
  article: string
  facts: ActFact[]
}

export interface KeptFile {
  id: string
  name: string
  media_type: string
  size: number
  sha256: string
}

export type Review = 'pending' | 'passed' | 'refused' | 'none'

export interface Evidence {
  number: number
  kind: string
  kind_name: string
  name: string
  proves: string
  taken_at: string
  place: string | null
  device: string | null
  by: string[]
  origin: string
  origin_name: string
  review: Review
  verified_by: string[]
  /** Why it is no longer relied on. */
  excluded: string | null
  file: KeptFile | null
}

export interface Paper {
  id: string
  kind: string
  title: string
  number: string | null
  made_at: string
  pages: number
  sha256: string
  served: boolean
}

/** `stops`: when it is over, something is no longer allowed. `window`: the party's time, whose end is no miss. */
export interface DetailClock extends CaseClock {
  id: string
  article: string
  started_at: string
  state: string
  state_name: string
  explanation: string
  stops: boolean
  window: boolean
}

export interface Alarm {
  code: string
  article: string
  sentence: string
  since: string | null
  /** The kind of the clock it is about. */
  clock: string | null
}

export interface Tier {
  code: string | null
  name: string | null
  words: string | null
  document: string | null
  low_fen: number | null
  high_fen: number | null
  why: string
  reasons: string
  law: string | null
  law_why: string
}

export interface NearCase {
  id: string
  fine_fen: number
  decided_on: string
}

export interface Nearest {
  count: number
  median_fen: number | null
  deviation_percent: number | null
  beyond_band: boolean
  cases: NearCase[]
}

/** 应缴: what is owed today. */
export interface Owed {
  principal_fen: number
  late_fee_fen: number
  paid_fen: number
  left_fen: number
  next_due: string | null
}

export interface Party {
  id: string
  version: number
  kind: PartyKind
  kind_name: string
  name: string
  number_kind: string
  number: string | null
  gender: string | null
  birth: string | null
  address: string | null
  phone: string | null
  head: string | null
  job: string | null
  masked: boolean
}

export interface CaseDetail extends CaseRow {
  place: LonLat
  grid: string | null
  acted_from: string
  acted_on: string
  discovered_on: string
  summary: string
  party: Party | null
  /** Newest first. */
  acts: CaseAct[]
  evidence: Evidence[]
  documents: Paper[]
  clocks: DetailClock[]
  alarms: Alarm[]
  allowed: CaseAction[]
  tier: Tier | null
  nearest: Nearest | null
  owed: Owed | null
}

/** One edge of the procedure's table. */
export interface ProcedureStep {
  from: CaseState
  action: string
  to: CaseState
}
