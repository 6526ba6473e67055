// 案件走到哪一步: the line from filing to closing, and where a case stands on it.
import type { CaseRow, CaseState, Lane } from './types'

export const STEPS = ['filing', 'inquiry', 'notice', 'decision', 'performance', 'closing'] as const
export type Step = (typeof STEPS)[number]
export type Standing = 'done' | 'here' | 'ahead' | 'skipped' | 'ended'

const STEP_OF: Record<CaseState, Step> = {
  source: 'filing',
  filing: 'filing',
  fast_filing: 'filing',
  declined: 'filing',
  investigating: 'inquiry',
  concluded: 'inquiry',
  withdrawn: 'inquiry',
  transferred: 'inquiry',
  to_notify: 'notice',
  notified: 'notice',
  hearing: 'notice',
  deciding: 'decision',
  decided: 'decision',
  revoked: 'decision',
  on_spot: 'performance',
  performing: 'performance',
  court: 'performance',
  closing: 'closing',
  closed: 'closing',
  archived: 'closing',
}

/** Ends that lie off the line: nothing comes after them. */
const ENDED: CaseState[] = ['declined', 'withdrawn', 'transferred', 'revoked']
/** A penalty on the spot is told of and decided in one breath, without a step for either. */
const SKIPPED: Partial<Record<Lane, Step[]>> = { on_spot: ['inquiry', 'notice'] }
const FINISHED: CaseState[] = ['closed', 'archived']

export const stepOf = (state: CaseState): Step => STEP_OF[state] ?? 'inquiry'

export function standings({ state, lane }: Pick<CaseRow, 'state' | 'lane'>): { step: Step; standing: Standing }[] {
  const here = STEPS.indexOf(stepOf(state))
  return STEPS.map((step, index) => ({ step, standing: standing(step, index - here, state, lane) }))
}

function standing(step: Step, ahead: number, state: CaseState, lane: Lane): Standing {
  if (ahead !== 0 && SKIPPED[lane]?.includes(step)) return 'skipped'
  if (ahead < 0) return 'done'
  if (ahead > 0) return ENDED.includes(state) ? 'skipped' : 'ahead'
  if (ENDED.includes(state)) return 'ended'
  return FINISHED.includes(state) ? 'done' : 'here'
}

/** How far along a state is; a move to a higher one leads onward. */
const ALONG: CaseState[] = [
  'source',
  'filing',
  'fast_filing',
  'investigating',
  'concluded',
  'to_notify',
  'hearing',
  'notified',
  'deciding',
  'decided',
  'on_spot',
  'court',
  'performing',
  'closing',
  'closed',
  'archived',
]

export const leadsOnward = (from: CaseState, to: CaseState): boolean => ALONG.indexOf(to) > ALONG.indexOf(from)
