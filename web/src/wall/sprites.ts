// Shapes of orders as small pictures, drawn once and stamped thousands of times.
import type { Watched } from '@/shared/orders/watched'
import { RING, frameOf, isEnded, shapeOf, stageOf, type Frame, type Mark } from '@/shared/states'
import { isLate, isNear, isSoon } from './questions'

const COLOUR = {
  ground: '#0b1220',
  text: '#dbe6f5',
  away: '#93a5c2',
  primary: '#3b9eff',
  case: '#b79bff',
  onTime: '#31c48d',
  near: '#f5b83d',
  late: '#ff5a5f',
  ended: '#27805f',
}
const CALM: Partial<Record<Mark, string>> = {
  received: COLOUR.text,
  returned: COLOUR.text,
  arbitration: COLOUR.text,
  transferred: COLOUR.away,
  in_case: COLOUR.case,
  checked: COLOUR.onTime,
}
const FIELD = 20
const MARGIN = 3
/** Room around the shape for the ring of a clock that is about to break. */
const HALO = 7

export interface Look {
  mark: Mark
  frame: Frame
  colour: string
  /** Ringed, because its clock runs out within half an hour. */
  ringed: boolean
  /** What lies on top where orders crowd. */
  rank: number
  /** How large, beside an order in hand. */
  size: number
}

/** Shape by stage and by whose hands it is in, colour by urgency; late is a shape of its own, and what has ended steps back. */
export function lookOf(order: Watched, now: number): Look {
  const mark = stageOf(order.state)
  const frame = frameOf(order.lane)
  const calm = { mark, frame, ringed: false }
  if (isEnded(order.state)) return { ...calm, colour: COLOUR.ended, rank: 0, size: 0.75 }
  if (isLate(order, now)) return { ...calm, mark: 'late', colour: COLOUR.late, rank: 4, size: 1.3 }
  if (isSoon(order, now)) return { ...calm, ringed: true, colour: COLOUR.near, rank: 3, size: 1.15 }
  if (isNear(order, now)) return { ...calm, colour: COLOUR.near, rank: 2, size: 1.15 }
  return { ...calm, colour: CALM[mark] ?? COLOUR.primary, rank: 1, size: 1 }
}

export const sameLook = (one: Look, other: Look): boolean =>
  one.mark === other.mark && one.frame === other.frame && one.colour === other.colour && one.ringed === other.ringed

const around = ({ ringed }: Look): number => (ringed ? HALO : MARGIN)

/** How much larger than its radius says a picture is, for what is drawn around the shape. */
export const spread = (look: Look): number => (FIELD + 2 * around(look)) / (FIELD + 2 * MARGIN)

const drawn = new Map<string, HTMLCanvasElement>()

/** A square picture of so many pixels, with a dark rim that parts it from its neighbours. */
export function sprite(look: Look, size: number): HTMLCanvasElement {
  const key = `${look.mark} ${look.frame} ${look.colour} ${look.ringed} ${size}`
  const known = drawn.get(key)
  if (known) return known
  const canvas = draw(look, size)
  drawn.set(key, canvas)
  return canvas
}

function draw(look: Look, size: number): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size })
  const context = canvas.getContext('2d') as CanvasRenderingContext2D
  const scale = size / (FIELD + 2 * around(look))
  context.scale(scale, scale)
  context.translate(around(look), around(look))
  context.lineJoin = 'round'
  if (look.ringed) halo(context, look.colour)
  const { ring, filled } = shapeOf(look.mark, look.frame)
  const [outline, inner] = [new Path2D(ring), new Path2D(filled)]
  rim(context, ring ? outline : inner)
  context.fillStyle = context.strokeStyle = look.colour
  context.lineWidth = RING.width
  if (ring) context.stroke(outline)
  context.fill(inner)
  return canvas
}

function halo(context: CanvasRenderingContext2D, colour: string): void {
  const circle = new Path2D()
  circle.arc(FIELD / 2, FIELD / 2, FIELD / 2 + HALO - 2.5, 0, 2 * Math.PI)
  context.strokeStyle = COLOUR.ground
  context.lineWidth = 4.5
  context.stroke(circle)
  context.strokeStyle = colour
  context.lineWidth = 1.8
  context.stroke(circle)
}

function rim(context: CanvasRenderingContext2D, shape: Path2D): void {
  context.fillStyle = context.strokeStyle = COLOUR.ground
  context.lineWidth = RING.width + 2 * MARGIN - 1
  context.stroke(shape)
  context.fill(shape)
}
