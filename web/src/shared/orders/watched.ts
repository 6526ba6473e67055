// An order that is watched, read from a row of the first picture or from a change, its moments as numbers: thousands of them
// are asked every second.
import type { Clock, LonLat, Named, Order, Snapshot, SnapshotNames } from '@/shared/client/shapes'
import type { State } from '@/shared/states'

/** The clock that is due first. */
export interface Due {
  kind: string
  name: string
  started: number
  at: number
}

const QUARTER = 0.25
const NEAR_AT_MOST = 2 * 3_600_000

type Facts = Pick<Order, 'id' | 'code' | 'version' | 'state' | 'state_name' | 'category' | 'category_name' | 'place' | 'late'> &
  Pick<Order, 'grid' | 'area' | 'squad' | 'outcome' | 'outcome_name'> & {
    lane: string
    partner: Named | null
    received: number
    changed: number
    running: Due | null
    alarm: boolean
  }

export interface Watched extends Facts {}

export class Watched implements Order {
  /** When its clock is due; Infinity without one. */
  readonly due: number
  /** From when on that clock counts as near: the last quarter of its term, but no more than two hours of it. */
  readonly nearFrom: number

  constructor(facts: Facts) {
    Object.assign(this, facts)
    const { running } = facts
    this.due = running ? running.at : Infinity
    this.nearFrom = running ? running.at - Math.min((running.at - running.started) * QUARTER, NEAR_AT_MOST) : Infinity
  }

  get received_at(): string {
    return new Date(this.received).toISOString()
  }

  get changed_at(): string {
    return new Date(this.changed).toISOString()
  }

  get clock(): Clock | null {
    const { running, late } = this
    if (!running) return null
    const [started_at, due_at] = [running.started, running.at].map((at) => new Date(at).toISOString()) as [string, string]
    return { kind: running.kind, name: running.name, started_at, due_at, state: late ? 'missed' : 'running' }
  }
}

/** An order as the live stream tells it, whole. */
export function watched(order: Order): Watched {
  const { clock } = order
  const running = clock && { kind: clock.kind, name: clock.name, started: Date.parse(clock.started_at), at: Date.parse(clock.due_at) }
  const { id, code, version, state, state_name, category, category_name, place, grid, area, squad, outcome, outcome_name, late } = order
  return new Watched({
    ...{ id, code, version, state, state_name, category, category_name, place, grid, area, squad, outcome, outcome_name, late },
    lane: order.lane ?? (squad ? 'squad' : 'desk'),
    partner: order.partner ?? null,
    received: Date.parse(order.received_at),
    changed: Date.parse(order.changed_at),
    running,
    alarm: order.alarm ?? false,
  })
}

/** Every order of a first picture. Names are shared, not copied, and a column that this page does not know is passed over. */
export function watchedAll({ columns, orders, names }: Snapshot): Watched[] {
  const at = Object.fromEntries(columns.map((column, index) => [column, index]))
  const called = dictionaries(names)
  return orders.map((row) => fromRow((column) => row[at[column] ?? -1], called))
}

interface Dictionaries {
  names: SnapshotNames
  grids: Map<string, { grid: Named; area: Named }>
  squads: Map<string, Named>
  partners: Map<string, Named>
}

function dictionaries(names: SnapshotNames): Dictionaries {
  const areas = new Map<string, Named>()
  const areaOf = (code: string, name: string) => areas.get(code) ?? (areas.set(code, { code, name }).get(code) as Named)
  const grids = Object.entries(names.grids).map(([code, { name, area, area_name }]) => {
    return [code, { grid: { code, name }, area: areaOf(area, area_name) }] as const
  })
  const named = (of: Record<string, string>) => new Map(Object.entries(of).map(([code, name]) => [code, { code, name }]))
  return { names, grids: new Map(grids), squads: named(names.squads), partners: named(names.partners) }
}

function fromRow(cell: (column: string) => unknown, { names, grids, squads, partners }: Dictionaries): Watched {
  const text = (column: string) => (cell(column) as string | null) ?? ''
  const number = (column: string) => cell(column) as number
  const state = text('state') as State
  const where = grids.get(text('grid'))
  const outcome = text('outcome')
  const kind = text('clock')
  const place: LonLat = { lon: number('lon'), lat: number('lat') }
  return new Watched({
    id: text('id'),
    code: text('code'),
    version: number('version'),
    state,
    state_name: names.states[state] ?? state,
    lane: text('lane'),
    category: text('category'),
    category_name: names.categories[text('category')] ?? text('category'),
    place,
    grid: where?.grid ?? null,
    area: where?.area ?? null,
    squad: squads.get(text('squad')) ?? null,
    partner: partners.get(text('partner')) ?? null,
    outcome: outcome || null,
    outcome_name: outcome ? (names.outcomes[outcome] ?? outcome) : null,
    received: number('received'),
    changed: number('changed'),
    running: kind ? { kind, name: names.clocks[kind] ?? kind, started: number('started'), at: number('due') } : null,
    late: Boolean(cell('late')),
    alarm: Boolean(cell('alarm')),
  })
}
