// From a form to the facts of an act: what is told, what is still missing, what cannot be sent so.
import type { CaseAction, Field } from '../types'
import { isAsked } from './relevant'
import { begun, told, type Typed } from './typed'

export type TypedFacts = Record<string, Typed>

export interface Facts {
  facts: Record<string, unknown>
  /** Labels of what must still be filled in. */
  missing: string[]
  /** Sentences. */
  wrong: string[]
}

/** What stands in the form: what somebody typed, and for the rest what the service suggests. */
export function filled(action: CaseAction, typed: TypedFacts, timezone: string): TypedFacts {
  return Object.fromEntries(action.fields.map((field) => [field.name, typed[field.name] ?? begun(field, timezone)]))
}

/** The fields that are asked for as the form stands; what the others hold is not sent. */
export function asked({ fields }: CaseAction, standing: TypedFacts): Field[] {
  return fields.filter((field) => isAsked(field, fields, (name) => standing[name]))
}

export function factsOf(action: CaseAction, typed: TypedFacts, timezone: string): Facts {
  const standing = filled(action, typed, timezone)
  const read = asked(action, standing).map((field) => ({ field, told: told(field, standing[field.name] as Typed, timezone) }))
  const given = read.filter(({ told: { value } }) => value !== undefined)
  return {
    facts: Object.fromEntries(given.map(({ field, told: { value } }) => [field.name, value])),
    missing: read.filter(({ field, told: one }) => field.required && one.value === undefined && !one.wrong).map(({ field }) => field.label),
    wrong: read.flatMap(({ told: { wrong } }) => (wrong ? [wrong] : [])),
  }
}
