// 岗位: what each post finds on the desk. The service decides what may be done; this only leaves out what it would refuse.
import { FIGURE_TABS, type FigureTab } from './figures/tabs'
import type { View } from './route'
import type { QueueName } from './shapes'
import type { WatchTab } from './watching/tabs'

const AT_THE_DESK = ['dispatcher', 'supervisor']
const CHECKER = 'checker'
const DISPATCHER = 'dispatcher'
const KEEPERS = ['system_admin', 'legal_reviewer']
/** Who works on penalty cases, and who reads them. */
const AT_CASES = ['officer', 'squad_leader', 'approver', 'legal_reviewer', ...AT_THE_DESK, CHECKER, 'audit_admin']
/** Who holds orders, or is called to them, and answers for clocks. */
const HOLDERS = ['squad_leader', 'officer', 'partner']
const WATCHERS = [...AT_THE_DESK, CHECKER, 'wall']

const TOLD = [...AT_CASES, 'partner']
const PROVERS = [...AT_THE_DESK, 'system_admin', 'audit_admin']
const FIGURE_READERS = [...AT_THE_DESK, CHECKER, 'approver', 'squad_leader']

const any = (roles: string[], wanted: string[]) => roles.some((role) => wanted.includes(role))

/** Whether the live stream is open to these posts. */
export const watches = (roles: string[]): boolean => any(roles, WATCHERS)

/** Whether the desk's own queues are. */
export const keepsQueues = (roles: string[]): boolean => any(roles, AT_THE_DESK)

/** Whether these posts take steps of orders, and so choose their facts. */
export const choosesFacts = (roles: string[]): boolean => any(roles, [...AT_THE_DESK, CHECKER, ...HOLDERS])

export function viewsOf(roles: string[]): View[] {
  return [
    ...(any(roles, [...AT_THE_DESK, CHECKER]) ? (['orders'] as const) : []),
    ...(roles.includes(DISPATCHER) ? (['intake'] as const) : []),
    ...(any(roles, AT_CASES) ? (['cases'] as const) : []),
    // Squads work in the street: on the desk their cases come first, then what they hold.
    ...(!any(roles, [...AT_THE_DESK, CHECKER]) && any(roles, HOLDERS) ? (['orders'] as const) : []),
    ...(watchTabsOf(roles).length ? (['watching'] as const) : []),
    ...(figureTabsOf(roles).length ? (['figures'] as const) : []),
    ...(any(roles, [...AT_THE_DESK, ...KEEPERS]) ? (['reference', 'people'] as const) : []),
  ]
}

/** What each post finds under 督办. Anybody may be the one who is told, so the notices are open to all who work with clocks. */
export function watchTabsOf(roles: string[]): WatchTab[] {
  return [
    ...(any(roles, TOLD) ? (['notices', 'alarms'] as const) : []),
    ...(any(roles, [...AT_THE_DESK, ...HOLDERS]) ? (['supervisions', 'joint'] as const) : []),
    ...(any(roles, PROVERS) ? (['findings'] as const) : []),
  ]
}

/** Whether these posts take care of what the nightly proof found. */
export const mendsFindings = (roles: string[]): boolean => any(roles, [DISPATCHER, 'system_admin'])

export function figureTabsOf(roles: string[]): FigureTab[] {
  return any(roles, FIGURE_READERS) ? [...FIGURE_TABS] : []
}

/** Whether these posts may import lists and put editions in force. */
export const keepsLists = (roles: string[]): boolean => any(roles, KEEPERS)

/** Maps are put in force, and people imported, by the administrator alone. */
export const administers = (roles: string[]): boolean => roles.includes('system_admin')

export const confirms = (roles: string[]): boolean => roles.includes('legal_reviewer')

export const keepsRoster = (roles: string[]): boolean => any(roles, [DISPATCHER, 'system_admin'])

export function queuesOf(roles: string[]): QueueName[] {
  const kept: QueueName[] = ['pending', 'returned', 'arbitration', 'extensions', 'suspended', 'transferred', 'duplicates', 'alarms']
  return [
    ...(keepsQueues(roles) ? kept : []),
    ...(roles.includes(CHECKER) ? (['checking'] as const) : []),
    ...(any(roles, [CHECKER, DISPATCHER]) ? (['closing'] as const) : []),
    ...(keepsQueues(roles) ? (['all'] as const) : any(roles, HOLDERS) ? (['own'] as const) : []),
  ]
}

/** 督办: who issues a 督办单 by hand. */
export const supervises = (roles: string[]): boolean => roles.includes('supervisor')

/** 剔除: who asks that an order be left out of the figures; another person decides. */
export const asksExclusion = (roles: string[]): boolean => any(roles, [...AT_THE_DESK, CHECKER, 'squad_leader'])

/** 考核: who freezes a month by hand, and who may object to one. */
export const freezesMonths = (roles: string[]): boolean => roles.includes('supervisor')
export const appeals = (roles: string[]): boolean => roles.includes('squad_leader')
