// Frozen months: the latest revision of each, the newest month first.
import type { MonthLine } from './appraisalShapes'

export function latestOf<Line extends Pick<MonthLine, 'month' | 'revision'>>(lines: Line[]): Line[] {
  const latest = new Map<string, Line>()
  for (const line of lines) {
    const known = latest.get(line.month)
    if (!known || known.revision < line.revision) latest.set(line.month, line)
  }
  return [...latest.values()].sort((one, other) => (one.month < other.month ? 1 : -1))
}

/** The months that are over and not yet frozen, the newest first; as far back as a year. */
export function freezable(today: string, frozen: string[]): string[] {
  const [year = 0, month = 1] = today.split('-').map(Number)
  return Array.from({ length: 12 }, (_, back) => new Date(Date.UTC(year, month - 2 - back, 1)).toISOString().slice(0, 7)).filter((one) => !frozen.includes(one))
}
