// Times as people say them: what is left first, the clock second.
import { sayTime } from '@/shared/labels/times'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** 「还剩 3 小时 20 分」 or 「已超 40 分」: the two largest units, rounded down. */
export function left(due: string | number, now: number): { late: boolean; words: string } {
  const span = (typeof due === 'string' ? Date.parse(due) : due) - now
  return span >= 0 ? { late: false, words: sayTime.left(length(span)) } : { late: true, words: sayTime.over(length(-span)) }
}

/** 「2 分 13 秒」, for the age of what a panel shows. */
export function age(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  if (seconds < 60) return sayTime.seconds(seconds)
  return seconds < 3600 ? sayTime.minutesSeconds(Math.floor(seconds / 60), seconds % 60) : length(milliseconds)
}

/** 「3 小时 20 分」: how long something has lasted. */
export const span = (milliseconds: number): string => length(Math.max(0, milliseconds))

function length(span: number): string {
  if (span < MINUTE) return sayTime.underMinute
  const days = Math.floor(span / DAY)
  const hours = Math.floor((span % DAY) / HOUR)
  const minutes = Math.floor((span % HOUR) / MINUTE)
  return days ? sayTime.daysHours(days, hours) : sayTime.hoursMinutes(hours, minutes)
}

/** Clock and calendar of one town, whatever zone the screen stands in. */
export function townTime(timezone: string) {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('zh-CN', { timeZone: timezone, hourCycle: 'h23', ...options })
  const clock = format({ hour: '2-digit', minute: '2-digit' })
  const seconds = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' })
  const parts = format({ year: 'numeric', month: 'numeric', day: 'numeric', weekday: 'short' })
  const part = (at: Date, type: string) => parts.formatToParts(at).find((found) => found.type === type)?.value ?? ''
  const day = (at: Date) => sayTime.day(part(at, 'month'), part(at, 'day'))
  // A day's end belongs to that day: 11月27日 24:00, not 11月28日 00:00.
  const ended = (at: string | number) => {
    const when = new Date(at)
    const midnight = clock.format(when) === '00:00'
    return { day: midnight ? new Date(when.getTime() - MINUTE) : when, hour: midnight ? '24:00' : clock.format(when) }
  }
  const sameDay = (one: Date, other: Date) => parts.format(one) === parts.format(other)

  const dayWord = (when: Date, now: number) => (sameDay(when, new Date(now)) ? sayTime.today : day(when))

  return {
    /** 10:42 */
    clock: (at: string | number) => clock.format(new Date(at)),
    /** 10:42:07 */
    seconds: (at: string | number) => seconds.format(new Date(at)),
    /** 11月23日（周一） */
    date: (at: string | number) => sayTime.dayWeekday(day(new Date(at)), part(new Date(at), 'weekday')),
    /** 今天 11:42, or 11月23日 11:42 */
    moment: (at: string | number, now: number) => `${dayWord(new Date(at), now)} ${clock.format(new Date(at))}`,
    /** The same for a time limit. */
    limit: (at: string | number, now: number) => `${dayWord(ended(at).day, now)} ${ended(at).hour}`,
    /** 11月23日（周一）11:42 for a time limit. */
    fullLimit(at: string | number) {
      const { day: on, hour } = ended(at)
      return `${sayTime.dayWeekday(day(on), part(on, 'weekday'))}${hour}`
    },
  }
}

export type TownTime = ReturnType<typeof townTime>
