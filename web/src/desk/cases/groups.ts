// 现在可以做: the acts as a person looks for them. What leads onward stands first, what ends the case otherwise last.
import { leadsOnward } from './steps'
import type { CaseAction, CaseState } from './types'

export interface Groups {
  onward: CaseAction[]
  meanwhile: CaseAction[]
  aside: CaseAction[]
  closed: CaseAction[]
}

type Target = (from: CaseState, action: string) => CaseState | undefined

export function grouped(actions: CaseAction[], state: CaseState, target: Target): Groups {
  const groups: Groups = { onward: [], meanwhile: [], aside: [], closed: [] }
  for (const action of actions) groups[action.open ? placeOf(action, state, target) : 'closed'].push(action)
  return groups
}

function placeOf({ action, danger }: CaseAction, state: CaseState, target: Target): keyof Groups {
  const to = target(state, action)
  if (to && leadsOnward(state, to)) return 'onward'
  return danger || (to && to !== state) ? 'aside' : 'meanwhile'
}
