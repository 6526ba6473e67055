import { describe, expect, it } from 'vitest'
import type { Order } from '@/shared/client/shapes'
import { Board } from '@/shared/orders/board'
import { watched } from '@/shared/orders/watched'
import { alarms, countsBy, countsOf, isLate, isNear, isSoon, latest, pressing } from '@/wall/questions'
import { NOW, aPicture, anOrder, at, due } from './orders'

const change = (position: number, order: Order | null) => ({ position, event: `e${position}`, kind: 'order.arrived', at: at(0), order })
const ids = (orders: Order[]) => orders.map(({ id }) => id)

describe('the board', () => {
  const board = () => {
    const begun = new Board()
    begun.begin(aPicture(10, [anOrder('a'), anOrder('b')]))
    return begun
  }

  it('carries a change on', () => {
    const wall = board()
    wall.carry(change(11, anOrder('a', { version: 2, state: 'on_site' })))
    expect(wall.get('a')?.state).toBe('on_site')
  })

  it('drops what it has seen: at or below its position, or an older version', () => {
    const wall = board()
    wall.carry(change(12, anOrder('a', { version: 3, state: 'handled' })))
    expect(wall.carry(change(12, anOrder('a', { version: 4 })))).toBeUndefined()
    expect(wall.carry(change(10, anOrder('b', { version: 9 })))).toBeUndefined()
    expect(wall.carry(change(13, anOrder('a', { version: 2, state: 'on_site' })))).toBeUndefined()
    expect(wall.get('a')?.state).toBe('handled')
  })

  it('begins again from a fresh picture and forgets what is no longer in it', () => {
    const wall = board()
    wall.begin(aPicture(20, [anOrder('c')]))
    expect(ids(wall.all())).toEqual(['c'])
    expect(wall.carry(change(20, anOrder('a')))).toBeUndefined()
  })
})

describe('clocks', () => {
  it('are late when the service says so, or when they ran out since', () => {
    expect(isLate(watched(anOrder('a', { late: true, clock: due(-1) })), NOW)).toBe(true)
    expect(isLate(watched(anOrder('b', { clock: due(1) })), NOW + 2 * 3_600_000)).toBe(true)
    expect(isLate(watched(anOrder('c', { clock: due(1) })), NOW)).toBe(false)
    expect(isLate(watched(anOrder('d', { state: 'answered', clock: null })), NOW)).toBe(false)
  })

  it('are near in their last quarter, and two hours before at most', () => {
    expect(isNear(watched(anOrder('a', { clock: due(0.1, -0.4) })), NOW)).toBe(true)
    expect(isNear(watched(anOrder('b', { clock: due(0.4, -0.1) })), NOW)).toBe(false)
    expect(isNear(watched(anOrder('c', { clock: due(1.9, -70) })), NOW)).toBe(true)
    expect(isNear(watched(anOrder('d', { clock: due(2.1, -70) })), NOW)).toBe(false)
    expect(isNear(watched(anOrder('e', { clock: null })), NOW)).toBe(false)
  })

  it('are ringed in their last half hour, however long their term', () => {
    expect(isSoon(watched(anOrder('a', { clock: due(0.49, -0.01) })), NOW)).toBe(true)
    expect(isSoon(watched(anOrder('b', { clock: due(0.51, -70) })), NOW)).toBe(false)
    expect(isSoon(watched(anOrder('c', { late: true, clock: due(-1) })), NOW)).toBe(false)
    expect(isSoon(watched(anOrder('d', { state: 'closed', clock: due(0.1) })), NOW)).toBe(false)
  })

  it('press in the order in which they run out', () => {
    const orders = [
      anOrder('calm'),
      anOrder('near', { clock: due(0.5, -70) }),
      anOrder('later', { late: true, clock: due(-1) }),
      anOrder('latest', { late: true, clock: due(-30) }),
    ].map(watched)
    expect(ids(pressing(orders, NOW).late)).toEqual(['latest', 'later'])
    expect(ids(pressing(orders, NOW).near)).toEqual(['near'])
    expect(pressing([watched(anOrder('calm'))], NOW).next?.id).toBe('calm')
  })
})

