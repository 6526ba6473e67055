// What is filled in at the desk: a report by hand, coordinates as people paste them, the roster of a day, a sheet's faults.
import { beforeEach, describe, expect, it } from 'vitest'
import { clearDraft, keyFor, missing, reportOf, useDraft } from '@/desk/intake/draft'
import { readCoordinates } from '@/desk/intake/coordinates'
import { nearby } from '@/desk/intake/nearby'
import { bands, rows, uncovered } from '@/desk/people/bands'
import { asText, columnOf } from '@/desk/reference/complaints'
import type { Complaint, Leave, Shift } from '@/desk/referenceShapes'
import { dayIn, momentIn } from '@/shared/zones'
import { anOrder } from './orders'

const SHANGHAI = 'Asia/Shanghai'
const HOTLINE = { code: 'hotline_12345', name: '12345 热线', numbered: true, timed: true }
const CALL = { code: 'call', name: '来电', numbered: false, timed: false }
const PLACE = { lon: 121.07, lat: 31.57 }
const moment = (local: string) => momentIn(SHANGHAI, local)

describe('a report by hand', () => {
  beforeEach(() => void clearDraft())

  it('says what is still missing, the number only where there is one', () => {
    const draft = useDraft()
    expect(missing(draft, undefined)).toEqual(['source', 'place', 'kind', 'words'])
    Object.assign(draft, { place: PLACE, category: '09006', words: '占道' })
    expect(missing(draft, HOTLINE)).toEqual(['number'])
    expect(missing(draft, CALL)).toEqual([])
  })

  it('sends their number and their clock, in the town’s time', () => {
    const draft = Object.assign(useDraft(), { number: 'YC01', due: '2026-11-24T17:00', category: '09006', words: ' 占道 ' })
    expect(reportOf(draft, HOTLINE, PLACE, moment)).toEqual({
      source: 'hotline_12345',
      their_number: 'YC01',
      their_due_at: '2026-11-24T09:00:00.000Z',
      place: { ...PLACE, crs: 'cgcs2000' },
      words: '占道',
      category: '09006',
    })
  })

  it('sends who called, how exact the place is, and the order it joins, when they are known', () => {
    const facts = { name: '周阿姨', accuracy: '30', crs: 'gcj02' as const, joins: { id: 'one', code: 'ONE' }, words: 'x', category: '1' }
    expect(reportOf(Object.assign(useDraft(), facts), CALL, PLACE, moment)).toMatchObject({
      reporter: { name: '周阿姨' },
      place: { crs: 'gcj02', accuracy_m: 30 },
      joins: 'one',
    })
  })

  it('keeps its key as long as it says the same', () => {
    const draft = Object.assign(useDraft(), { words: 'x', category: '1' })
    const key = keyFor(draft, reportOf(draft, CALL, PLACE, moment))
    expect(keyFor(draft, reportOf(draft, CALL, PLACE, moment))).toBe(key)
    draft.words = 'y'
    expect(keyFor(draft, reportOf(draft, CALL, PLACE, moment))).not.toBe(key)
  })
})

describe('coordinates', () => {
  it.each(['121.0712, 31.5703', '31.5703，121.0712', 'E121.0712° N31.5703°', '121.0712 31.5703'])('%s is one place', (text) => {
    expect(readCoordinates(text)).toEqual({ lon: 121.0712, lat: 31.5703 })
  })

  it.each(['', '121.07', '1, 2', '121.07, 31.57, 8', '东门桥头'])('「%s」 is none', (text) => {
    expect(readCoordinates(text)).toBeUndefined()
  })
})

describe('orders nearby', () => {
  const order = (id: string, metres: number, facts = {}) => anOrder(id, { place: { lon: 121.07, lat: 31.57 + metres / 111_195 }, ...facts })

  it('are the open ones, the same kind first and then the nearest', () => {
    const orders = [
      order('other kind', 20, { category: '1' }),
      order('same, farther', 400),
      order('same', 90),
      order('too far', 600),
      order('ended', 5, { state: 'answered' }),
    ]
    expect(nearby(orders, PLACE, '09006').map((one) => one.order.id)).toEqual(['same', 'same, farther', 'other kind'])
  })
})

describe('the town’s clock', () => {
  it('turns what people type into moments', () => {
    expect(momentIn(SHANGHAI, '2026-11-22T00:00')).toBe('2026-11-21T16:00:00.000Z')
    expect(momentIn('Europe/Berlin', '2026-10-25T12:00')).toBe('2026-10-25T11:00:00.000Z')
  })

  it('knows which day it is there', () => {
    expect(dayIn(SHANGHAI, Date.parse('2026-11-21T16:00:00Z'))).toBe('2026-11-22')
    expect(dayIn(SHANGHAI, Date.parse('2026-11-21T15:59:59Z'))).toBe('2026-11-21')
  })
})

describe('the roster of a day', () => {
  const midnight = Date.parse(momentIn(SHANGHAI, '2026-11-22T00:00'))
  const shift = (login: string, from: string, to: string): Shift => ({
    id: login + from,
    squad: { code: 'CZ', name: '城中片区中队' },
    login,
    name: login,
    starts_at: momentIn(SHANGHAI, from),
    ends_at: momentIn(SHANGHAI, to),
    leads: false,
  })
  const night = shift('sumin', '2026-11-21T18:00', '2026-11-22T06:00')
  const day = shift('lin', '2026-11-22T06:00', '2026-11-22T18:00')

  it('draws of a shift what lies in the day', () => {
    expect(bands([night, day], midnight).map(({ from, width }) => [from, width])).toEqual([
      [0, 0.25],
      [0.25, 0.5],
    ])
    expect(bands([shift('x', '2026-11-20T08:00', '2026-11-20T18:00')], midnight)).toEqual([])
  })

  it('shows hours that nobody covers, also those that leave tears open', () => {
    const leave: Leave = { id: 'l', login: 'lin', name: 'lin', starts_at: momentIn(SHANGHAI, '2026-11-22T12:00'), ends_at: momentIn(SHANGHAI, '2026-11-22T15:00') }
    const [squad] = rows([night, day], [leave])
    expect(squad?.people.map(({ login }) => login)).toEqual(['sumin', 'lin'])
    expect(uncovered(squad as NonNullable<typeof squad>, midnight)).toEqual([
      { from: 0.5, width: 0.125 },
      { from: 0.75, width: 0.25 },
    ])
  })
})

describe('the faults of a sheet', () => {
  it('can be carried into a spreadsheet', () => {
    const fault: Complaint = { sheet: '权力清单', row: 3, column: 'D', header: '法律依据', code: 'required', sentence: '必填', refuses: true }
    expect(columnOf(fault)).toBe('D 法律依据')
    expect(asText([fault], ['工作表', '行', '列', '问题'])).toBe('工作表\t行\t列\t问题\n权力清单\t3\tD 法律依据\t必填')
  })
})
