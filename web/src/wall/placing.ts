// Where names go on a crowded map: the more important ones first, and none over another.

export interface Label {
  /** The middle, in pixels. */
  x: number
  y: number
  width: number
  height: number
  /** Places beside the middle where it may stand instead, in pixels. */
  elsewhere?: [dx: number, dy: number][]
  /** Stands in its middle even when no place is free, and those after it make way. */
  must?: boolean
}

export interface Placed {
  x: number
  y: number
}

interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

const AIR = 4

/** For every label, in the order given, where it stands; nothing for one that finds no room. */
export function place(labels: Label[]): (Placed | undefined)[] {
  const taken = new Cells()
  return labels.map((label) => {
    const middle = { x: label.x, y: label.y }
    const spots = [middle, ...(label.elsewhere ?? []).map(([dx, dy]) => ({ x: label.x + dx, y: label.y + dy }))]
    const spot = spots.find((one) => taken.isFree(around(one, label))) ?? (label.must ? middle : undefined)
    if (spot) taken.add(around(spot, label))
    return spot
  })
}

function around({ x, y }: Placed, { width, height }: Label): Box {
  const [aside, above] = [width / 2 + AIR, height / 2 + AIR / 2]
  return { left: x - aside, right: x + aside, top: y - above, bottom: y + above }
}

const CELL = 96

/** Boxes by the square they touch, so that a thousand names are not compared with each other. */
class Cells {
  private readonly boxes = new Map<string, Box[]>()

  isFree(box: Box): boolean {
    return keys(box).every((key) => !this.boxes.get(key)?.some((other) => meet(box, other)))
  }

  add(box: Box): void {
    for (const key of keys(box)) this.boxes.set(key, [...(this.boxes.get(key) ?? []), box])
  }
}

function keys({ left, right, top, bottom }: Box): string[] {
  const found: string[] = []
  for (let x = Math.floor(left / CELL); x * CELL <= right; x += 1)
    for (let y = Math.floor(top / CELL); y * CELL <= bottom; y += 1) found.push(`${x} ${y}`)
  return found
}

const meet = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom
