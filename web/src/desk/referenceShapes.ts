// 底册: what the API says about editions, sheets, people and the roster.
import type { Named } from '@/shared/client/shapes'

export const LISTS = ['grids', 'events', 'powers', 'times'] as const
export type ListKind = (typeof LISTS)[number]
export const SHEETS = ['events', 'powers', 'times', 'people'] as const
export type SheetKind = (typeof SHEETS)[number]

export interface Edition {
  id: string
  name: string
  layer: string | null
  source: string
  rows: number
  imported_at: string
  /** A day for lists, a moment for maps. */
  valid_from: string | null
  valid_to: string | null
  state: 'planned' | 'in_force' | 'past' | 'draft'
  state_name: string
  confirmed_by: string | null
}

/** A line of a list, with what both kinds of list have. */
export interface ListRow extends Named {
  field: string
  class_name?: string
  nature_name?: string
  emergency?: boolean
  small?: boolean
  mode_name?: string
  basis?: string
  verified?: boolean
  standing?: string
  standing_name?: string
  why?: string
}

/** 办理时限: a kind of matter (or the front of several, or `*`), a severity (or `*`), a stage, and how long it may take. */
export interface TimeRow {
  event_code: string
  event_name: string
  severity: string
  severity_name: string
  stage: string
  stage_name: string
  amount: number
  unit: string
  unit_name: string
  /** By how much it may be extended in all, and how often. */
  longest: number
  times: number
  source: string
}

export interface TimeRows {
  edition: Edition
  rows: TimeRow[]
}

export interface HandlingTimes {
  edition: Edition | null
  rows: TimeRow[]
  /** What counts where no row says otherwise. */
  defaults: TimeRow[]
}

export interface ListRows {
  edition: Edition
  rows: ListRow[]
}

export interface Complaint {
  sheet: string
  /** 0 where the whole table is meant. */
  row: number
  column: string
  header: string
  code: string
  sentence: string
  /** Nothing is imported as long as it stands. */
  refuses: boolean
}

export interface Preview {
  name: string
  sheets: string[]
  skipped: string[]
  rows: number
  refused: boolean
  complaints: Complaint[]
  against: string | null
  added: string[]
  removed: string[]
  changed: string[]
  sha256: string
}

export interface NewAccount {
  login: string
  name: string
  password: string
}

export interface PeopleImported {
  name: string
  added: Record<string, number>
  changed: Record<string, number>
  /** First passwords, told this once. */
  accounts: NewAccount[]
}

export interface Certificate {
  number: string
  login: string
  name: string
  kind: string
  issuer: string
  valid_from: string
  valid_to: string
  state: 'certified' | 'expiring' | 'expired' | 'not_yet' | 'revoked'
  days_left: number
}

export interface Member {
  login: string
  name: string
  role_names: string[]
  active: boolean
}

export interface SquadWithPeople extends Named {
  fields: string[]
  areas: string[]
  stand_in: string | null
  active: boolean
  members: Member[]
}

export interface ConflictOfInterest {
  id: string
  login: string
  name: string
  about: string
  valid_from: string
  valid_to: string | null
}

export interface People {
  squads: SquadWithPeople[]
  others: Member[]
  certificates: Certificate[]
  expiring: Certificate[]
  conflicts: ConflictOfInterest[]
}

export interface Shift {
  id: string
  squad: Named
  login: string
  name: string
  starts_at: string
  ends_at: string
  leads: boolean
}

export interface Leave {
  id: string
  login: string
  name: string
  starts_at: string
  ends_at: string
}

/** Who answers for a squad at this moment. */
export interface Answering extends Named {
  names: string[]
  stand_in: string | null
}

export interface RosterDay {
  day: string
  shifts: Shift[]
  leaves: Leave[]
  now: Answering[]
}
