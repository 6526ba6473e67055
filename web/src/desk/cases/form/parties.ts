// 当事人 as they are typed. Nothing of it is ever put into the browser's storage.
import { reactive } from 'vue'
import { sayParty } from '@/shared/labels/cases'
import type { PartyBody, PartyKind } from '../types'

export type TypedParty = Record<'name' | 'number_kind' | 'number' | 'birth' | 'gender' | 'address' | 'phone' | 'head' | 'job', string> & { kind: PartyKind }

export const emptyParty = (): TypedParty => ({
  kind: 'person', name: '', number_kind: 'id_card', number: '', birth: '', gender: '', address: '', phone: '', head: '', job: '',
})

const OF_ORGANISATIONS = ['credit_code', 'other', 'none']
const OF_PERSONS = ['id_card', 'residence_permit', 'home_return_permit', 'taiwan_permit', 'passport', 'permanent_residence', 'other', 'none']

/** 个体工商户 shows either. */
export function papersOf(kind: PartyKind): string[] {
  if (kind === 'person') return OF_PERSONS
  return kind === 'organisation' ? OF_ORGANISATIONS : ['credit_code', ...OF_PERSONS]
}

const PERSONAL = ['birth', 'gender', 'job']
type Word = Exclude<keyof TypedParty, 'kind'>

/** What is asked of such a party, besides its name and paper. */
export function asksFor(party: TypedParty): Word[] {
  const person = party.kind !== 'organisation'
  const told = person && party.number_kind !== 'id_card' ? PERSONAL : person ? ['job'] : []
  return [...(party.kind === 'person' ? [] : ['head']), ...told, 'phone', 'address'] as Word[]
}

export function lacking(party: TypedParty): string[] {
  const number = party.number_kind === 'none' || party.number.trim() ? [] : [sayParty.number]
  return [...(party.name.trim() ? [] : [sayParty.name]), ...number]
}

export function bodyOf(party: TypedParty): PartyBody {
  const asked: Word[] = ['name', 'number_kind', ...(party.number_kind === 'none' ? [] : (['number'] as const)), ...asksFor(party)]
  const given = asked.map((word) => [word, party[word].trim()]).filter(([, value]) => value)
  return { kind: party.kind, ...Object.fromEntries(given) } as PartyBody
}

/** 周*英: names of parties that were entered here, as far as one may see them over a shoulder. */
export const enteredNames = reactive(new Map<string, string>())

export function masked(name: string): string {
  const signs = [...name.trim()]
  if (signs.length < 2) return '*'
  return `${signs[0]}${'*'.repeat(Math.min(3, Math.max(1, signs.length - 2)))}${signs.length > 2 ? signs[signs.length - 1] : ''}`
}
