// Shapes of orders as small pictures, drawn once and stamped thousands of times.
import { FILLED, RING, hasRing, isEnded, stageOf, type Mark } from '@/shared/states'
import { isLate, isNear, type Watched } from './board'

const COLOUR = { ground: '#0b1220', text: '#dbe6f5', primary: '#3b9eff', onTime: '#31c48d', near: '#f5b83d', late: '#ff5a5f', ended: '#27805f' }
const CALM: Partial<Record<Mark, string>> = { received: COLOUR.text, checked: COLOUR.onTime }
const FIELD = 20
const MARGIN = 3

export interface Look {
  mark: Mark
  colour: string
  /** What lies on top where orders crowd. */
  rank: number
  /** How large, beside an order in hand. */
  size: number
}

/** Shape by stage, colour by urgency; late is a shape of its own, and what has ended steps back. */
export function lookOf(order: Watched, now: number): Look {
  const mark = stageOf(order.state)
  if (isEnded(order.state)) return { mark, colour: COLOUR.ended, rank: 0, size: 0.75 }
  if (isLate(order, now)) return { mark: 'late', colour: COLOUR.late, rank: 3, size: 1.3 }
  if (isNear(order, now)) return { mark, colour: COLOUR.near, rank: 2, size: 1.15 }
  return { mark, colour: CALM[mark] ?? COLOUR.primary, rank: 1, size: 1 }
}

const drawn = new Map<string, HTMLCanvasElement>()

/** A square picture of so many pixels, with a dark rim that parts it from its neighbours. */
export function sprite({ mark, colour }: Look, size: number): HTMLCanvasElement {
  const key = `${mark} ${colour} ${size}`
  const known = drawn.get(key)
  if (known) return known
  const canvas = draw(mark, colour, size)
  drawn.set(key, canvas)
  return canvas
}

function draw(mark: Mark, colour: string, size: number): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size })
  const context = canvas.getContext('2d') as CanvasRenderingContext2D
  const scale = size / (FIELD + 2 * MARGIN)
  context.scale(scale, scale)
  context.translate(MARGIN, MARGIN)
  context.lineJoin = 'round'
  const [ring, filled] = [new Path2D(RING.path), new Path2D(FILLED[mark])]
  rim(context, hasRing(mark) ? ring : filled)
  context.fillStyle = context.strokeStyle = colour
  context.lineWidth = RING.width
  if (hasRing(mark)) context.stroke(ring)
  context.fill(filled)
  return canvas
}

function rim(context: CanvasRenderingContext2D, shape: Path2D): void {
  context.fillStyle = context.strokeStyle = COLOUR.ground
  context.lineWidth = RING.width + 2 * MARGIN - 1
  context.stroke(shape)
  context.fill(shape)
}
