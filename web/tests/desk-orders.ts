import type { DeskOrder, DeskOrderDetail } from '@/desk/shapes'
import { anOrder } from './orders'

/** An order on the desk, waiting to be decided; tests change what they speak about. */
export const aDeskOrder = (id: string, facts: Partial<DeskOrder> = {}): DeskOrder => ({
  ...anOrder(id),
  state: 'received',
  state_name: '待研判',
  lane: 'desk',
  lane_name: '指挥中心',
  leader: null,
  partner: null,
  power: null,
  alarm: false,
  severity: 'ordinary',
  severity_name: '一般',
  suspended: false,
  sources: ['手机举报'],
  links: 0,
  ...facts,
})

export const aDetail = (id: string, facts: Partial<DeskOrderDetail> = {}): DeskOrderDetail => ({
  ...aDeskOrder(id),
  accuracy_m: null,
  words: ['三张桌子摆到人行道上'],
  reasons: [],
  timeline: [],
  clocks: [],
  photos: [],
  allowed: [],
  power: null,
  decisions: [],
  links: [],
  transfers: [],
  reports: [],
  layers: [],
  returns: 0,
  case: null,
  can_open_case: false,
  suspension: null,
  extension: null,
  joint: [],
  can_call: false,
  ...facts,
})
