import { describe, expect, it } from 'vitest'
import { keyFor, missing, reportOf, type Draft } from '@/citizen/draft'
import { grouped, plain } from '@/citizen/receiptCode'

const HERE = { lon: 121.07, lat: 31.57 }
const LOCATED = { ...HERE, accuracy: 12 }
const draft = (facts: Partial<Draft> = {}): Draft => ({
  place: LOCATED,
  category: '09006',
  words: '',
  anonymous: true,
  name: '',
  phone: '',
  tried: undefined,
  ...facts,
})

describe('a report', () => {
  it('says its coordinate system, and its accuracy only when the phone knew it', () => {
    expect(reportOf(draft(), LOCATED, '占道经营').place).toEqual({ ...HERE, crs: 'wgs84', accuracy_m: 12 })
    expect(reportOf(draft(), HERE, '占道经营').place).toEqual({ ...HERE, crs: 'wgs84' })
  })

  it('speaks for whoever only chose a category', () => {
    expect(reportOf(draft(), LOCATED, '占道经营').words).toBe('占道经营')
    expect(reportOf(draft({ words: ' 三张桌子 ' }), LOCATED, '占道经营').words).toBe('三张桌子')
  })

  it('keeps an anonymous reporter anonymous, even if he had typed his name before', () => {
    expect(reportOf(draft({ name: '周阿姨', phone: '13800000001' }), HERE, '')).not.toHaveProperty('reporter')
    const known = draft({ anonymous: false, name: '周阿姨', phone: '' })
    expect(reportOf(known, HERE, '').reporter).toEqual({ name: '周阿姨' })
  })

  it('needs a place and a matter', () => {
    expect(missing(draft({ place: undefined }))).toBe('place')
    expect(missing(draft({ category: '', words: '  ' }))).toBe('matter')
    expect(missing(draft({ words: '字'.repeat(2001) }))).toBe('length')
    expect(missing(draft({ anonymous: false, phone: '12' }))).toBe('phone')
    expect(missing(draft())).toBeUndefined()
  })

  it('keeps its key while it is the same report, and takes another when it is changed', () => {
    const mine = draft()
    const first = keyFor(mine, reportOf(mine, HERE, '占道经营'))
    expect(first).toMatch(/^[0-9a-f]{32}$/)
    expect(keyFor(mine, reportOf(mine, HERE, '占道经营'))).toBe(first)
    mine.words = '还有一顶遮阳棚'
    expect(keyFor(mine, reportOf(mine, HERE, '占道经营'))).not.toBe(first)
  })
})

describe('a receipt code', () => {
  it('is read as people type it', () => {
    expect(plain(' 7k4m q2xd-98rt ')).toBe('7K4MQ2XD98RT')
    expect(plain('OIL0')).toBe('0110')
    expect(grouped('7K4MQ2XD98RT')).toBe('7K4M-Q2XD-98RT')
  })
})
