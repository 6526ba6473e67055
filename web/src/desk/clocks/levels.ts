// 预警级别 as shapes on a field of 20 × 20: one chevron, two, a triangle, a full one, the diamond of what is supervised, an octagon.
import type { Level } from './shapes'

export interface LevelShape {
  path: string
  filled: boolean
}

const OUTLINE = { filled: false }
const FULL = { filled: true }

export const LEVEL_SHAPES: Record<Level, LevelShape> = {
  remind: { path: 'M4 12.5 10 6.5l6 6', ...OUTLINE },
  urge: { path: 'M4 10.5 10 4.5l6 6M4 16 10 10l6 6', ...OUTLINE },
  yellow: { path: 'M10 3 18 17H2ZM10 8v4.5M10 14v1.2', ...OUTLINE },
  red: { path: 'M10 1.5 19.2 18H.8Z', ...FULL },
  supervise: { path: 'M10 .8 19.2 10 10 19.2 .8 10Z', ...FULL },
  account: { path: 'M6.2 1h7.6L19 6.2v7.6L13.8 19H6.2L1 13.8V6.2Z', ...FULL },
}

/** A level that a newer service adds looks like a reminder until this page is renewed. */
export const levelShape = (level: string): LevelShape => LEVEL_SHAPES[level as Level] ?? LEVEL_SHAPES.remind
