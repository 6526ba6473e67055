// The wall against a real server on a free port: it is cut off, silenced and refused, and comes back by itself.
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Order } from '@/shared/client/shapes'
import { Board } from '@/shared/orders/board'
import { follow, type Line } from '@/shared/orders/follow'
import { aPicture, anOrder, at } from './orders'

const realFetch = globalThis.fetch

let server: Server
let lines: ServerResponse[]
let snapshots: number
let position: number
let orders: Order[]
let streams: 'open' | 'refused'
let token: string

beforeEach(async () => {
  ;[lines, snapshots, position, orders, streams, token] = [[], 0, 10, [anOrder('a')], 'open', 'good']
  server = createServer((request, response) => {
    const json = (status: number, body: object) => response.writeHead(status).end(JSON.stringify(body))
    if (request.headers.authorization !== `Bearer ${token}`) return json(401, { code: 'not_signed_in', detail: '请登录后再试。' })
    if (request.url?.startsWith('/api/v1/map/orders')) {
      snapshots += 1
      return json(200, aPicture(position, orders))
    }
    if (request.url?.startsWith('/api/v1/map/positions')) return json(200, somewhere(2))
    return streams === 'refused' ? json(503, { code: 'streams_full', detail: '满' }) : open(response)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  // A browser knows its origin; here it is put before the address.
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => realFetch(`http://127.0.0.1:${port}${path}`, init))
})

afterEach(() => {
  vi.unstubAllGlobals()
  server.closeAllConnections()
  server.close()
})

function open(line: ServerResponse) {
  line.writeHead(200, { 'Content-Type': 'text/event-stream' })
  line.write(`event: tick\ndata: ${JSON.stringify({ position, at: at(0) })}\n\n`)
  lines.push(line)
  return line
}

function say(order: Order) {
  position += 1
  orders = [...orders.filter(({ id }) => id !== order.id), order]
  const data = JSON.stringify({ position, event: `e${position}`, kind: 'x', at: at(0), order })
  lines.forEach((line) => line.write(`id: ${position}\nevent: change\ndata: ${data}\n\n`))
}

const somewhere = (age_s: number) => ({
  at: at(0),
  positions: [{ device: 'cz-1', squad: { code: 'CZ', name: '城中片区中队' }, lon: 121, lat: 31, accuracy_m: 8, at: at(0), age_s }],
})

function watchIt() {
  const board = new Board()
  const told = { line: '' as Line | '', refused: '', carried: [] as string[], seen: [] as number[] }
  const stop = follow('good', {
    picture: (snapshot) => board.begin(snapshot),
    change: (change) => board.carry(change) && told.carried.push(`${change.order?.id} ${change.order?.version}`),
    heard: () => {},
    positions: ({ positions }) => told.seen.push(...positions.map(({ age_s }) => age_s)),
    line: (line) => (told.line = line),
    refused: (refusal) => (told.refused = refusal.code),
  })
  return { board, told, stop }
}

const soon = (what: () => void) => vi.waitFor(what, { timeout: 8000, interval: 20 })

it('shows a change as it is committed, and a repeated one once', async () => {
  const { told, board, stop } = watchIt()
  await soon(() => expect(told.line).toBe('live'))
  say(anOrder('a', { version: 2, state: 'on_site' }))
  position -= 1
  say(anOrder('a', { version: 2, state: 'on_site' }))
  say(anOrder('b'))
  await soon(() => expect(told.carried).toEqual(['a 2', 'b 1']))
  expect(board.get('a')?.state).toBe('on_site')
  stop()
})

it('hears where the squads are, without losing its place', async () => {
  const { told, board, stop } = watchIt()
  await soon(() => expect(told.line).toBe('live'))
  lines.forEach((line) => line.write(`event: positions\ndata: ${JSON.stringify(somewhere(5))}\n\n`))
  say(anOrder('b'))
  await soon(() => expect(board.get('b')).toBeDefined())
  expect(told.seen).toEqual([5])
  stop()
})

it('takes a fresh picture after the line was cut and has missed nothing', async () => {
  const { told, board, stop } = watchIt()
  await soon(() => expect(told.line).toBe('live'))
  lines.splice(0).forEach((line) => line.destroy())
  say(anOrder('while-away'))
  await soon(() => expect(board.get('while-away')).toBeDefined())
  await soon(() => expect(lines.length).toBe(1))
  say(anOrder('afterwards'))
  await soon(() => expect(board.get('afterwards')).toBeDefined())
  stop()
})

it('polls where no stream gets through, and says so', async () => {
  streams = 'refused'
  const { told, board, stop } = watchIt()
  await soon(() => expect(told.line).toBe('polling'))
  say(anOrder('polled'))
  await soon(() => expect(board.get('polled')).toBeDefined())
  expect(snapshots).toBeGreaterThan(1)
  expect(told.seen).toContain(2)
  stop()
})

it('says that the service is lost, and heals without a hand', async () => {
  const { told, stop } = watchIt()
  await soon(() => expect(told.line).toBe('live'))
  const { port } = server.address() as AddressInfo
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
  await soon(() => expect(told.line).toBe('lost'))
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready))
  await soon(() => expect(told.line).toBe('live'))
  stop()
})

it('asks for a new login when the token no longer counts', async () => {
  const { told } = watchIt()
  await soon(() => expect(told.line).toBe('live'))
  token = 'another'
  lines.splice(0).forEach((line) => line.end())
  await soon(() => expect(told.refused).toBe('not_signed_in'))
})
