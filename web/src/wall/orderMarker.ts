// Leaflet's circle marker with our shapes instead of circles: its canvas, hit test and zooming stay Leaflet's.
import * as L from 'leaflet'
import { sameLook, spread, sprite, type Look } from './sprites'

/** What Leaflet's canvas renderer hands to a path that draws itself (Leaflet 1.9, `src/layer/vector/Canvas.js`). */
interface Drawing {
  _renderer: { _drawing: boolean; _ctx: CanvasRenderingContext2D }
  _point: L.Point
  _radius: number
  _empty(): boolean
}

// Leaflet's canvases are this much finer than CSS pixels on a fine screen.
const RATIO = L.Browser.retina ? 2 : 1

export class OrderMarker extends L.CircleMarker {
  constructor(
    at: L.LatLngTuple,
    readonly id: string,
    private look: Look,
    options: L.CircleMarkerOptions,
  ) {
    super(at, { ...options, stroke: false, bubblingMouseEvents: false })
  }

  get rank(): number {
    return this.look.rank
  }

  /** True when it looks another way than before. */
  wear(look: Look): boolean {
    const differs = !sameLook(look, this.look)
    this.look = look
    if (differs) this.redraw()
    return differs
  }

  /** Called by Leaflet's canvas whenever this marker has to be drawn. */
  _updatePath(): void {
    const { _renderer: renderer, _point: point, _radius } = this as unknown as Drawing
    if (!renderer._drawing || (this as unknown as Drawing)._empty()) return
    // Whole pixels only: a picture that needs no scaling is stamped several times faster, and is sharper.
    const size = Math.round(2 * _radius * this.look.size * spread(this.look) * RATIO)
    const corner = (middle: number) => Math.round(middle * RATIO - size / 2) / RATIO
    renderer._ctx.drawImage(sprite(this.look, size), corner(point.x), corner(point.y), size / RATIO, size / RATIO)
  }
}
