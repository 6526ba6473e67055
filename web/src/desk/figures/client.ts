// What the screens of indicators and appraisal ask of the service.
import { callsOf, query } from '../calls'
import type { Appeal, AppealBody, Formulas, Month, Months } from './appraisalShapes'
import type { By, FigureOrders, Indicators, Part } from './shapes'
import type { Exclusion } from './exclusionShapes'
import type { Period } from './periods'

const PAGE = 50

export interface DrillQuery extends Period {
  code: string
  by: By
  key: string
  part: Part
  before?: string | undefined
}

export function figuresClient(token: string) {
  const { get, post, file } = callsOf(token)
  return {
    indicators: (asked: Period & { by: By }) => get<Indicators>(`/indicators?${query({ ...asked })}`),
    orders: ({ code, ...asked }: DrillQuery) => get<FigureOrders>(`/indicators/${code}/orders?${query({ ...asked, limit: PAGE })}`),
    sheet: (kind: 'csv' | 'xlsx', asked: Period & { by: By }) => file(`/indicators.${kind}?${query({ ...asked })}`),

    exclude: (order: string, wish: { ground: string; words: string }, key: string) => post<Exclusion>(`/orders/${order}/exclusion`, wish, key),
    exclusions: (state: string, before?: string) => get<{ exclusions: Exclusion[]; next: string | null }>(`/exclusions?${query({ state, before, limit: PAGE })}`),
    decideExclusion: (id: string, wish: { approve: boolean; words: string }, key: string) => post<Exclusion>(`/exclusions/${id}/decision`, wish, key),

    months: () => get<Months>('/appraisal/months'),
    month: (month: string, revision?: number) => get<Month>(`/appraisal/months/${month}?${query({ revision })}`),
    freeze: (month: string, key: string) => post<Month>('/appraisal/months', { month }, key),
    monthSheet: (month: string, kind: 'csv' | 'xlsx') => file(`/appraisal/months/${month}.${kind}`),
    appeal: (wish: AppealBody, key: string) => post<Appeal>('/appraisal/appeals', wish, key),
    decideAppeal: (id: string, wish: { approve: boolean; words: string }, key: string) => post<Appeal>(`/appraisal/appeals/${id}/decision`, wish, key),
    formulas: () => get<Formulas>('/appraisal/formulas'),
  }
}

export type FiguresClient = ReturnType<typeof figuresClient>
