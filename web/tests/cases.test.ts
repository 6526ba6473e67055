// The case screens' pure parts: what is typed and what is told, where a case stands, whose move it is.
import { beforeEach, describe, expect, it } from 'vitest'
import { begin, done, draftOf, forgetActs, keepable, keyFor, putAside } from '@/desk/cases/draft'
import { asked, factsOf, filled } from '@/desk/cases/form/facts'
import { asksFor, bodyOf, emptyParty, lacking, masked, papersOf } from '@/desk/cases/form/parties'
import { begun, momentNow, told, type Typed } from '@/desk/cases/form/typed'
import { choicesOf, noneOf, widgetOf } from '@/desk/cases/form/widgets'
import { grouped } from '@/desk/cases/groups'
import { byUrgency, urgencyOf } from '@/desk/cases/list/urgency'
import { openingAct, orderChoices, placeOf } from '@/desk/cases/opening/opening'
import { fenOf, range, typedYuan, yuan } from '@/desk/cases/money'
import { proposed } from '@/desk/cases/proposal'
import { isWaitedFor, waitsList } from '@/desk/cases/posts'
import { leadsOnward, standings } from '@/desk/cases/steps'
import type { CaseState, Evidence, Factor, Field } from '@/desk/cases/types'
import { format, parse } from '@/desk/route'
import { sayCaseStates, sayDo } from '@/shared/labels/cases'
import { aCase, aCaseDetail, aField, anAction } from './desk-cases'
import { NOW, anOrder, due } from './orders'

const ZONE = 'Asia/Shanghai'
const tell = (field: Field, typed: Typed) => told(field, typed, ZONE)

describe('what is proposed', () => {
  const act = (action: string, facts: [string, string][]) => ({ sequence: 1, action, name: action, at: '', recorded_at: '', actor_name: null, article: '', facts: facts.map(([name, text]) => ({ name, label: name, text })) })
  const acts = [act('review', [['passed', '是']]), act('conclude', [['outcome', '行政处罚'], ['words', '……'], ['kinds', '罚款'], ['fine_fen', '150 元']]), act('conclude', [['fine_fen', '99 元']])]

  it('is what was told last, until it is decided', () => {
    expect(proposed({ acts, outcome_name: null })).toEqual(['行政处罚', '罚款', '150 元'])
    expect(proposed({ acts, outcome_name: '行政处罚' })).toEqual([])
    expect(proposed({ acts: [], outcome_name: null })).toEqual([])
  })
})

describe('sums', () => {
  it.each([['8000', 800_000], ['8,000.5', 800_050], ['８０００', 800_000], ['¥ 12.34', 1234], ['0', 0]])('%s yuan is typed', (typed, fen) => {
    expect(fenOf(typed)).toBe(fen)
  })
  it.each(['', '八千', '8.005', '-1', '1e3', '99999999999999'])('«%s» is no sum', (typed) => {
    expect(fenOf(typed)).toBeUndefined()
  })
  it('come back as they were typed', () => {
    for (const fen of [0, 1, 50, 100, 123456, 800_000]) expect(fenOf(typedYuan(fen))).toBe(fen)
  })
  it('are read with their thousands', () => {
    expect(yuan(123_456_789)).toBe('1,234,567.89 元')
    expect(range(50_000, 500_000)).toBe('500 元以上 5,000 元以下')
    expect(range(0, 500_000)).toBe('5,000 元以下')
    expect(range(null, null)).toBe('')
  })
})

describe('the line of steps', () => {
  it('says what is done, where one is, and what comes', () => {
    expect(standings(aCase('one', { state: 'notified' })).map(({ standing }) => standing)).toEqual(['done', 'done', 'here', 'ahead', 'ahead', 'ahead'])
  })
  it('leaves out what a penalty on the spot has no step for', () => {
    expect(standings(aCase('one', { state: 'on_spot', lane: 'on_spot' })).map(({ standing }) => standing)).toEqual(['done', 'skipped', 'skipped', 'done', 'here', 'ahead'])
  })
  it('ends where a case ends otherwise, and is whole when it is closed', () => {
    expect(standings(aCase('one', { state: 'withdrawn' })).map(({ standing }) => standing)).toEqual(['done', 'ended', 'skipped', 'skipped', 'skipped', 'skipped'])
    expect(standings(aCase('one', { state: 'closed' })).every(({ standing }) => standing === 'done')).toBe(true)
  })
  it('has a place and a name for every state', () => {
    for (const state of Object.keys(sayCaseStates)) expect(standings(aCase('one', { state: state as CaseState })).some(({ standing }) => ['here', 'ended', 'done'].includes(standing))).toBe(true)
  })
})

