// What a person is about to do to an order. It outlives a reload and a walk to another order; it dies with the tab.
import { reactive, watch } from 'vue'
import { newKey } from '@/shared/client/ask'
import type { LonLat } from '@/shared/client/shapes'
import type { Allowed, Fact, StepBody } from '../shapes'

const STORED = 'wangge.desk.wishes'
const MOST_KEPT = 20

export interface Wish extends Partial<Record<Fact, string>> {
  action: string
  /** Of a correction: where the matter is, and what kind it is. */
  place?: LonLat
  category?: string
  tried?: { body: string; key: string }
}

const wishes = reactive(new Map<string, Wish>(stored()))
watch(wishes, () => store([...wishes].slice(-MOST_KEPT)), { deep: true })

export const wishOf = (order: string): Wish | undefined => wishes.get(order)

/** Begin, or go on with what was typed: words stay when only the action changes. */
export function begin(order: string, action: string): Wish {
  const { words } = wishes.get(order) ?? {}
  const known = wishes.get(order)
  const wish = known?.action === action ? known : { action, ...(words && { words }) }
  wishes.set(order, wish)
  return wishes.get(order) as Wish
}

export const drop = (order: string): boolean => wishes.delete(order)

export function forgetWishes(): void {
  wishes.clear()
}

/** What a return about the power list must name besides what every return names. */
const POWER_GROUNDS = ['no_power', 'not_our_field']

export function required({ requires }: Pick<Allowed, 'requires'>, wish: Wish): Fact[] {
  const line = POWER_GROUNDS.includes(wish.ground ?? '') && !requires.includes('power')
  return line ? [...requires, 'power'] : requires
}

const WHOLE = /^\s*[1-9]\d*\s*$/

export const missing = (allowed: Pick<Allowed, 'requires'>, wish: Wish): Fact[] =>
  required(allowed, wish).filter((fact) => !wish[fact]?.trim() || (fact === 'amount' && !WHOLE.test(wish[fact] ?? '')))

export function bodyOf(allowed: Allowed, wish: Wish, version: number): StepBody {
  const facts = required(allowed, wish).map((fact) => [fact, fact === 'amount' ? Number(wish[fact]) : wish[fact]?.trim()])
  return { action: allowed.action, version, ...Object.fromEntries(facts) } as StepBody
}

/** The same wish keeps its key however often it is tried; another one gets another. */
export function keyFor(wish: Wish, sent: object): string {
  const body = JSON.stringify(sent)
  if (wish.tried?.body !== body) wish.tried = { body, key: newKey() }
  return wish.tried.key
}

function stored(): [string, Wish][] {
  try {
    return JSON.parse(sessionStorage.getItem(STORED) ?? '[]') as [string, Wish][]
  } catch {
    return []
  }
}

function store(kept: [string, Wish][]): void {
  try {
    sessionStorage.setItem(STORED, JSON.stringify(kept))
  } catch {
    // A browser that keeps nothing still sends.
  }
}
