// 登记线索: what must be said to open a case, out of an order or of what a squad found itself.
import { sayOpening } from '@/shared/labels/cases'
import type { Order } from '@/shared/client/shapes'
import type { PlaceIn } from '../../shapes'
import type { CaseAction, Choice, Field, FieldKind, OpeningOptions } from '../types'

export type Origin = 'order' | 'found'

/** Where what is typed lies among the drafts; no case has this name. */
export const DRAFT = 'opening'

const field = (name: string, kind: FieldKind, label: string, required: boolean, choices: Choice[] | null = null, help = ''): Field => ({
  name, kind, label, required, choices, help, factors: null, value: null,
})

/** As an act, so that it is filled in like every other one. */
export function openingAct(origin: Origin, { officers, powers }: OpeningOptions, login: string[]): CaseAction {
  const named = officers.filter(({ name }) => login.includes(name)).map(({ code }) => code)
  return {
    action: origin,
    name: sayOpening.head,
    article: '',
    open: true,
    missing: [],
    warnings: [],
    danger: false,
    fields: [
      { ...field('officers', 'officers', sayOpening.officers, true, officers, sayOpening.officersHelp), value: named },
      field('power', 'choice', sayOpening.power, origin === 'found', powers.filter(({ ok }) => ok !== false), origin === 'order' ? sayOpening.powerHelp : ''),
      field('words', 'text', sayOpening.words, true, null, sayOpening.wordsHelp),
      field('acted_from', 'day', sayOpening.actedFrom, false, null, sayOpening.daysHelp),
      field('acted_on', 'day', sayOpening.actedOn, false),
    ],
  }
}

/** Orders as they are chosen from: what, where, how long. */
export function orderChoices(orders: Order[], when: (at: string) => string): Choice[] {
  return orders.map(({ id, code, category_name, area, grid, received_at }) => ({
    code: id,
    name: `${category_name}　${code}`,
    why: [area?.name, grid?.name, when(received_at)].filter(Boolean).join(' · '),
  }))
}

export interface Situation {
  place: { lon: number; lat: number } | undefined
  crs: PlaceIn['crs']
  accuracy: string
}

export function placeOf({ place, crs, accuracy }: Situation): PlaceIn | undefined {
  if (!place) return undefined
  const metres = Number(accuracy)
  return { ...place, crs, ...(metres > 0 && { accuracy_m: metres }) }
}
