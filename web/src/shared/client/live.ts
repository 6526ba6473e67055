import { EventSourceParserStream } from 'eventsource-parser/stream'
import { Unreachable, refusal } from './ask'
import type { Change, Positions } from './shapes'

export interface Listener {
  change(change: Change): void
  tick(position: number, at: string): void
  /** Where the squads are, all of them, whenever one has moved. */
  positions?(positions: Positions): void
}

// The service ticks every 5 s: two ticks missed, and the line is dead even if the socket does not know it.
const SILENCE = 12_000

/**
 * Read the live stream behind a position until it ends, falls silent or `signal` stops it.
 * By fetch and not by EventSource, because the token belongs in a header and not in an address that gets logged.
 * Rejects with Refusal or Unreachable when the stream does not open.
 */
export async function listen(after: number, token: string, listener: Listener, signal: AbortSignal): Promise<void> {
  const line = new AbortController()
  const hangUp = () => line.abort()
  signal.addEventListener('abort', hangUp)
  let patience = setTimeout(hangUp, SILENCE)
  try {
    const reader = (await open(after, token, line.signal)).getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      clearTimeout(patience)
      patience = setTimeout(hangUp, SILENCE)
      hear(value.event, value.data, listener)
    }
  } finally {
    clearTimeout(patience)
    signal.removeEventListener('abort', hangUp)
    line.abort()
  }
}

async function open(after: number, token: string, signal: AbortSignal) {
  const response = await fetch(`/live?after=${after}`, {
    headers: { Accept: 'text/event-stream', Authorization: `Bearer ${token}` },
    signal,
    cache: 'no-store',
    credentials: 'omit',
  })
  if (!response.ok) throw refusal(response.status, await response.text())
  if (!response.body) throw new Unreachable('no stream')
  // The types of the stream classes differ between the browser's and Node's declarations.
  const text = response.body.pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>)
  return text.pipeThrough(new EventSourceParserStream())
}

function hear(event: string | undefined, data: string, listener: Listener): void {
  if (event === 'change') listener.change(JSON.parse(data) as Change)
  if (event === 'positions') listener.positions?.(JSON.parse(data) as Positions)
  if (event === 'tick') {
    const { position, at } = JSON.parse(data) as { position: number; at: string }
    listener.tick(position, at)
  }
}