describe('what may be done', () => {
  const table: Record<string, CaseState> = { conclude: 'concluded', inspect: 'investigating', withdraw: 'withdrawn', send_back: 'source' }
  it('stands by where it leads, and what may not be done yet below', () => {
    const actions = [anAction('inspect'), anAction('withdraw', { danger: true }), anAction('conclude'), anAction('send_back'), anAction('assign', { open: false })]
    const groups = grouped(actions, 'investigating', (_from, action) => table[action])
    expect(Object.fromEntries(Object.entries(groups).map(([name, all]) => [name, (all as { action: string }[]).map(({ action }) => action)]))).toEqual({
      onward: ['conclude'],
      meanwhile: ['inspect'],
      aside: ['withdraw', 'send_back'],
      closed: ['assign'],
    })
  })
  it('is one group while the table has not come', () => {
    expect(grouped([anAction('conclude')], 'investigating', () => undefined).meanwhile).toHaveLength(1)
  })
  it('does not take the end of a hearing for a step back', () => {
    expect(leadsOnward('hearing', 'notified')).toBe(true)
    expect(leadsOnward('performing', 'court')).toBe(false)
  })
  it('names its article as people cite it', () => {
    expect(sayDo.articles('行政处罚法第四十四条、第六十三条')).toBe('《行政处罚法》第四十四条、第六十三条')
    expect(sayDo.articles('《行政强制法》第十八条')).toBe('《行政强制法》第十八条')
    expect(sayDo.articles('')).toBe('')
  })
})

describe('the list', () => {
  it('has what is late on top, then what runs out next, then what changed last', () => {
    const clock = (hours: number) => ({ kind: 'decide', name: '办案期限', due_at: due(hours).due_at, late: hours < 0 })
    const rows = [aCase('calm', { clock: clock(90) }), aCase('none'), aCase('late', { clock: clock(-3) }), aCase('near', { clock: clock(5) })]
    expect(byUrgency(rows).map(({ id }) => id)).toEqual(['late', 'near', 'calm', 'none'])
    expect(rows.map(({ clock: one }) => one && urgencyOf(one, NOW))).toEqual(['calm', null, 'late', 'near'])
  })
  it('calls a clock late even before the service says so', () => {
    expect(urgencyOf({ due_at: due(-0.1).due_at, late: false }, NOW)).toBe('late')
  })
  it('says whose list it is, and whether it is my move', () => {
    expect(waitsList(['approver'])).toBe('待我审批')
    expect(waitsList(['legal_reviewer'])).toBe('待我审核')
    expect(waitsList(['officer'])).toBe('我承办的')
    const mine = { roles: ['officer'], name: '苏敏' }
    expect(isWaitedFor(aCase('one'), mine)).toBe(true)
    expect(isWaitedFor(aCase('one'), { ...mine, name: '赵海' })).toBe(false)
    expect(isWaitedFor(aCase('one', { waits_for: ['审批人'] }), mine)).toBe(false)
    expect(isWaitedFor(aCase('one', { waits_for: ['审批人'] }), { roles: ['approver'], name: '顾远' })).toBe(true)
  })
  it('keeps its place in the address, without a name or a word', () => {
    expect(parse('#cases/all/0198-abc')).toMatchObject({ view: 'cases', list: 'all', case: '0198-abc' })
    expect(parse('#cases')).toMatchObject({ view: 'cases', list: undefined, case: undefined })
    expect(format(parse('#cases/mine/0198'))).toBe('#cases/mine/0198')
    expect(format(parse('#orders/pending/row/o1'))).toBe('#orders/pending/row/o1')
  })
})

