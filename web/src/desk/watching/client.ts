// What the screens of 督办 ask of the service.
import { callsOf, query } from '../calls'
import type { Call, JointTask } from '../joint/shapes'
import type { DeskOrderDetail } from '../shapes'
import type { Alarms, Finding, Findings, Notices, ProofRun, Subject, Supervision, Supervisions } from './shapes'

const PAGE = 50

export interface AlarmQuery {
  open: boolean
  mine: boolean
  level?: string | undefined
  before?: string | undefined
}

export interface SupervisionQuery {
  state?: string | undefined
  mine: boolean
  before?: string | undefined
}

export interface SupervisionIssued {
  subject: Pick<Subject, 'kind' | 'id'>
  words: string
}

type Step = { action: string; version: number } & Record<string, string | number>

export function watchClient(token: string) {
  const { get, post } = callsOf(token)
  return {
    notices: (open: boolean) => get<Notices>(`/notices?${query({ open: String(open), limit: PAGE })}`),
    seen: (id: string) => post<unknown>(`/notices/${id}/seen`),
    alarms: ({ open, mine, ...rest }: AlarmQuery) =>
      get<Alarms>(`/alarms?${query({ open: String(open), mine: mine && 'true', ...rest, limit: PAGE })}`),
    supervisions: ({ mine, ...rest }: SupervisionQuery) =>
      get<Supervisions>(`/supervisions?${query({ mine: mine && 'true', ...rest, limit: PAGE })}`),
    supervision: (id: string) => get<Supervision>(`/supervisions/${id}`),
    issue: (wish: SupervisionIssued, key: string) => post<Supervision>('/supervisions', wish, key),
    superviseStep: (id: string, step: Step, key: string) => post<Supervision>(`/supervisions/${id}/steps`, step, key),
    findings: (open: boolean, before?: string) => get<Findings>(`/findings?${query({ open: String(open), before, limit: PAGE })}`),
    takeFinding: (id: string) => post<Finding>(`/findings/${id}/take`),
    prove: () => post<ProofRun>('/findings/runs'),
    jointTasks: (open: boolean) => get<{ tasks: JointTask[]; next: string | null }>(`/joint?${query({ open: String(open) })}`),
    call: (order: string, wish: Call, key: string) => post<DeskOrderDetail>(`/orders/${order}/joint`, wish, key),
    jointStep: (id: string, step: Step, key: string) => post<JointTask>(`/joint/${id}/steps`, step, key),
  }
}

export type WatchClient = ReturnType<typeof watchClient>
