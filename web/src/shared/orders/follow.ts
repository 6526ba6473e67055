// How a page stays true: a whole picture, then the live stream from its position; when the stream ends, again.
// Where no stream gets through, the same loop is a poll: a whole picture every ten seconds at the latest.
import { Refusal } from '@/shared/client/ask'
import { listen } from '@/shared/client/live'
import { askOrders, askPositions } from '@/shared/client/orders'
import type { Change, Positions, Snapshot } from '@/shared/client/shapes'

export type Line = 'connecting' | 'live' | 'polling' | 'lost'

export interface Follower {
  picture(snapshot: Snapshot): void
  change(change: Change): void
  /** Where the squads are, all of them. */
  positions?(positions: Positions): void
  /** A sign of life, with the service's own time. */
  heard(at: string): void
  line(line: Line): void
  /** The token no longer counts. */
  refused(refusal: Refusal): void
}

const SHORTEST = 1000
// A picture every ten seconds does for a poll; a lost service is asked more often, so that it is seen again at once.
const POLL = 10_000
const LOST = 3000
// A fresh picture now and then drops what ended yesterday and fetches newly drawn grids.
const RENEW = 10 * 60_000

/** Follow until the returned function is called. */
export function follow(token: string, follower: Follower): () => void {
  const stop = new AbortController()
  void run(token, follower, stop.signal)
  return () => stop.abort()
}

async function run(token: string, follower: Follower, signal: AbortSignal): Promise<void> {
  let pause = SHORTEST
  follower.line('connecting')
  while (!signal.aborted) {
    try {
      const lived = await round(token, follower, signal)
      pause = lived ? SHORTEST : longer(pause, POLL)
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof Refusal && [401, 403].includes(error.status)) return follower.refused(error)
      follower.line('lost')
      pause = longer(pause, LOST)
    }
    await rest(pause, signal)
  }
}

const longer = (pause: number, most: number) => Math.min(pause * 2, most)

/** One picture and one stream. True when the stream spoke. */
async function round(token: string, follower: Follower, signal: AbortSignal): Promise<boolean> {
  const snapshot = await askOrders(token)
  if (signal.aborted) return false
  follower.picture(snapshot)
  follower.heard(snapshot.at)
  let lived = false
  const speaks = () => {
    if (!lived) follower.line('live')
    lived = true
  }
  await stream(snapshot.position, token, signal, {
    // A change tells its own time, which is long past while a stream catches up; only ticks tell the present.
    change: (change) => (speaks(), follower.change(change)),
    tick: (_position, at) => (speaks(), follower.heard(at)),
    positions: (positions) => follower.positions?.(positions),
  })
  if (!lived && !signal.aborted) await poll(token, follower)
  return lived
}

/** What the stream would have told beside the orders. */
async function poll(token: string, follower: Follower): Promise<void> {
  follower.line('polling')
  if (follower.positions) follower.positions(await askPositions(token))
}

async function stream(after: number, token: string, signal: AbortSignal, listener: Parameters<typeof listen>[2]) {
  const life = new AbortController()
  const end = () => life.abort()
  const renewal = setTimeout(end, RENEW)
  signal.addEventListener('abort', end)
  try {
    await listen(after, token, listener, life.signal)
  } catch (error) {
    // A refused token ends the watch; any other trouble of the stream leaves the picture standing.
    if (error instanceof Refusal && error.status === 401) throw error
  } finally {
    clearTimeout(renewal)
    signal.removeEventListener('abort', end)
  }
}

function rest(pause: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, pause * (0.8 + Math.random() * 0.2))
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
}
