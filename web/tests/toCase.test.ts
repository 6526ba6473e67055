// 转立案 on an order: who may, finds the button; where a case came of it, the way there.
import { describe, expect, it } from 'vitest'
import { caseWays } from '@/desk/orders/toCase'
import { format, parse } from '@/desk/route'
import { aDetail } from './desk-orders'

const CASE = { id: 'c1', code: '云综执立字〔2026〕第001号', state: 'investigating', state_name: '调查取证中' }

describe('an order that may become a case', () => {
  it('has the button for whoever may open one, and for nobody else', () => {
    expect(caseWays(aDetail('o1', { can_open_case: true }))).toEqual([{ name: '转立案', case: 'new' }])
    expect(caseWays(aDetail('o1'))).toEqual([])
  })

  it('leads to its case once there is one, numbered or not yet', () => {
    expect(caseWays(aDetail('o1', { case: CASE }))).toEqual([{ name: `查看案件 ${CASE.code}`, case: 'c1' }])
    expect(caseWays(aDetail('o1', { case: { ...CASE, code: null } }))).toEqual([{ name: '查看案件', case: 'c1' }])
  })

  it('goes along to the page where the case is opened, and only there', () => {
    const at = format({ view: 'cases', queue: 'pending', list: 'mine', case: 'new', order: 'o1' })
    expect(at).toBe('#cases/mine/new/o1')
    expect(parse(at)).toMatchObject({ view: 'cases', case: 'new', order: 'o1' })
    expect(format({ view: 'cases', queue: 'pending', list: 'mine', case: 'c1', order: 'o1' })).toBe('#cases/mine/c1')
  })
})
