// 工单状态: one scale everywhere, told by shape, colour and word.

/** The states of the service's workflow table. */
export type State =
  | 'received'
  | 'dispatched'
  | 'accepted'
  | 'on_site'
  | 'in_case'
  | 'suspended'
  | 'handled'
  | 'checked'
  | 'returned'
  | 'arbitration'
  | 'transferred'
  | 'closed'
  | 'answered'

/** The states as people across a room tell them apart: signing for an order and answering its reporter add no shape. */
export const STAGES = ['received', 'dispatched', 'on_site', 'handled', 'checked', 'closed'] as const
/** Off the straight way: in a penalty case, put off, given back, waiting for the supervisor's word, handed to another body. */
export const ASIDE = ['in_case', 'suspended', 'returned', 'arbitration', 'transferred'] as const
export type Stage = (typeof STAGES)[number] | (typeof ASIDE)[number]

/** What a shape can say: a stage, or that a clock has run out. */
export type Mark = Stage | 'late'

const STAGE_OF: Record<State, Stage> = {
  received: 'received',
  dispatched: 'dispatched',
  accepted: 'dispatched',
  on_site: 'on_site',
  in_case: 'in_case',
  suspended: 'suspended',
  handled: 'handled',
  checked: 'checked',
  returned: 'returned',
  arbitration: 'arbitration',
  transferred: 'transferred',
  closed: 'closed',
  answered: 'closed',
}

/** A state that a newer service adds is shown as received until this page is renewed, rather than not at all. */
export const stageOf = (state: State): Stage => STAGE_OF[state] ?? 'received'

export const isEnded = (state: State): boolean => stageOf(state) === 'closed'

/** 在谁手里: the desk's and a squad's orders are round, a 网格员's square, a unit's a house. */
export type Frame = 'circle' | 'square' | 'house'

export const frameOf = (lane: string | undefined): Frame => (lane === 'grid' ? 'square' : lane === 'unit' ? 'house' : 'circle')

/** The filled part of each shape on a field of 20 × 20, for SVG and canvas alike. */
export const FILLED: Record<Mark, string> = {
  received: '',
  dispatched: 'M10 10V2.5A7.5 7.5 0 0 1 17.5 10Z',
  on_site: 'M10 2.5a7.5 7.5 0 0 1 0 15Z',
  handled: 'M10 10V2.5a7.5 7.5 0 1 1-7.5 7.5Z',
  checked: 'M13.8 10a3.8 3.8 0 1 1-7.6 0a3.8 3.8 0 1 1 7.6 0Z',
  closed: 'M18.5 10a8.5 8.5 0 1 1-17 0a8.5 8.5 0 1 1 17 0Z',
  in_case: 'M10 .8 19.2 10 10 19.2 .8 10Z',
  suspended: 'M6 5.6H9V14.4H6ZM11 5.6H14V14.4H11Z',
  returned: 'M4.8 10 9.8 5.4V8.5H14.8V11.5H9.8V14.6Z',
  arbitration: 'M5.8 6.2H14.2V8.8H5.8ZM5.8 11.2H14.2V13.8H5.8Z',
  transferred: 'M1 6.8H9.6V1.8L19.4 10l-9.8 8.2V13.2H1Z',
  late: 'M10 1.5 19.2 18H.8Z',
}

/** The same stages where the ring is no circle. */
const FRAMED: Record<Exclude<Frame, 'circle'>, Partial<Record<Mark, string>>> = {
  square: {
    dispatched: 'M10 3H17V10H10Z',
    on_site: 'M10 3H17V17H10Z',
    handled: 'M10 3H17V17H3V10H10Z',
    checked: 'M6.4 6.4h7.2v7.2H6.4Z',
    closed: 'M1.8 1.8H18.2V18.2H1.8Z',
  },
  house: {
    dispatched: 'M10 2.2 17.8 8.6V11H10Z',
    on_site: 'M10 2.2 17.8 8.6V17.4H10Z',
    handled: 'M10 2.2 17.8 8.6V17.4H2.2V11H10Z',
    checked: 'M13.6 11.2a3.6 3.6 0 1 1-7.2 0a3.6 3.6 0 1 1 7.2 0Z',
    closed: 'M10 .6 19.2 8.2V18.8H.8V8.2Z',
  },
}

/** The ring around the filled part, drawn as a line of this width. */
export const RING = { path: 'M17.5 10a7.5 7.5 0 1 1-15 0a7.5 7.5 0 1 1 15 0Z', width: 2.5 }

const RINGS: Record<Frame, string> = {
  circle: RING.path,
  square: 'M3 3H17V17H3Z',
  house: 'M10 2.2 17.8 8.6V17.4H2.2V8.6Z',
}
const RINGLESS: Mark[] = ['closed', 'late', 'in_case', 'transferred']

export const hasRing = (mark: Mark): boolean => !RINGLESS.includes(mark)

/** What is drawn for a mark: a ring, unless it has none, and the part that is filled. */
export function shapeOf(mark: Mark, frame: Frame = 'circle'): { ring: string; filled: string } {
  const filled = (frame !== 'circle' && FRAMED[frame][mark]) || FILLED[mark]
  return { ring: hasRing(mark) ? RINGS[frame] : '', filled }
}
