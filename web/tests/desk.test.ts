// The desk's pure parts: what stands on top, who may be chosen and why, what changed, what is still missing.
import { beforeEach, describe, expect, it } from 'vitest'
import { gridsWithin, metresBetween, metresTo } from '@/desk/geo'
import { candidates } from '@/desk/orders/candidates'
import { differences, newLines } from '@/desk/orders/changes'
import { byUrgency, isOver } from '@/desk/orders/urgency'
import { whyOf, withGridNames } from '@/desk/orders/why'
import { begin, bodyOf, drop, keyFor, missing, required, wishOf } from '@/desk/orders/wish'
import { administers, keepsRoster, queuesOf, viewsOf, watches } from '@/desk/posts'
import { format, parse } from '@/desk/route'
import type { Allowed, Kind, SquadOption } from '@/desk/shapes'
import type { Grid, Grids } from '@/shared/map/grids'
import { aDeskOrder, aDetail } from './desk-orders'
import { NOW, at, due } from './orders'

const square = (code: string, area: string, west: number): Grid => ({
  type: 'Feature',
  properties: { code, name: `${area}一号网格`, area_code: area, area_name: `${area}片区`, squad: `${area}中队` },
  geometry: { type: 'Polygon', coordinates: [[[west, 31], [west + 0.01, 31], [west + 0.01, 31.01], [west, 31.01], [west, 31]]] },
})
const TOWN: Grids = { type: 'FeatureCollection', features: [square('CZ-01', 'CZ', 121), square('CD-01', 'CD', 121.01)] }
const BY_THE_BORDER = { lon: 121.0099, lat: 31.005 }

describe('the list', () => {
  it('puts alarms first, then the clock that runs out soonest, then who waits longest', () => {
    const orders = [
      aDeskOrder('waits', { clock: null, received_at: at(-1) }),
      aDeskOrder('waits longer', { clock: null, received_at: at(-9) }),
      aDeskOrder('due later', { clock: due(5) }),
      aDeskOrder('due soon', { clock: due(1) }),
      aDeskOrder('alarm', { clock: due(30), alarm: true }),
    ]
    expect(byUrgency(orders).map(({ id }) => id)).toEqual(['alarm', 'due soon', 'due later', 'waits longer', 'waits'])
  })

  it('calls an order late as soon as its clock has run out, even before the service says so', () => {
    expect(isOver(aDeskOrder('one', { clock: due(-0.1) }), NOW)).toBe(true)
    expect(isOver(aDeskOrder('one', { clock: due(0.1) }), NOW)).toBe(false)
  })

  it('says what happened last rather than what the table once said', () => {
    expect(whyOf(aDeskOrder('one', { why: '位置不清' }))).toBe('位置不清')
    expect(whyOf(aDeskOrder('one', { state: 'returned', why: '片区由它负责' }))).toBe('城中片区中队退回，请改派')
    expect(whyOf(aDeskOrder('one', { state: 'transferred', partner: { code: 'gas', name: '燃气公司' } }))).toContain('燃气公司')
  })

  it('calls grids by their names', () => {
    const names = new Map([['320598113009005', '县前社区第五网格']])
    expect(withGridNames('地点在网格 320598113009005（城中片区），离 30 米', names)).toBe('地点在网格 县前社区第五网格（城中片区），离 30 米')
  })
})

describe('who may be chosen', () => {
  const kind = { field: '规划建设' } as Kind
  const squads: SquadOption[] = [
    { code: 'CD', name: '城东中队', areas: ['CD'], fields: [] },
    { code: 'CZ', name: '城中中队', areas: ['CZ'], fields: [] },
    { code: 'GH', name: '规划建设中队', areas: ['CZ', 'CD'], fields: ['规划建设'] },
    { code: 'XX', name: '远处中队', areas: ['XX'], fields: [] },
  ]

  it('finds the grids that a circle touches, the nearest first', () => {
    const near = gridsWithin(TOWN, BY_THE_BORDER, 60)
    expect(near.map(({ grid }) => grid.properties.code)).toEqual(['CZ-01', 'CD-01'])
    expect(near[0]?.metres).toBe(0)
    expect(near[1]?.metres).toBeCloseTo(9.5, 0)
    expect(gridsWithin(TOWN, BY_THE_BORDER, 5)).toHaveLength(1)
  })

  it('measures in metres', () => {
    expect(metresBetween({ lon: 121, lat: 31 }, { lon: 121, lat: 31.001 })).toBeCloseTo(111.2, 0)
    expect(metresTo(TOWN.features[0] as Grid, { lon: 121.005, lat: 31.02 })).toBeCloseTo(1112, -1)
  })

  it('puts the squad of the place first, and says why', () => {
    const found = candidates(squads, gridsWithin(TOWN, BY_THE_BORDER, 60), undefined)
    expect(found.map(({ squad }) => squad.code)).toEqual(['CZ', 'CD', 'GH', 'XX'])
    expect(found[0]?.why).toEqual(['地点在CZ片区的CZ一号网格', '各领域都管'])
    expect(found[1]?.why[0]).toContain('误差圆碰到')
    expect(found[3]?.why[0]).toBe('地点不在它的片区')
  })

  it('lets a squad for the field stand beside the squad for everything', () => {
    const found = candidates(squads, gridsWithin(TOWN, BY_THE_BORDER, 60), kind)
    expect(found.slice(0, 2).map(({ squad }) => squad.code).sort()).toEqual(['CZ', 'GH'])
    expect(found.find(({ squad }) => squad.code === 'GH')?.why).toContain('管规划建设')
  })
})

