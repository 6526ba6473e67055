// What the desk's part of the API says and takes, as /openapi.json describes it.
import type { State } from '@/shared/states'
import type { JointTask } from './joint/shapes'
import type { Clock, Named, Order, OrderDetail, TimelineEntry } from '@/shared/client/shapes'

export const QUEUES = ['pending', 'returned', 'arbitration', 'suspended', 'extensions', 'transferred', 'duplicates', 'alarms', 'checking', 'closing', 'own', 'all'] as const
export type QueueName = (typeof QUEUES)[number]

/** What a squad or a unit has in hand: not a queue of the desk, but all that the service shows them. */
export const OWN: QueueName = 'own'

/** Queues that are nothing but a state of the workflow. */
export const STATE_OF: Partial<Record<QueueName, State>> = { checking: 'handled', closing: 'checked' }

export interface QueueCounts {
  pending: { total: number; by_row: Record<string, number> }
  returned: number
  arbitration: number
  suspended: number
  extensions: number
  transferred: number
  duplicates: number
  alarms: number
}

export type Severity = 'ordinary' | 'major' | 'urgent'

export interface DeskOrder extends Order {
  lane: string
  lane_name: string
  leader: { name: string } | null
  partner: Named | null
  power: Named | null
  alarm: boolean
  severity: Severity
  severity_name: string
  suspended: boolean
  /** Names of the ways it came in. */
  sources: string[]
  /** Likely duplicates that nobody has looked at. */
  links: number
  /** The row of the routing table that answered last, and why in one sentence. */
  row?: string | null
  row_name?: string | null
  why?: string | null
}

export interface OrderPage {
  orders: DeskOrder[]
  next: string | null
}

export interface Reason {
  code: string
  text: string
}

export interface Decided {
  round: number
  way: string
  way_name: string
  at: string
  actor_name: string | null
  row: string
  row_name: string
  lane: string
  reasons: Reason[]
}

export type LinkState = 'suggested' | 'linked' | 'dismissed'

export interface LinkedOrder {
  id: string
  state: LinkState
  state_name: string
  distance_m: number
  hours_apart: number
  other: Pick<Order, 'id' | 'code' | 'state_name' | 'category_name' | 'received_at'> & { words: string | null }
}

export interface Handed {
  number: string
  partner: Named
  rule: string
  rule_name: string
  sent_at: string
  reply: string | null
  reply_name: string | null
  replied_at: string | null
}

export interface ReportIn {
  id: string
  code: string
  source: string
  source_name: string
  their_number: string | null
  their_due_at: string | null
  received_at: string
  answered_at: string | null
  words: string | null
}

export interface PowerDetail extends Named {
  basis: string
  mode: string
  mode_name: string
  standing: string
  why: string
}

export interface Photo {
  id: string
  stage: string
}

export interface Allowed {
  action: string
  name: string
  requires: Fact[]
}

/** What a step may ask for. */
export type Fact = 'words' | 'outcome' | 'squad' | 'partner' | 'ground' | 'power' | 'severity' | 'clock' | 'amount' | 'until'

export interface StaffLine extends TimelineEntry {
  words?: string | null
}

export interface DeskClock extends Clock {
  id: string
  provisional?: boolean
  /** Units granted beyond the term. */
  extended: number
  paused: boolean
  /** Share of the time used now; unknown once it no longer runs. */
  percent: number | null
  /** How it is reckoned. */
  sentence: string | null
}

/** 挂账. */
export interface Suspension {
  ground: string
  ground_name: string
  words: string | null
  since: string
  /** A local day. */
  until: string
}

/** 延期: one that was asked for and waits. */
export interface ExtensionAsked {
  id: string
  clock: string
  clock_name: string
  amount: number
  unit_name: string
  ground_name: string
  words: string | null
  asked_by_name: string | null
  asked_at: string
  /** Not once its clock has run out. */
  can_grant: boolean
}

export interface DeskOrderDetail extends Omit<DeskOrder, 'power' | 'links'>, Pick<OrderDetail, 'reasons'> {
  /** Metres around the place, as far as it was told. */
  accuracy_m?: number | null
  words: string[]
  timeline: StaffLine[]
  clocks: DeskClock[]
  photos: Photo[]
  allowed: Allowed[]
  power: PowerDetail | null
  decisions: Decided[]
  links: LinkedOrder[]
  transfers: Handed[]
  reports: ReportIn[]
  layers: { layer: string; grid: Named }[]
  returns: number
  /** The case that came of it, for those who may see it. */
  case: CaseOfOrder | null
  /** Whether who asks may open one now. */
  can_open_case: boolean
  suspension: Suspension | null
  extension: ExtensionAsked | null
  joint: JointTask[]
  /** Whether who asks may call others to it. */
  can_call: boolean
}

export interface CaseOfOrder {
  id: string
  code: string | null
  state: string
  state_name: string
}

export interface StepBody extends Partial<Record<Exclude<Fact, 'amount'>, string>> {
  amount?: number
  action: string
  version: number
}

export interface Source extends Named {
  numbered: boolean
  timed: boolean
}

export interface SquadOption extends Named {
  /** Codes of the areas it serves. */
  areas: string[]
  /** Fields of work it holds; none means all of them. */
  fields: string[]
}

export interface Kind extends Named {
  class_name: string
  nature: string
  nature_name: string
  field: string
  emergency: boolean
  small: boolean
}

export interface PowerOption extends Named {
  standing: string
  why: string
}

export interface Options {
  sources: Source[]
  squads: SquadOption[]
  partners: (Named & { kind: string })[]
  categories: Kind[]
  powers: PowerOption[]
  grounds: Named[]
  suspension_grounds: Named[]
  extension_grounds: Named[]
  severities: Named[]
  outcomes: Named[]
}

export type Crs = 'wgs84' | 'gcj02' | 'bd09' | 'cgcs2000'

export interface PlaceIn {
  lon: number
  lat: number
  crs: Crs
  accuracy_m?: number
}

export interface NewDeskReport {
  source: string
  their_number?: string
  their_due_at?: string
  received_at?: string
  place: PlaceIn
  words: string
  category: string
  reporter?: { name?: string; phone?: string }
  /** The order that is about the same matter, which came by another way. */
  joins?: string
}

export interface TakenDown {
  receipt: string
  report: { id: string; code: string }
  order: DeskOrderDetail
}

export interface Correction {
  version: number
  place?: PlaceIn
  category?: string
  words: string
}
