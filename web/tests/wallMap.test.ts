// The pure parts of the wall's map: steps of load, places for names, squads that fade.
import { describe, expect, it } from 'vitest'
import type { SquadPosition } from '@/shared/client/shapes'
import type { Area } from '@/shared/map/areas'
import { rangesOf, stepOf, stepsFor, type Steps } from '@/wall/load'
import { place, type Label } from '@/wall/placing'
import { colourOf, seenAt } from '@/wall/squads'
import { NOW } from './orders'

describe('the steps of load', () => {
  it('begin with one order, whatever there is', () => {
    expect(stepsFor([])).toEqual([1, 2, 3, 5])
    expect(stepOf(0, stepsFor([]))).toBe(0)
    expect(stepOf(1, stepsFor([900]))).toBe(1)
  })

  it('keep the highest for the few that stand out', () => {
    const counts = Array.from({ length: 100 }, (_, index) => index)
    const steps = stepsFor(counts)
    const highest = counts.filter((count) => stepOf(count, steps) === 4)
    expect(highest.length).toBeGreaterThan(0)
    expect(highest.length).toBeLessThanOrEqual(20)
  })

  it('part even thirty-four thousand orders', () => {
    const counts = Array.from({ length: 120 }, (_, index) => 10 + Math.round(34_000 / 120 / (1 + index / 30)))
    expect(new Set(counts.map((count) => stepOf(count, stepsFor(counts)))).size).toBeGreaterThanOrEqual(3)
  })

  it('stay as they are while they still part the grids, and grow when they no longer do', () => {
    const before = stepsFor(Array.from({ length: 50 }, (_, index) => index % 5))
    expect(stepsFor(Array.from({ length: 50 }, (_, index) => (index % 6) + Number(index > 45)), before)).toBe(before)
    expect(stepsFor(Array.from({ length: 50 }, () => 40), before)).not.toBe(before)
    const busy: Steps = [1, 51, 101, 251]
    expect(stepsFor([2, 3, 1], busy)).not.toBe(busy)
  })

  it('are told without gaps', () => {
    expect(rangesOf([1, 4, 7, 11])).toEqual([[1, 3], [4, 6], [7, 10], [11, Infinity]])
  })
})

describe('names on the map', () => {
  const name = (x: number, y: number, more: Partial<Label> = {}): Label => ({ x, y, width: 60, height: 20, ...more })
  const meet = (one: Label, other: Label) =>
    Math.abs(one.x - other.x) < (one.width + other.width) / 2 && Math.abs(one.y - other.y) < (one.height + other.height) / 2

  it('stand in their middle where there is room', () => {
    expect(place([name(10, 10), name(200, 10)])).toEqual([{ x: 10, y: 10 }, { x: 200, y: 10 }])
  })

  it('give way to those before them', () => {
    expect(place([name(10, 10), name(40, 12)])[1]).toBeUndefined()
    expect(place([name(10, 10), name(40, 12, { elsewhere: [[0, 24]] })])[1]).toEqual({ x: 40, y: 36 })
  })

  it('never lie over each other, however many there are', () => {
    let luck = 7
    const next = (most: number) => (luck = (luck * 48271) % 2147483647) % most
    const labels = Array.from({ length: 600 }, () => name(next(1900), next(1000), { width: 30 + next(90), elsewhere: [[0, 14], [0, -14]] }))
    const standing = place(labels).flatMap((spot, index) => (spot ? [{ ...(labels[index] as Label), ...spot }] : []))
    expect(standing.length).toBeGreaterThan(100)
    const pairs = standing.flatMap((one, index) => standing.slice(index + 1).filter((other) => meet(one, other)))
    expect(pairs).toEqual([])
  })
})

describe('the squads', () => {
  const area = (code: string, squad: string) => ({ code, name: code, squads: [squad], grids: [], border: [], centre: [0, 0] }) as Area
  const colour = colourOf([area('CZ', '城中片区中队'), area('CD', '城东片区中队')])
  const seen = (minutes: number, squad = '城中片区中队'): SquadPosition => ({
    device: `${squad} ${minutes}`,
    squad: { code: squad, name: squad },
    lon: 121,
    lat: 31,
    accuracy_m: 8,
    at: new Date(NOW - minutes * 60_000).toISOString(),
    age_s: minutes * 60,
  })

  it('fade after five minutes and are gone after thirty', () => {
    const shown = seenAt([seen(0), seen(5), seen(5.1), seen(30), seen(30.1)], NOW, colour)
    expect(shown.map(({ minutes, faded }) => [minutes, faded])).toEqual([[0, false], [5, false], [5, true], [30, true]])
  })

  it('have a colour each, the one of their area, and a tablet whose clock is ahead was just here', () => {
    const [one, other, guest] = seenAt([seen(0), seen(0, '城东片区中队'), seen(-2, '机动中队')], NOW, colour)
    expect(new Set([one?.colour, other?.colour, guest?.colour]).size).toBe(3)
    expect(guest?.minutes).toBe(0)
  })
})
