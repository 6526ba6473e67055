// A clock's days as the leaves of a wall calendar: months of whole weeks, Monday first.
import type { ClockDay } from './shapes'

export interface Cell {
  /** Day of the month. */
  number: number
  /** None where the clock has nothing to say. */
  day: ClockDay | undefined
}

export interface Month {
  year: number
  month: number
  /** Seven cells each; empty ones belong to other months. */
  weeks: (Cell | undefined)[][]
}

const WEEK = 7

/** Only the weeks that the clock touches; every day is a plain calendar day without a zone. */
export function monthsOf(days: ClockDay[]): Month[] {
  const byMonth = new Map<string, ClockDay[]>()
  for (const day of days) {
    const month = day.date.slice(0, 7)
    byMonth.set(month, [...(byMonth.get(month) ?? []), day])
  }
  return [...byMonth].map(([month, found]) => monthOf(month, found))
}

function monthOf(name: string, days: ClockDay[]): Month {
  const [year = 0, month = 1] = name.split('-').map(Number)
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const before = mondayFirst(year, month)
  const known = new Map(days.map((day) => [Number(day.date.slice(8)), day]))
  const cells = [
    ...Array.from({ length: before }, () => undefined),
    ...Array.from({ length: last }, (_, index) => ({ number: index + 1, day: known.get(index + 1) })),
  ]
  const weeks = Array.from({ length: Math.ceil(cells.length / WEEK) }, (_, row) =>
    Array.from({ length: WEEK }, (_empty, column) => cells[row * WEEK + column]))
  return { year, month, weeks: weeks.filter((week) => week.some((cell) => cell?.day)) }
}

/** How many empty cells stand before the first of a month. */
const mondayFirst = (year: number, month: number) => (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + WEEK - 1) % WEEK
