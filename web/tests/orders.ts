import type { Clock, Named, Order, Snapshot } from '@/shared/client/shapes'

export const NOW = Date.parse('2026-11-20T02:00:00Z')
const HOUR = 3_600_000

/** An order of 云溪镇, accepted an hour ago with nothing due soon; tests change what they speak about. */
export function anOrder(id: string, facts: Partial<Order> = {}): Order {
  return {
    id,
    code: id,
    version: 1,
    state: 'accepted',
    state_name: '已签收',
    category: '09006',
    category_name: '占道经营',
    place: { lon: 121.07, lat: 31.57 },
    grid: { code: 'CZ-01', name: '县前社区' },
    area: { code: 'CZ', name: '城中片区' },
    squad: { code: 'CZ', name: '城中片区中队' },
    outcome: null,
    outcome_name: null,
    received_at: at(-2),
    changed_at: at(-1),
    clock: due(50),
    late: false,
    ...facts,
  }
}

export const at = (hours: number): string => new Date(NOW + hours * HOUR).toISOString()

export const due = (hours: number, started = -1): Clock => ({
  kind: 'arrive',
  name: '到场',
  started_at: at(started),
  due_at: at(hours),
  state: hours < 0 ? 'missed' : 'running',
})

const COLUMNS = [
  'id', 'code', 'version', 'state', 'lane', 'category', 'lon', 'lat', 'grid', 'squad', 'partner', 'outcome',
  'received', 'changed', 'clock', 'started', 'due', 'late', 'alarm',
]

/** The first picture of these orders, as the service packs it. */
export function aPicture(position: number, orders: Order[]): Snapshot {
  const called = (named: (order: Order) => Named | null | undefined) =>
    Object.fromEntries(orders.flatMap((order) => named(order) ?? []).map(({ code, name }) => [code, name]))
  return {
    position,
    at: at(0),
    columns: COLUMNS,
    orders: orders.map(packed),
    names: {
      states: Object.fromEntries(orders.map(({ state, state_name }) => [state, state_name])),
      outcomes: called(({ outcome, outcome_name }) => (outcome ? { code: outcome, name: outcome_name ?? '' } : null)),
      clocks: called(({ clock }) => clock && { code: clock.kind, name: clock.name }),
      categories: called(({ category, category_name }) => ({ code: category, name: category_name })),
      grids: Object.fromEntries(
        orders.flatMap(({ grid, area }) => (grid && area ? [[grid.code, { name: grid.name, area: area.code, area_name: area.name }]] : [])),
      ),
      squads: called(({ squad }) => squad),
      partners: called(({ partner }) => partner),
    },
  }
}

function packed(order: Order): unknown[] {
  const { id, code, version, state, lane, category, place, grid, squad, partner, outcome, clock, late, alarm } = order
  const due = clock ? [clock.kind, Date.parse(clock.started_at), Date.parse(clock.due_at)] : [null, null, null]
  return [
    ...[id, code, version, state, lane ?? 'squad', category, place.lon, place.lat],
    ...[grid?.code ?? null, squad?.code ?? null, partner?.code ?? null, outcome],
    ...[Date.parse(order.received_at), Date.parse(order.changed_at), ...due, late, alarm ?? false],
  ]
}