describe('fields', () => {
  it('tell nothing while nothing was typed', () => {
    const kinds: Field['kind'][] = ['text', 'line', 'money_fen', 'whole', 'day', 'moment', 'flag', 'choice', 'choices', 'officers', 'person', 'evidence', 'items', 'answers', 'members', 'parts', 'factors', 'party', 'file', 'paper']
    for (const kind of kinds) expect(tell(aField(kind), begun(aField(kind), ZONE))).toEqual({})
  })
  it('tell sums in fen, moments in UTC, evidence by number', () => {
    expect(tell(aField('money_fen'), '8000.5')).toEqual({ value: 800_050 })
    expect(tell(aField('whole'), '3')).toEqual({ value: 3 })
    expect(tell(aField('moment'), '2026-11-20T10:42')).toEqual({ value: '2026-11-20T02:42:00.000Z' })
    expect(tell(aField('flag'), 'false')).toEqual({ value: false })
    expect(tell(aField('evidence'), ['1', '3'])).toEqual({ value: [1, 3] })
    expect(tell(aField('text'), '  两行\n')).toEqual({ value: '两行' })
  })
  it('say what cannot be sent', () => {
    expect(tell(aField('money_fen', { label: '罚款' }), '八千').wrong).toContain('「罚款」')
    expect(tell(aField('whole'), '2.5').wrong).toBeTruthy()
    expect(tell(aField('moment'), '2026-11-20').wrong).toBeTruthy()
    expect(tell(aField('parts', { label: '分期安排' }), [{ due: '2026-12-01', fen: '' }]).wrong).toContain('第 1 行')
  })
  it('leave out rows that are empty, and cells that may be', () => {
    const rows = [{ name: '遮阳棚', spec: '', amount: '1', unit: '顶', state: '' }, { name: '', spec: '', amount: '', unit: '', state: '' }]
    expect(tell(aField('items'), rows)).toEqual({ value: [{ name: '遮阳棚', amount: '1', unit: '顶' }] })
    expect(tell(aField('parts'), [{ due: '2026-12-01', fen: '4000' }])).toEqual({ value: [{ due: '2026-12-01', fen: 400_000 }] })
  })
  it('show what the service suggests as if it had been typed', () => {
    expect(begun(aField('money_fen', { value: 800_050 }), ZONE)).toBe('8000.50')
    expect(begun(aField('moment', { value: '2026-11-20T02:42:00Z' }), ZONE)).toBe('2026-11-20T10:42')
    expect(begun(aField('officers', { value: ['sumin', 'linxiaofeng'] }), ZONE)).toEqual(['sumin', 'linxiaofeng'])
    expect(begun(aField('flag', { value: true }), ZONE)).toBe('true')
    expect(begun(aField('parts', { value: [{ due: '2026-12-01', fen: 400_000 }] }), ZONE)).toEqual([{ due: '2026-12-01', fen: '4000' }])
    expect(momentNow(ZONE, Date.parse('2026-11-20T16:05:30Z'))).toBe('2026-11-21T00:05')
  })
  it('tell weighed facts each in its kind, and an unknown one not at all', () => {
    const factor = (code: string, kind: Factor['kind']): Factor => ({ code, kind, label: code, unit: '', help: '', choices: [] })
    const factors = [factor('refused', 'flag'), factor('area_m2', 'measure'), factor('income_fen', 'money'), factor('harm', 'choice'), factor('count', 'whole')]
    const field = aField('factors', { factors, value: { income_fen: 12_345, refused: false } })
    expect(begun(field, ZONE)).toEqual({ income_fen: '123.45', refused: 'false' })
    expect(tell(field, { refused: 'true', area_m2: '12.5', income_fen: '300', harm: 'slight', count: '' })).toEqual({ value: { refused: true, area_m2: 12.5, income_fen: 30_000, harm: 'slight' } })
    expect(tell(field, { area_m2: '十二' }).wrong).toContain('area_m2')
  })
  it('are chosen from what stands in the case', () => {
    const piece = { number: 2, name: '现场照片', excluded: null } as Evidence
    const detail = aCaseDetail('one', { evidence: [piece, { ...piece, number: 3, excluded: '与本案无关' }] })
    expect(choicesOf(aField('evidence'), detail)).toMatchObject([{ code: '2' }, { code: '3', ok: false }])
    const number = aField('whole', { name: 'number' })
    expect(widgetOf(number, choicesOf(number, detail))).toBe('pick')
    expect(widgetOf(aField('whole'), [])).toBe('plain')
    expect(widgetOf(aField('person'), [])).toBe('plain')
    expect(noneOf(aField('evidence'))).toContain('登记证据')
  })
})

describe('a form', () => {
  const action = anAction('pay', { fields: [aField('money_fen', { name: 'amount_fen', label: '金额', value: 800_000 }), aField('day', { label: '日期' }), aField('text', { name: 'words', required: false })] })
  it('sends what stands in it, also what nobody touched, and says what is missing', () => {
    expect(factsOf(action, {}, ZONE)).toEqual({ facts: { amount_fen: 800_000 }, missing: ['日期'], wrong: [] })
    expect(factsOf(action, { day: '2026-11-20', amount_fen: 'x' }, ZONE)).toMatchObject({ missing: [], wrong: [expect.stringContaining('金额')] })
    expect(filled(action, { amount_fen: '' }, ZONE)).toMatchObject({ amount_fen: '' })
  })
})

