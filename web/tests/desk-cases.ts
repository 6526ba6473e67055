import type { CaseAction, CaseDetail, CaseRow, Field } from '@/desk/cases/types'
import { at } from './orders'

/** A case being investigated; tests change what they speak about. */
export const aCase = (id: string, facts: Partial<CaseRow> = {}): CaseRow => ({
  id,
  code: null,
  version: 4,
  state: 'investigating',
  state_name: '调查取证中',
  lane: 'ordinary',
  lane_name: '普通程序',
  power: { code: 'SR006', name: '占道经营' },
  party_name: '周*',
  squad: { code: 'CZ', name: '城中片区中队' },
  handlers: ['林晓峰', '苏敏'],
  waits_for: ['本中队执法人员'],
  opened_at: at(-2),
  changed_at: at(-1),
  outcome: null,
  outcome_name: null,
  fine_fen: null,
  clock: null,
  order_id: null,
  ...facts,
})

export const aCaseDetail = (id: string, facts: Partial<CaseDetail> = {}): CaseDetail => ({
  ...aCase(id),
  place: { lon: 121.07, lat: 31.57 },
  grid: 'CZ-01',
  acted_from: '2026-11-20',
  acted_on: '2026-11-20',
  discovered_on: '2026-11-20',
  summary: '三张桌子摆到人行道上',
  party: null,
  acts: [],
  evidence: [],
  documents: [],
  clocks: [],
  alarms: [],
  allowed: [],
  tier: null,
  nearest: null,
  owed: null,
  ...facts,
})

export const aField = (kind: Field['kind'], facts: Partial<Field> = {}): Field => ({
  name: kind,
  label: '要素',
  kind,
  required: true,
  choices: null,
  factors: null,
  help: '',
  value: null,
  ...facts,
})

export const anAction = (action: string, facts: Partial<CaseAction> = {}): CaseAction => ({
  action,
  name: action,
  article: '行政处罚法第五十四条',
  open: true,
  missing: [],
  warnings: [],
  fields: [],
  danger: false,
  ...facts,
})
