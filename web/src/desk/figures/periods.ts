// Periods as people ask for them: days of the town's own calendar, both ends included.
export interface Period {
  from: string
  to: string
}

export const PRESETS = ['today', 'week', 'month', 'last_month', 'quarter', 'year'] as const
export type Preset = (typeof PRESETS)[number]

const DAY = 86_400_000
const LONGEST = 366 * DAY
const day = (moment: number) => new Date(moment).toISOString().slice(0, 10)
const first = (year: number, month: number) => Date.UTC(year, month, 1)

/** `today` is the town's day; a week begins on Monday. */
export function preset(name: Preset, today: string): Period {
  const at = Date.parse(today)
  const now = new Date(at)
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()]
  const since: Record<Preset, number> = {
    today: at,
    week: at - ((now.getUTCDay() + 6) % 7) * DAY,
    month: first(year, month),
    last_month: first(year, month - 1),
    quarter: first(year, month - (month % 3)),
    year: first(year, 0),
  }
  return { from: day(since[name]), to: name === 'last_month' ? day(first(year, month) - DAY) : today }
}

/** The last so many whole or begun months, the oldest first. */
export function monthsBack(count: number, today: string): Period[] {
  const now = new Date(Date.parse(today))
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()]
  return Array.from({ length: count }, (_, index) => {
    const back = count - 1 - index
    const last = back ? day(first(year, month - back + 1) - DAY) : today
    return { from: day(first(year, month - back)), to: last }
  })
}

/** All days of a month that is written as 2026-10. */
export function daysOf(month: string): Period {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return { from: `${month}-01`, to: day(first(year, number) - DAY) }
}

export const isPeriod = ({ from, to }: Period): boolean => Boolean(from && to) && from <= to && Date.parse(to) - Date.parse(from) < LONGEST
