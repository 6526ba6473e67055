import { describe, expect, it } from 'vitest'
import type { Order } from '@/shared/client/shapes'
import { Board, countsByArea, countsOf, isLate, isNear, latest, pressing, watched } from '@/wall/board'
import { NOW, anOrder, at, due } from './orders'

const change = (position: number, order: Order | null) => ({ position, event: `e${position}`, kind: 'order.arrived', at: at(0), order })
const ids = (orders: Order[]) => orders.map(({ id }) => id)

describe('the board', () => {
  const board = () => {
    const begun = new Board()
    begun.begin({ position: 10, at: at(0), orders: [anOrder('a'), anOrder('b')] })
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
    wall.begin({ position: 20, at: at(0), orders: [anOrder('c')] })
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
    expect(by).toMatchObject({ received: 1, dispatched: 2, on_site: 0, closed: 1, late: 1 })
    expect([accepted, open]).toEqual([1, 3])
  })

  it('count open orders by area, and those in no grid apart', () => {
    expect(Object.fromEntries(countsByArea(orders, NOW))).toEqual({ CZ: { open: 2, late: 1 }, '': { open: 1, late: 0 } })
  })

  it('put the newest change first', () => {
    const changed = [anOrder('old', { changed_at: at(-3) }), anOrder('new', { changed_at: at(-0.1) })].map(watched)
    expect(ids(latest(changed, 1))).toEqual(['new'])
  })
})