describe('counts', () => {
  const orders = [
    anOrder('a', { state: 'received', clock: null, area: null }),
    anOrder('b', { state: 'accepted', late: true, clock: due(-1) }),
    anOrder('c', { state: 'dispatched' }),
    anOrder('d', { state: 'answered', clock: null }),
  ].map(watched)

  it('count every order once by stage, and the late ones again', () => {
    const { by, accepted, open } = countsOf(orders, NOW)
    expect(by).toMatchObject({ received: 1, dispatched: 2, on_site: 0, closed: 1, late: 1, returned: 0 })
    expect([accepted, open]).toEqual([1, 3])
  })

  it('tell apart what left the straight way, and in whose hands open orders are', () => {
    const aside = (['in_case', 'returned', 'arbitration', 'transferred'] as const).map((state) => anOrder(state, { state, lane: 'desk' }))
    const held = ['grid', 'unit', 'unit'].map((lane, index) => anOrder(`${lane} ${index}`, { lane }))
    const { by, lanes, open } = countsOf([...aside, ...held, anOrder('z', { state: 'closed', lane: 'unit' })].map(watched), NOW)
    expect(by).toMatchObject({ in_case: 1, returned: 1, arbitration: 1, transferred: 1, dispatched: 3, closed: 1 })
    expect(lanes).toEqual({ desk: 4, grid: 1, unit: 2 })
    expect(open).toBe(7)
  })

  it('count open orders by area, and those in no grid apart', () => {
    expect(Object.fromEntries(countsBy('area', orders, NOW))).toEqual({ CZ: { open: 2, late: 1 }, '': { open: 1, late: 0 } })
    expect(Object.fromEntries(countsBy('grid', orders, NOW))).toEqual({ 'CZ-01': { open: 3, late: 1 } })
  })

  it('put the newest change first', () => {
    const changed = [anOrder('old', { changed_at: at(-3) }), anOrder('new', { changed_at: at(-0.1) })].map(watched)
    expect(ids(latest(changed, 1))).toEqual(['new'])
  })

  it('find the newest of many as sorting would', () => {
    const many = Array.from({ length: 300 }, (_, index) => watched(anOrder(`${index}`, { changed_at: at(-((index * 7919) % 300)) })))
    const sorted = [...many].sort((one, other) => other.changed - one.changed)
    for (const most of [0, 1, 24, 299, 300, 400]) expect(ids(latest(many, most))).toEqual(ids(sorted.slice(0, most)))
  })
})

describe('alarms', () => {
  it('stand until somebody has signed, the one that waited longest first', () => {
    const orders = [
      anOrder('later', { state: 'dispatched', alarm: true, received_at: at(-1) }),
      anOrder('longest', { state: 'received', alarm: true, received_at: at(-3) }),
      anOrder('signed', { state: 'accepted', alarm: true }),
      anOrder('over', { state: 'answered', alarm: true }),
      anOrder('calm', { state: 'received' }),
    ].map(watched)
    expect(ids(alarms(orders))).toEqual(['longest', 'later'])
  })
})

describe('a row of the first picture', () => {
  const whole = [
    anOrder('a', { alarm: true, lane: 'unit', partner: { code: 'SW', name: '水务公司' } }),
    anOrder('b', { state: 'received', grid: null, area: null, squad: null, clock: null, lane: 'desk' }),
    anOrder('c', { state: 'closed', outcome: 'fixed', outcome_name: '已整改', clock: null, late: false }),
    anOrder('d', { late: true, clock: due(-1) }),
  ]
  const board = (...orders: Order[]) => {
    const begun = new Board()
    begun.begin(aPicture(1, orders))
    return begun
  }

  it.each(whole)('says of $id what a change says of it', (order) => {
    expect({ ...board(...whole).get(order.id) }).toEqual({ ...watched({ lane: 'squad', ...order }) })
  })

  it('is still an order with all its moments', () => {
    const order = board(...whole).get('d')
    expect([order?.received_at, order?.changed_at, order?.clock]).toEqual([at(-2), at(-1), due(-1)])
  })

  it('is read by the names of its columns, and what is new there is passed over', () => {
    const picture = aPicture(1, [anOrder('a')])
    const begun = new Board()
    begun.begin({ ...picture, columns: ['mood', ...picture.columns], orders: picture.orders.map((row) => ['fine', ...row]) })
    expect(begun.get('a')?.category_name).toBe('占道经营')
  })
})
