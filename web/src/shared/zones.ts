// A time as people type it, in the town's clock, and the moment it means.

/** The ISO moment of `2026-11-20T10:42` in a time zone. */
export function momentIn(timezone: string, local: string): string {
  const typed = Date.parse(`${local}Z`)
  // Twice: the offset that holds at the guess may differ from the one that holds at the answer.
  const guess = typed - offsetAt(timezone, typed)
  return new Date(typed - offsetAt(timezone, guess)).toISOString()
}

/** `2026-11-20`, the town's day of a moment. */
export function dayIn(timezone: string, moment: number): string {
  return new Date(moment + offsetAt(timezone, moment)).toISOString().slice(0, 10)
}

/** Milliseconds by which the zone's clock is ahead of UTC at a moment. */
function offsetAt(timezone: string, moment: number): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const part = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]))
  const shown = Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'], part['hour'], part['minute'], part['second'])
  return shown - Math.floor(moment / 1000) * 1000
}
