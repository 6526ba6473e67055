// 转立案: from an order to its penalty case, or to the page where one is opened of it.
import { sayAct } from '@/shared/labels/desk'
import { NEW } from '../cases/list/lists'
import type { DeskOrderDetail } from '../shapes'

export interface CaseWay {
  name: string
  /** The case, or what stands for one that is yet to be opened. */
  case: string
}

export function caseWays({ case: opened, can_open_case }: Pick<DeskOrderDetail, 'case' | 'can_open_case'>): CaseWay[] {
  return [
    ...(can_open_case ? [{ name: sayAct.openCase, case: NEW }] : []),
    ...(opened ? [{ name: sayAct.seeCase(opened.code), case: opened.id }] : []),
  ]
}
