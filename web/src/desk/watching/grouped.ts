// Alarms by level, the gravest first; within a level what is due first stands on top.
import { LEVELS, type Level } from '../clocks/shapes'
import type { Alarm } from './shapes'

export interface Group {
  level: Level
  name: string
  alarms: Alarm[]
}

/** One clock stands once, at the highest level it has reached; the levels below it are its past. */
export function highest(alarms: Alarm[]): { alarm: Alarm; earlier: Alarm[] }[] {
  const byClock = new Map<string, Alarm[]>()
  for (const alarm of alarms) byClock.set(alarm.clock_id, [...(byClock.get(alarm.clock_id) ?? []), alarm])
  return [...byClock.values()].flatMap((climbed) => {
    const [alarm, ...earlier] = climbed.sort((one, other) => LEVELS.indexOf(other.level) - LEVELS.indexOf(one.level))
    return alarm ? [{ alarm, earlier: earlier.reverse() }] : []
  })
}

export function byLevel(alarms: Alarm[]): Group[] {
  const levels = [...LEVELS].reverse()
  return levels.flatMap((level) => {
    const found = alarms.filter((alarm) => alarm.level === level).sort((one, other) => Date.parse(one.due_at) - Date.parse(other.due_at))
    return found[0] ? [{ level, name: found[0].level_name, alarms: found }] : []
  })
}

/** Notices, the gravest and newest first. */
export const byGravity = <One extends { level: Level; opened_at: string }>(notices: One[]): One[] =>
  [...notices].sort((one, other) => LEVELS.indexOf(other.level) - LEVELS.indexOf(one.level) || Date.parse(other.opened_at) - Date.parse(one.opened_at))
