// 岗位: what each post finds among the cases. The service decides what may be done.
import { sayCases, sayWaitsFor } from '@/shared/labels/cases'
import type { Kept } from '@/shared/session'
import type { CaseRow } from './types'

/** Whose posts act in a case; everybody else who sees cases reads. */
export const WORKERS = ['officer', 'squad_leader', 'approver', 'legal_reviewer']
const IN_CHARGE = ['officer', 'squad_leader']
/** Whether these posts may open a case. */
export const opens = (roles: string[]): boolean => roles.some((role) => IN_CHARGE.includes(role))

/** Papers, files of evidence and the whole file are for those who work on cases. */
export const readsFiles = (roles: string[]): boolean => roles.some((role) => WORKERS.includes(role))


/** What the list of one's own is called: for officers the cases they are in charge of, for the town's posts what waits. */
export function waitsList(roles: string[]): string {
  return roles.map((role) => sayCases.waitingFor[role]).find(Boolean) ?? sayCases.lists.mine
}

/** Whether it is this person's move, as far as a list can tell. */
export function isWaitedFor({ waits_for, handlers }: Pick<CaseRow, 'waits_for' | 'handlers'>, { roles, name }: Pick<Kept, 'roles' | 'name'>): boolean {
  return roles.some((role) => waits_for.includes(sayWaitsFor[role] ?? '') && (!IN_CHARGE.includes(role) || handlers.includes(name)))
}
