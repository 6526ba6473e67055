// 派给谁: every squad with the reasons that speak for it, the likeliest first.
import { sayCandidate } from '@/shared/labels/desk'
import type { NearGrid } from '../geo'
import type { Kind, SquadOption } from '../shapes'

export interface Candidate {
  squad: SquadOption
  /** Sentences for a person who has to choose. */
  why: string[]
  rank: number
}

const HOLDS_PLACE = 4
const TOUCHES_PLACE = 2
const HOLDS_FIELD = 1
/** A squad for other fields stands behind one that merely touches the place. */
const LACKS_FIELD = -3

export function candidates(squads: SquadOption[], near: NearGrid[], kind: Kind | undefined): Candidate[] {
  return squads
    .map((squad) => candidate(squad, near, kind))
    .sort((one, other) => other.rank - one.rank || (one.squad.code < other.squad.code ? -1 : 1))
}

function candidate(squad: SquadOption, near: NearGrid[], kind: Kind | undefined): Candidate {
  const mine = near.find(({ grid }) => squad.areas.includes(grid.properties.area_code ?? ''))
  const wanted = kind?.field ?? ''
  const fits = !squad.fields.length || squad.fields.includes(wanted)
  const why = [...place(mine), ...field(squad, kind)]
  const rank = (mine ? (mine.metres === 0 ? HOLDS_PLACE : TOUCHES_PLACE) : 0) + (fits ? HOLDS_FIELD : LACKS_FIELD)
  return { squad, why, rank }
}

function place(mine: NearGrid | undefined): string[] {
  if (!mine) return [sayCandidate.elsewhere]
  const { name, area_name } = mine.grid.properties
  return [mine.metres === 0 ? sayCandidate.inArea(area_name ?? '', name) : sayCandidate.near(name, Math.round(mine.metres))]
}

function field({ fields }: SquadOption, kind: Kind | undefined): string[] {
  if (!fields.length) return [sayCandidate.allFields]
  if (!kind?.field) return [sayCandidate.onlyFields(fields)]
  return [fields.includes(kind.field) ? sayCandidate.holdsField(kind.field) : sayCandidate.lacksField(kind.field)]
}