describe('a change under the hand', () => {
  it('is told fact by fact, and by the new lines of the trace', () => {
    const line = { at: at(0), kind: 'order.dispatched', text: '已派给城东中队', state: 'dispatched' as const, late: false, actor: '郑严' }
    const before = aDetail('one', { squad: null })
    const now = aDetail('one', { state: 'dispatched', state_name: '已派出', squad: { code: 'CD', name: '城东中队' }, timeline: [line] })
    expect(differences(before, now)).toEqual([
      { name: '状态', before: '待研判', now: '已派出' },
      { name: '中队', before: '无', now: '城东中队' },
    ])
    expect(newLines(before, now)).toEqual([line])
    expect(differences(now, now)).toEqual([])
  })
})

describe('a wish', () => {
  const dispatch: Allowed = { action: 'dispatch', name: '派单', requires: ['squad', 'words'] }
  beforeEach(() => void drop('one'))

  it('says what is missing before it is sent', () => {
    const wish = begin('one', 'dispatch')
    expect(missing(dispatch, wish)).toEqual(['squad', 'words'])
    Object.assign(wish, { squad: 'CZ', words: '  ' })
    expect(missing(dispatch, wish)).toEqual(['words'])
  })

  it('sends what the step asks for and nothing else', () => {
    const wish = Object.assign(begin('one', 'dispatch'), { squad: 'CZ', words: ' 地点在桥西 ', outcome: 'fixed' })
    expect(bodyOf(dispatch, wish, 7)).toEqual({ action: 'dispatch', version: 7, squad: 'CZ', words: '地点在桥西' })
  })

  it('asks for the line of the power list when the ground is about powers', () => {
    const giveBack: Allowed = { action: 'return', name: '退回', requires: ['ground', 'words'] }
    const wish = Object.assign(begin('one', 'return'), { ground: 'no_power', words: '没有权' })
    expect(required(giveBack, wish)).toEqual(['ground', 'words', 'power'])
    wish.ground = 'not_our_area'
    expect(missing(giveBack, wish)).toEqual([])
  })

  it('keeps its words when another step is chosen, and itself while one looks elsewhere', () => {
    begin('one', 'dispatch').words = '写了一半'
    expect(begin('one', 'transfer')).toMatchObject({ action: 'transfer', words: '写了一半' })
    begin('two', 'dispatch')
    expect(wishOf('one')?.words).toBe('写了一半')
    drop('two')
  })

  it('keeps its key as long as it says the same', () => {
    const wish = begin('one', 'dispatch')
    const first = keyFor(wish, { words: 'a' })
    expect(keyFor(wish, { words: 'a' })).toBe(first)
    expect(keyFor(wish, { words: 'b' })).not.toBe(first)
  })
})

describe('the address', () => {
  it('leads back to where one was', () => {
    const route = { view: 'orders', queue: 'pending', row: 'ambiguous', order: '01a2' } as const
    expect(parse(format(route))).toEqual(route)
    expect(format({ view: 'orders', queue: 'returned', order: '01a2' })).toBe('#orders/returned//01a2')
    expect(parse('#orders/returned//01a2')).toEqual({ view: 'orders', queue: 'returned', row: undefined, order: '01a2' })
    expect(format({ view: 'people', queue: 'pending' })).toBe('#people')
  })

  it('is the first queue when it says nothing that is known', () => {
    expect(parse('')).toEqual({ view: 'orders', queue: 'pending' })
    expect(parse('#nothing/at/all')).toEqual({ view: 'orders', queue: 'pending' })
    expect(parse('#orders/unheard-of').queue).toBe('pending')
  })
})

describe('posts', () => {
  it('find what is theirs', () => {
    expect(viewsOf(['dispatcher'])).toEqual(['orders', 'intake', 'cases', 'watching', 'figures', 'reference', 'people'])
    expect(viewsOf(['checker'])).toEqual(['orders', 'cases', 'watching', 'figures'])
    expect(viewsOf(['legal_reviewer'])).toEqual(['cases', 'watching', 'reference', 'people'])
    expect(viewsOf(['officer'])).toEqual(['cases', 'orders', 'watching'])
    expect(queuesOf(['squad_leader'])).toEqual(['own'])
    expect(queuesOf(['checker'])).toEqual(['checking', 'closing'])
    expect(queuesOf(['supervisor'])).toContain('arbitration')
    expect(watches(['system_admin'])).toBe(false)
    expect(administers(['legal_reviewer'])).toBe(false)
    expect(keepsRoster(['dispatcher'])).toBe(true)
  })
})
