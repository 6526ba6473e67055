// Which facts a form asks for, given what was answered: nobody is asked for a ground of what he does not propose.
import type { Field } from '../types'
import type { Typed } from './typed'

type Answered = (name: string) => Typed | undefined
type Asked = (answered: Answered) => boolean

const is =
  (name: string, ...values: string[]): Asked =>
  (answered) => values.includes(String(answered(name)))
const has =
  (name: string, value: string): Asked =>
  (answered) => (answered(name) as string[]).includes(value)

/** The fact that decides, and whether the other one is asked for. Where the first is not in the form, the second stays. */
const DEPENDS: Record<string, [on: string, asked: Asked][]> = {
  ground: [['outcome', is('outcome', 'no_penalty', 'not_proven')]],
  education: [['outcome', is('outcome', 'no_penalty')]],
  kinds: [['outcome', is('outcome', 'penalty')]],
  lighter: [['outcome', is('outcome', 'penalty')]],
  deviation_reason: [['outcome', is('outcome', 'penalty')]],
  fine_fen: [['outcome', is('outcome', 'penalty')], ['kinds', has('kinds', 'fine')]],
  confiscate_fen: [['outcome', is('outcome', 'penalty')], ['kinds', has('kinds', 'confiscate_income')]],
  cash_ground: [['pay_manner', is('pay_manner', 'cash')]],
  tracking: [['manner', is('manner', 'post')]],
  channel: [['manner', is('manner', 'electronic')], ['electronic_consent', is('electronic_consent', 'true')]],
}

export function isAsked(field: Field, fields: Field[], answered: Answered): boolean {
  if (field.required) return true
  const deciding = (DEPENDS[field.name] ?? []).filter(([on]) => fields.some(({ name }) => name === on))
  return deciding.every(([, asked]) => asked(answered))
}
