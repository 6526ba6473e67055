// 时限卡: what one clock says of itself, as /openapi.json describes it.

export const LEVELS = ['remind', 'urge', 'yellow', 'red', 'supervise', 'account'] as const
/** 预警级别, in the order they are climbed. */
export type Level = (typeof LEVELS)[number]

export type ClockSubject = 'order' | 'case' | 'joint' | 'supervision'

export interface ClockDay {
  date: string
  kind: 'start' | 'counted' | 'off' | 'swapped' | 'paused' | 'last'
  name: string
  /** The how manieth day that counts. */
  number: number | null
}

export interface ClockPause {
  since: string
  until: string | null
  reason_name: string
  by_name: string | null
}

export interface ClockExtension {
  amount: number
  unit_name: string
  reason_name: string
  by_name: string | null
  at: string
}

export interface ClockRung {
  level: Level
  level_name: string
  percent: number
  at: string
  state: 'reached' | 'passed' | 'ahead'
  person_name: string | null
}

export interface ClockCard {
  id: string
  kind: string
  name: string
  subject: { kind: ClockSubject; kind_name: string; id: string; code: string }
  state: string
  state_name: string
  term_text: string
  started_at: string
  due_at: string
  provisional: boolean
  met_at: string | null
  noticed_at: string | null
  sentence: string
  percent: number | null
  days: ClockDay[]
  /** Days too many to be shown. */
  left_out: number
  pauses: ClockPause[]
  extensions: ClockExtension[]
  rungs: ClockRung[]
}
