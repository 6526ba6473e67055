// What a person types into a field, and what the service is told: one pair of ways for each kind of fact.
import { sayForm } from '@/shared/labels/cases'
import { dayIn, momentIn } from '@/shared/zones'
import { fenOf, typedYuan } from '../money'
import type { Factor, Field, FieldKind } from '../types'

export type TypedRow = Record<string, string>
export type Typed = string | string[] | TypedRow[] | TypedRow

/** `value` is left out while nothing was typed; `wrong` says in a sentence what cannot be sent. */
export interface Told {
  value?: unknown
  wrong?: string
}

interface Way {
  empty: () => Typed
  /** What the service sent, as if it had been typed. */
  typed: (value: unknown, timezone: string) => Typed
  told: (typed: Typed, field: Field, timezone: string) => Told
}

const NUMBER = /^\d+(\.\d+)?$/
const WHOLE = /^\d{1,9}$/
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/

const plain = (typed: Typed): string => (typeof typed === 'string' ? typed.trim() : '')
const list = (typed: Typed): string[] => (Array.isArray(typed) ? (typed as string[]) : [])

/** Tells what was typed, unless it is empty; `undefined` from `read` is wrong. */
const reading =
  (read: (word: string, timezone: string) => unknown, wrong: (label: string) => string): Way['told'] =>
  (typed, { label }, timezone) => {
    const word = plain(typed)
    if (!word) return {}
    const value = read(word, timezone)
    return value === undefined ? { wrong: wrong(label) } : { value }
  }

const word: Way = {
  empty: () => '',
  typed: (value) => String(value),
  told: (typed) => (plain(typed) ? { value: plain(typed) } : {}),
}
const whole = (typed: string) => (WHOLE.test(typed) ? Number(typed) : undefined)
const words: Way = {
  empty: () => [],
  typed: (value) => (Array.isArray(value) ? value.map(String) : []),
  told: (typed) => (list(typed).length ? { value: list(typed) } : {}),
}

/** Columns of the editable rows; those that end with `?` may stay empty. */
export const COLUMNS = {
  items: ['name', 'spec?', 'amount', 'unit?', 'state?'],
  answers: ['question', 'answer'],
  members: ['name', 'opinion'],
  parts: ['due', 'fen'],
} as const
export type RowKind = keyof typeof COLUMNS
export const columnName = (column: string): string => column.replace('?', '')

/** One empty row stands ready to be written into. */
function rows(kind: RowKind): Way {
  const blank = (): TypedRow => Object.fromEntries(COLUMNS[kind].map((column) => [columnName(column), '']))
  return {
    empty: () => [blank()],
    typed: (value) => (Array.isArray(value) && value.length ? value.map((row) => typedRow(blank(), row as object)) : [blank()]),
    told: (typed, field) => toldRows(kind, typed as TypedRow[], field),
  }
}

function typedRow(blank: TypedRow, row: object): TypedRow {
  const known = Object.entries(row).filter(([, value]) => value !== null)
  return { ...blank, ...Object.fromEntries(known.map(([name, value]) => [name, name === 'fen' ? typedYuan(Number(value)) : String(value)])) }
}

function toldRows(kind: RowKind, typed: TypedRow[], { label }: Field): Told {
  const written = typed.filter((row) => Object.values(row).some((cell) => cell.trim()))
  const told = written.map((row) => toldRow(kind, row))
  const bad = told.findIndex((row) => row === undefined)
  if (bad >= 0) return { wrong: sayForm.wrongRow(label, bad + 1) }
  return written.length ? { value: told } : {}
}

function toldRow(kind: RowKind, row: TypedRow): Record<string, unknown> | undefined {
  const cells = COLUMNS[kind].map((column) => [columnName(column), row[columnName(column)]?.trim() ?? '', column.endsWith('?')] as const)
  if (cells.some(([, cell, optional]) => !cell && !optional)) return undefined
  const told = cells.filter(([, cell]) => cell).map(([name, cell]) => [name, name === 'fen' ? fenOf(cell) : cell])
  return told.some(([, cell]) => cell === undefined) ? undefined : Object.fromEntries(told)
}

const factors: Way = {
  empty: () => ({}),
  typed: (value) => Object.fromEntries(Object.entries((value ?? {}) as Record<string, unknown>).map(([code, one]) => [code, String(one)])),
  told(typed, field) {
    const known = new Map((field.factors ?? []).map((factor) => [factor.code, factor]))
    const given = Object.entries(typed as TypedRow).filter(([, one]) => one.trim())
    const read = given.map(([code, one]) => [code, factorOf(known.get(code), one.trim())] as const)
    const bad = read.find(([, value]) => value === undefined)
    if (bad) return { wrong: sayForm.wrongMeasure(known.get(bad[0])?.label ?? bad[0]) }
    return read.length ? { value: Object.fromEntries(read) } : {}
  },
}

function factorOf(factor: Factor | undefined, typed: string): unknown {
  if (factor?.kind === 'flag') return typed === 'true'
  if (factor?.kind === 'whole') return whole(typed)
  if (factor?.kind === 'measure') return NUMBER.test(typed) ? Number(typed) : undefined
  if (factor?.kind === 'money') return fenOf(typed)
  return typed
}

/** Sums are sent in fen but typed in yuan, so what was sent must be turned before it can be typed on. */
export function typedFactors(value: unknown, known: Factor[]): TypedRow {
  const sums = new Set(known.filter(({ kind }) => kind === 'money').map(({ code }) => code))
  const typed = factors.typed(value, '') as TypedRow
  return Object.fromEntries(Object.entries(typed).map(([code, one]) => [code, sums.has(code) ? typedYuan(Number(one)) : one]))
}

const clock = (moment: string, timezone: string): string => {
  const at = Date.parse(moment)
  const day = dayIn(timezone, at)
  const midnight = Date.parse(momentIn(timezone, `${day}T00:00`))
  return `${day}T${new Date(at - midnight).toISOString().slice(11, 16)}`
}

const WAYS: Record<FieldKind, Way> = {
  text: word,
  line: word,
  day: word,
  choice: word,
  person: word,
  party: word,
  file: word,
  paper: word,
  money_fen: { empty: word.empty, typed: (value) => typedYuan(Number(value)), told: reading(fenOf, sayForm.wrongMoney) },
  whole: { ...word, told: reading(whole, sayForm.wrongWhole) },
  flag: { ...word, told: reading((typed) => typed === 'true', sayForm.wrongWhole) },
  moment: {
    empty: word.empty,
    typed: (value, timezone) => clock(String(value), timezone),
    told: reading((typed, timezone) => (MOMENT.test(typed) ? momentIn(timezone, typed) : undefined), sayForm.wrongMoment),
  },
  choices: words,
  officers: words,
  evidence: { ...words, told: (typed) => (list(typed).length ? { value: list(typed).map(Number) } : {}) },
  items: rows('items'),
  answers: rows('answers'),
  members: rows('members'),
  parts: rows('parts'),
  factors,
}

/** How a field stands before anybody has typed: what the service suggests, or nothing. */
export function begun(field: Field, timezone: string): Typed {
  const way = WAYS[field.kind] ?? word
  if (field.value === null || field.value === undefined) return way.empty()
  return field.kind === 'factors' ? typedFactors(field.value, field.factors ?? []) : way.typed(field.value, timezone)
}

export function told(field: Field, typed: Typed, timezone: string): Told {
  return (WAYS[field.kind] ?? word).told(typed, field, timezone)
}

/** This minute, as a field for a moment wants it. */
export const momentNow = (timezone: string, now: number): string => clock(new Date(now).toISOString(), timezone)
