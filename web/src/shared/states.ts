// 工单状态: one scale everywhere, told by shape, colour and word.

/** The states of the service's workflow table. */
export type State =
  | 'received'
  | 'dispatched'
  | 'accepted'
  | 'on_site'
  | 'handled'
  | 'checked'
  | 'closed'
  | 'answered'

/** The states as people across a room tell them apart: signing for an order and answering its reporter add no shape. */
export const STAGES = ['received', 'dispatched', 'on_site', 'handled', 'checked', 'closed'] as const
export type Stage = (typeof STAGES)[number]

/** What a shape can say: a stage, or that a clock has run out. */
export type Mark = Stage | 'late'

const STAGE_OF: Record<State, Stage> = {
  received: 'received',
  dispatched: 'dispatched',
  accepted: 'dispatched',
  on_site: 'on_site',
  handled: 'handled',
  checked: 'checked',
  closed: 'closed',
  answered: 'closed',
}

/** A state that a newer service adds is shown as received until this page is renewed, rather than not at all. */
export const stageOf = (state: State): Stage => STAGE_OF[state] ?? 'received'

export const isEnded = (state: State): boolean => stageOf(state) === 'closed'

/** The filled part of each shape on a field of 20 × 20, for SVG and canvas alike. */
export const FILLED: Record<Mark, string> = {
  received: '',
  dispatched: 'M10 10V2.5A7.5 7.5 0 0 1 17.5 10Z',
  on_site: 'M10 2.5a7.5 7.5 0 0 1 0 15Z',
  handled: 'M10 10V2.5a7.5 7.5 0 1 1-7.5 7.5Z',
  checked: 'M13.8 10a3.8 3.8 0 1 1-7.6 0a3.8 3.8 0 1 1 7.6 0Z',
  closed: 'M18.5 10a8.5 8.5 0 1 1-17 0a8.5 8.5 0 1 1 17 0Z',
  late: 'M10 1.5 19.2 18H.8Z',
}

/** The ring around the filled part, drawn as a line of this width. */
export const RING = { path: 'M17.5 10a7.5 7.5 0 1 1-15 0a7.5 7.5 0 1 1 15 0Z', width: 2.5 }

export const hasRing = (mark: Mark): boolean => mark !== 'closed' && mark !== 'late'
