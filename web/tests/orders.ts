import type { Clock, Order } from '@/shared/client/shapes'

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