describe('a form that depends on an answer', () => {
  const fields = [aField('choice', { name: 'outcome' }), aField('choices', { name: 'kinds', required: false }), aField('money_fen', { name: 'fine_fen', required: false }), aField('choice', { name: 'ground', required: false })]
  const names = (typed: Record<string, Typed>) => asked(anAction('conclude', { fields }), filled(anAction('conclude', { fields }), typed, ZONE)).map(({ name }) => name)

  it('asks for the fine only of who proposes one, and for a ground of who does not', () => {
    expect(names({})).toEqual(['outcome'])
    expect(names({ outcome: 'penalty' })).toEqual(['outcome', 'kinds'])
    expect(names({ outcome: 'penalty', kinds: ['fine'] })).toEqual(['outcome', 'kinds', 'fine_fen'])
    expect(names({ outcome: 'no_penalty', kinds: ['fine'] })).toEqual(['outcome', 'ground'])
  })
  it('does not send what it no longer asks for', () => {
    const typed = { outcome: 'no_penalty', kinds: ['fine'], fine_fen: '500', ground: 'first_offence' }
    expect(factsOf(anAction('conclude', { fields }), typed, ZONE).facts).toEqual({ outcome: 'no_penalty', ground: 'first_offence' })
  })
  it('asks for everything whose deciding fact it does not hold', () => {
    expect(asked(anAction('pay', { fields: [fields[2] as Field] }), {})).toHaveLength(1)
  })
})

describe('what is being recorded', () => {
  beforeEach(() => forgetActs())

  it('waits while one looks at something else, and is gone once it is done', () => {
    begin('one', 'pay').typed['pay'] = { words: '现金' }
    begin('one', 'perform')
    expect(begin('one', 'pay').typed['pay']).toEqual({ words: '现金' })
    putAside('one')
    expect(draftOf('one')).toMatchObject({ action: '', typed: { pay: { words: '现金' } } })
    begin('one', 'pay')
    done('one')
    expect(begin('one', 'pay').typed['pay']).toEqual({})
  })
  it('keeps its key as long as it says the same', () => {
    const draft = begin('one', 'pay')
    const key = keyFor(draft, { a: 1 })
    expect(keyFor(draft, { a: 1 })).toBe(key)
    expect(keyFor(draft, { a: 2 })).not.toBe(key)
  })
  it('never puts into the browser’s storage who somebody is or where he lives', () => {
    const draft = begin('one', 'confirm_address')
    draft.typed['confirm_address'] = { address: '沿河路18号', receiver: '周英', words: '本人在场' }
    expect(keepable(draft).typed['confirm_address']).toEqual({ words: '本人在场' })
  })
})

describe('a party', () => {
  it('is asked for what such a party has', () => {
    expect(papersOf('organisation')).not.toContain('id_card')
    expect(papersOf('sole_trader')).toContain('credit_code')
    expect(asksFor({ ...emptyParty(), kind: 'organisation' })).toEqual(['head', 'phone', 'address'])
    expect(asksFor({ ...emptyParty(), number_kind: 'passport' })).toContain('birth')
  })
  it('is sent with what was typed, and no number where none was shown', () => {
    const party = { ...emptyParty(), name: ' 周英 ', number: '3205', phone: '' }
    expect(bodyOf(party)).toEqual({ kind: 'person', name: '周英', number_kind: 'id_card', number: '3205' })
    expect(bodyOf({ ...party, number_kind: 'none' })).not.toHaveProperty('number')
    expect(lacking(emptyParty())).toHaveLength(2)
    expect(lacking({ ...party, number_kind: 'none', number: '' })).toEqual([])
  })
  it('is shown masked once it is entered', () => {
    expect([masked('周英'), masked('周小英'), masked('云川县味满园餐饮有限公司')]).toEqual(['周*', '周*英', '云***司'])
  })
})

describe('a new case', () => {
  const options = { officers: [{ code: 'sumin', name: '苏敏', ok: true }, { code: 'liwei', name: '李卫', ok: true }], powers: [{ code: 'SR003', name: '乱倒', ok: true }, { code: 'SR009', name: '没公布', ok: false }] }

  it('names its opener, offers only powers that may be used, and needs one only where no order brings it', () => {
    const found = openingAct('found', options, ['苏敏'])
    expect(found.fields[0]?.value).toEqual(['sumin'])
    expect(found.fields[1]).toMatchObject({ name: 'power', required: true, choices: [{ code: 'SR003' }] })
    expect(openingAct('order', options, []).fields[1]?.required).toBe(false)
  })
  it('says of an order what, where and since when', () => {
    const [choice] = orderChoices([anOrder('one')], () => '今天 10:42')
    expect(choice?.code).toBe('one')
    expect(choice?.why).toContain('今天 10:42')
  })
  it('is where it was put, as exact as was told', () => {
    expect(placeOf({ place: undefined, crs: 'cgcs2000', accuracy: '' })).toBeUndefined()
    expect(placeOf({ place: { lon: 121, lat: 31 }, crs: 'gcj02', accuracy: '30' })).toEqual({ lon: 121, lat: 31, crs: 'gcj02', accuracy_m: 30 })
    expect(placeOf({ place: { lon: 121, lat: 31 }, crs: 'wgs84', accuracy: '' })).not.toHaveProperty('accuracy_m')
  })
})
