// 值班表 as bands across a day: where each begins and how long it is, in shares of the day.
import type { Leave, Shift } from '../referenceShapes'

const DAY = 24 * 3_600_000

export interface Band<Kind> {
  of: Kind
  from: number
  width: number
}

interface Span {
  starts_at: string
  ends_at: string
}

/** The part of each span that lies in the day that begins at `midnight`. */
export function bands<Kind extends Span>(spans: Kind[], midnight: number): Band<Kind>[] {
  return spans
    .map((of) => {
      const from = Math.max(0, (Date.parse(of.starts_at) - midnight) / DAY)
      const to = Math.min(1, (Date.parse(of.ends_at) - midnight) / DAY)
      return { of, from, width: to - from }
    })
    .filter(({ width }) => width > 0)
}

export interface PersonRow {
  login: string
  name: string
  shifts: Shift[]
  leaves: Leave[]
}

export interface SquadRow {
  code: string
  name: string
  people: PersonRow[]
}

/** One row for each person on the day's roster, under his squad; leave is shown where the person has a shift. */
export function rows(shifts: Shift[], leaves: Leave[]): SquadRow[] {
  const squads = new Map<string, SquadRow>()
  for (const shift of shifts) {
    const { code, name } = shift.squad
    const squad = squads.get(code) ?? { code, name, people: [] }
    squads.set(code, squad)
    let person = squad.people.find(({ login }) => login === shift.login)
    if (!person) {
      person = { login: shift.login, name: shift.name, shifts: [], leaves: leaves.filter(({ login }) => login === shift.login) }
      squad.people.push(person)
    }
    person.shifts.push(shift)
  }
  return [...squads.values()].sort((one, other) => (one.code < other.code ? -1 : 1))
}

/** Stretches of the day, as shares of it, on which nobody of the squad answers: leave takes its owner away. */
export function uncovered(squad: SquadRow, midnight: number): { from: number; width: number }[] {
  const away = (login: string) => bands(squad.people.find((person) => person.login === login)?.leaves ?? [], midnight)
  const present = squad.people
    .flatMap(({ login, shifts }) => bands(shifts, midnight).flatMap((band) => without(band, away(login))))
    .sort((one, other) => one.from - other.from)
  const gaps: { from: number; width: number }[] = []
  let reached = 0
  for (const { from, width } of present) {
    if (from > reached) gaps.push({ from: reached, width: from - reached })
    reached = Math.max(reached, from + width)
  }
  if (reached < 1) gaps.push({ from: reached, width: 1 - reached })
  return gaps
}

type Stretch = { from: number; width: number }

function without(band: Stretch, away: Stretch[]): Stretch[] {
  return away.reduce<Stretch[]>((left, gone) => left.flatMap((piece) => cut(piece, gone)), [band])
}

function cut({ from, width }: Stretch, gone: Stretch): Stretch[] {
  const [end, goneEnd] = [from + width, gone.from + gone.width]
  const before = { from, width: Math.min(end, gone.from) - from }
  const after = { from: Math.max(from, goneEnd), width: end - Math.max(from, goneEnd) }
  return [before, after].filter((piece) => piece.width > 0)
}
