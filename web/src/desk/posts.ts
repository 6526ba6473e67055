// 岗位: what each post finds on the desk. The service decides what may be done; this only leaves out what it would refuse.
import type { View } from './route'
import type { QueueName } from './shapes'

const AT_THE_DESK = ['dispatcher', 'supervisor']
const CHECKER = 'checker'
const DISPATCHER = 'dispatcher'
const KEEPERS = ['system_admin', 'legal_reviewer']
/** Who works on penalty cases, and who reads them. */
const AT_CASES = ['officer', 'squad_leader', 'approver', 'legal_reviewer', ...AT_THE_DESK, CHECKER, 'audit_admin']
const WATCHERS = [...AT_THE_DESK, CHECKER, 'wall']

const any = (roles: string[], wanted: string[]) => roles.some((role) => wanted.includes(role))

/** Whether the live stream is open to these posts. */
export const watches = (roles: string[]): boolean => any(roles, WATCHERS)

/** Whether the desk's own queues are. */
export const keepsQueues = (roles: string[]): boolean => any(roles, AT_THE_DESK)

export function viewsOf(roles: string[]): View[] {
  return [
    ...(any(roles, [...AT_THE_DESK, CHECKER]) ? (['orders'] as const) : []),
    ...(roles.includes(DISPATCHER) ? (['intake'] as const) : []),
    ...(any(roles, AT_CASES) ? (['cases'] as const) : []),
    ...(any(roles, [...AT_THE_DESK, ...KEEPERS]) ? (['reference', 'people'] as const) : []),
  ]
}

/** Whether these posts may import lists and put editions in force. */
export const keepsLists = (roles: string[]): boolean => any(roles, KEEPERS)

/** Maps are put in force, and people imported, by the administrator alone. */
export const administers = (roles: string[]): boolean => roles.includes('system_admin')

export const confirms = (roles: string[]): boolean => roles.includes('legal_reviewer')

export const keepsRoster = (roles: string[]): boolean => any(roles, [DISPATCHER, 'system_admin'])

export function queuesOf(roles: string[]): QueueName[] {
  const kept: QueueName[] = ['pending', 'returned', 'arbitration', 'transferred', 'duplicates', 'alarms']
  return [
    ...(keepsQueues(roles) ? kept : []),
    ...(roles.includes(CHECKER) ? (['checking'] as const) : []),
    ...(any(roles, [CHECKER, DISPATCHER]) ? (['closing'] as const) : []),
    ...(keepsQueues(roles) ? (['all'] as const) : []),
  ]
}
