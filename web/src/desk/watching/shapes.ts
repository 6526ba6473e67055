// 督办预警: what the API says of alarms, notices, 督办单 and the nightly proof, as /openapi.json describes it.
import type { Named } from '@/shared/client/shapes'
import type { ClockSubject, Level } from '../clocks/shapes'
import type { DeskClock } from '../shapes'

export interface Subject {
  kind: ClockSubject
  kind_name: string
  id: string
  code: string
  title: string
}

/** A post that was looked for and not found filled. */
export interface Passed {
  seat: string
  seat_name: string
  why: string
  why_name: string
  person_name: string | null
}

export interface Alarm {
  id: string
  subject: Subject
  clock_id: string
  clock: string
  clock_name: string
  level: Level
  level_name: string
  percent: number
  due_at: string
  reached_at: string
  raised_at: string
  squad: Named | null
  seat_name: string
  person_name: string | null
  mine: boolean
  /** Nobody of the chain was there. */
  fallback: boolean
  passed: Passed[]
  closed_at: string | null
  closed_why_name: string | null
}

export interface Notice {
  id: string
  level: Level
  level_name: string
  opened_at: string
  rings_at: string
  rung_at: string | null
  count: number
  seen_at: string | null
  alarms: Alarm[]
  supervisions: Pick<Supervision, 'id' | 'number' | 'state' | 'state_name'>[]
}

export interface Notices {
  notices: Notice[]
  /** How many one has not looked at. */
  unseen: number
}

export interface Alarms {
  alarms: Alarm[]
  next: string | null
  /** How many ask for something, by level. */
  standing: Partial<Record<Level, number>>
}

export interface Supervisions {
  supervisions: Supervision[]
  next: string | null
  /** How many there are in each state. */
  counts: Record<string, number>
}

export interface SupervisionStep {
  action: string
  name: string
  requires: string[]
}

export interface SupervisionLine {
  at: string
  text: string
  kind: string
  actor: string
  words: string | null
}

export interface Supervision {
  id: string
  number: string
  version: number
  state: string
  state_name: string
  subject: Subject
  squad: Named | null
  partner: Named | null
  person_name: string | null
  issued_at: string
  issued_by_name: string
  /** Nobody issued it by hand. */
  by_itself: boolean
  words: string | null
  reply: { words: string | null; at: string; by_name: string } | null
  /** How often the answer was sent back. */
  returned: number
  clock: DeskClock | null
  timeline: SupervisionLine[]
  accountable_at: string | null
  closed_at: string | null
  outcome_name: string | null
  allowed: SupervisionStep[]
}

export interface FoundSubject {
  kind: string
  kind_name: string
  id: string | null
  code: string
}

export interface Finding {
  id: string
  check: string
  check_name: string
  subject: FoundSubject
  /** What to open, where that is not the subject itself. */
  about: FoundSubject | null
  sentence: string
  /** What to do. */
  then: string
  found_at: string
  taken_by_name: string | null
  settled_at: string | null
}

export interface ProofCheck extends Named {
  looked: number
  found: number
}

export interface ProofRun {
  id: string
  day: string
  started_at: string
  finished_at: string | null
  by_name: string
  looked: number
  found: number
  checks: ProofCheck[]
}

export interface Findings {
  findings: Finding[]
  next: string | null
  open: number
  last_run: ProofRun | null
  /** A run was asked for. */
  waiting: boolean
}
