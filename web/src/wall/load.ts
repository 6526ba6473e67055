// 负荷: four steps of how many orders are open in a grid, the same for all grids, and calm: they change only when they must.

/** From how many open orders on a grid has the first, second, third and fourth step. */
export type Steps = readonly [number, number, number, number]

const LADDER: Steps[] = [
  [1, 2, 3, 5],
  [1, 3, 5, 8],
  [1, 4, 7, 11],
  [1, 6, 11, 16],
  [1, 11, 21, 31],
  [1, 21, 41, 61],
  [1, 31, 61, 91],
  [1, 51, 101, 151],
  [1, 101, 201, 301],
  [1, 201, 401, 601],
  [1, 501, 1001, 1501],
  [1, 1001, 2001, 3001],
]
/** At most so many of the grids in use stand on the highest step. */
const TOP = 0.2
/** And so many when steps that are shown already shall stay. */
const TOP_STILL = 0.3

/** Steps that part these numbers of open orders; those shown before stay as long as they still do. */
export function stepsFor(counts: number[], before?: Steps): Steps {
  const used = counts.filter((count) => count > 0)
  if (before && fits(before, used, TOP_STILL) && !isTooCoarse(before, used)) return before
  return LADDER.find((steps) => fits(steps, used, TOP)) ?? (LADDER.at(-1) as Steps)
}

const fits = ([, , , top]: Steps, used: number[], share: number): boolean =>
  used.filter((count) => count >= top).length <= used.length * share

/** Nothing has reached even the third step for which a finer ladder would have room. */
const isTooCoarse = (steps: Steps, used: number[]): boolean => steps !== LADDER[0] && used.every((count) => count < steps[2])

/** 0 for none, 1 to 4 for the steps. */
export const stepOf = (count: number, steps: Steps): number => steps.filter((from) => count >= from).length

/** What a legend says about each step: from and to; the last has no end. */
export const rangesOf = (steps: Steps): [from: number, to: number][] =>
  steps.map((from, index) => [from, (steps[index + 1] ?? Infinity) - 1])
