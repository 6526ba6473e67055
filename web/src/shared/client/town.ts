import type { Grids } from '@/shared/map/grids'
import { ask } from './ask'
import type { Town } from './shapes'

export const askTown = () => ask<Town>('/api/v1/town')

/** The polygons of the active edition; an empty collection while there is none. */
export const askGrids = () => ask<Grids>('/api/v1/map/grids')
