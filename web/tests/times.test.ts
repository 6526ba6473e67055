import { describe, expect, it } from 'vitest'
import { age, left, townTime } from '@/shared/time'

const NOW = Date.parse('2026-11-20T02:42:07Z')
const MINUTE = 60_000
const later = (minutes: number) => left(NOW + minutes * MINUTE, NOW).words

describe('what is left', () => {
  it('is said in the two largest units', () => {
    expect(later(200)).toBe('还剩 3 小时 20 分')
    expect(later(25)).toBe('还剩 25 分')
    expect(later(73 * 60)).toBe('还剩 3 天 1 小时')
    expect(later(48 * 60)).toBe('还剩 2 天')
    expect(later(0.5)).toBe('还剩 不到 1 分')
  })

  it('turns into what is over at the very moment', () => {
    expect(left(NOW, NOW).late).toBe(false)
    expect(left(NOW - 1, NOW).late).toBe(true)
    expect(later(-40)).toBe('已超 40 分')
  })
})

describe('the age of a panel', () => {
  it('is told in seconds first', () => {
    expect(age(2000)).toBe('2 秒')
    expect(age(133_000)).toBe('2 分 13 秒')
    expect(age(-500)).toBe('0 秒')
  })
})

describe("the town's clock", () => {
  const shanghai = townTime('Asia/Shanghai')

  it('shows the town its own time, wherever the screen stands', () => {
    expect(shanghai.seconds(NOW)).toBe('10:42:07')
    expect(townTime('America/New_York').clock(NOW)).toBe('21:42')
  })

  it('names the weekday, and today as today', () => {
    expect(shanghai.date('2026-11-23T03:42:00Z')).toBe('11月23日（周一）')
    expect(shanghai.moment('2026-11-20T08:20:00Z', NOW)).toBe('今天 16:20')
    expect(shanghai.moment('2026-11-19T16:00:00Z', NOW)).toBe('今天 00:00')
    expect(shanghai.moment('2026-11-19T15:59:00Z', NOW)).toBe('11月19日 23:59')
  })

  it('ends a day at 24:00 of that day', () => {
    expect(shanghai.fullLimit('2026-11-27T16:00:00Z')).toBe('11月27日（周五）24:00')
    expect(shanghai.limit('2026-11-20T16:00:00Z', NOW)).toBe('今天 24:00')
    expect(shanghai.limit('2026-11-20T16:01:00Z', NOW)).toBe('11月21日 00:01')
  })
})
