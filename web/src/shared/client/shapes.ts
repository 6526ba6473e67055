// What the API says and takes, as /openapi.json describes it.
import type { State } from '@/shared/states'

export interface Named {
  code: string
  name: string
}

export interface DemoLogin {
  login: string
  password: string
  name: string
  role: string
}

export type Bounds = [west: number, south: number, east: number, north: number]

export interface Town extends Named {
  timezone: string
  operator: string
  filing_number: string
  complaints_url: string
  demo: boolean
  demo_logins: DemoLogin[]
  categories: Named[]
  max_photos: number
  /** West, south, east, north in degrees; null until grids are active. */
  bounds: Bounds | null
}

/** Longitude and latitude in degrees, CGCS2000. */
export interface LonLat {
  lon: number
  lat: number
}

export interface SentPlace extends LonLat {
  crs: 'wgs84'
  accuracy_m?: number
}

/** 承诺: until when the reporter is answered, and why just then. */
export interface Promised {
  due_at: string
  explanation: string
  provisional: boolean
}

export interface NewReport {
  place: SentPlace
  words: string
  category?: string
  reporter?: { name?: string; phone?: string }
}

export interface Receipt {
  receipt: string
  code: string
  state: State
  state_name: string
  received_at: string
  squad: string | null
  grid: Named | null
  promise: Promised
  next: string[]
  emergency: string
}

export interface TimelineEntry {
  at: string
  kind: string
  text: string
  state: State | null
  late: boolean
  actor: string | null
}

export type Solved = 'solved' | 'partly' | 'not_solved'
export type Attitude = 'satisfied' | 'fair' | 'dissatisfied'

export interface Rating {
  solved: Solved
  attitude: Attitude
  words?: string
}

export interface Report {
  code: string
  state: State
  state_name: string
  words: string | null
  category_name: string
  received_at: string
  place: LonLat
  squad: string | null
  grid: Named | null
  /** None while a case runs of which he has been told. */
  promise: Promised | null
  timeline: TimelineEntry[]
  interim: { words: string; at: string } | null
  answer: { outcome: string; outcome_name: string; words: string; at: string } | null
  rating: (Rating & { at: string }) | null
  can_rate: boolean
  photos: { id: string; stage: string }[]
}

export interface Clock {
  kind: string
  name: string
  started_at: string
  due_at: string
  state: string
}

export interface Order {
  id: string
  code: string
  version: number
  state: State
  state_name: string
  category: string
  category_name: string
  place: LonLat
  grid: Named | null
  area: Named | null
  squad: Named | null
  outcome: string | null
  outcome_name: string | null
  received_at: string
  changed_at: string
  clock: Clock | null
  late: boolean
  /** In whose hands it is: desk, squad, grid (网格员), unit (责任单位) or transfer (移送). */
  lane?: string
  partner?: Named | null
  /** The last decision said that the desk must look at once. */
  alarm?: boolean
}

export interface OrderDetail extends Order {
  reasons: { code: string; text: string }[]
  timeline: TimelineEntry[]
  clocks: Clock[]
}

/** The wall's first picture: a row for each order, its values in the order of the columns, and what the codes are called. */
export interface Snapshot {
  position: number
  at: string
  columns: string[]
  orders: unknown[][]
  names: SnapshotNames
}

export interface SnapshotNames {
  states: Record<string, string>
  outcomes: Record<string, string>
  clocks: Record<string, string>
  categories: Record<string, string>
  grids: Record<string, { name: string; area: string; area_name: string }>
  squads: Record<string, string>
  partners: Record<string, string>
}

/** Where a squad's tablet was last. */
export interface SquadPosition extends LonLat {
  device: string
  squad: Named
  accuracy_m: number | null
  at: string
  age_s: number
}

export interface Positions {
  at: string
  positions: SquadPosition[]
}

export interface Change {
  position: number
  event: string
  kind: string
  at: string
  order: Order | null
}

export interface Session {
  token: string
  expires_at: string
  account: { name: string; login: string; roles: string[] }
}
