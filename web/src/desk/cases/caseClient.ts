// What the case screens ask of the service.
import { ask, askPicture, newKey } from '@/shared/client/ask'
import { sendForm } from '@/shared/client/upload'
import type { Order } from '@/shared/client/shapes'
import type { ActBody, CaseDetail, CaseList, CaseState, FileTaken, OpeningOptions, PartyBody, PartyTaken, ProcedureStep } from './types'

const API = '/api/v1'
const PAGE = '50'
/** From these a case may come of an order. */
const OPENABLE = ['on_site', 'accepted']
/** A whole 卷宗 is put together while one waits. */
const FILE_PATIENCE = 120_000

export interface CaseQuery {
  state?: CaseState | undefined
  squad?: string | undefined
  mine?: boolean | undefined
  q?: string | undefined
  before?: string | undefined
}

export function caseClient(token: string) {
  const authorization = `Bearer ${token}`
  const get = <Answer>(path: string) => ask<Answer>(API + path, { authorization })
  const of = (id: string) => `/cases/${encodeURIComponent(id)}`
  return {
    list: (asked: CaseQuery) => get<CaseList>(`/cases?${query(asked)}`),
    detail: (id: string) => get<CaseDetail>(of(id)),
    act: (id: string, body: ActBody, key: string) => ask<CaseDetail>(`${API}${of(id)}/acts`, { method: 'POST', authorization, body, key, timeout: FILE_PATIENCE }),
    keepParty: (id: string, body: PartyBody) => ask<PartyTaken>(`${API}${of(id)}/parties`, { method: 'POST', authorization, body, key: newKey() }),
    keepFile: (id: string, file: File, onSent: (share: number) => void) =>
      sendForm<FileTaken>(`${API}${of(id)}/evidence`, { file }, { authorization, key: newKey() }, onSent),
    openingOptions: () => get<OpeningOptions>('/cases/options'),
    /** Orders that the squad stands before, the newest first. */
    async openableOrders(): Promise<Order[]> {
      const pages = await Promise.all(OPENABLE.map((state) => get<{ orders: Order[] }>(`/orders?state=${state}`)))
      return pages.flatMap(({ orders }) => orders)
    },
    open: (path: string, body: object, key: string) => ask<{ id: string; version: number }>(API + path, { method: 'POST', authorization, body, key }),
    procedure: () => get<{ steps: ProcedureStep[] }>('/procedure'),
    /** A file of the case: `documents/<id>.pdf`, `evidence/<id>`, `file.pdf`. */
    file: (id: string, path: string) => askPicture(`${API}${of(id)}/${path}`, authorization, FILE_PATIENCE),
  }
}

export type CaseClient = ReturnType<typeof caseClient>

function query({ mine, ...rest }: CaseQuery): string {
  const given = Object.entries(rest).filter((pair): pair is [string, string] => Boolean(pair[1]))
  return new URLSearchParams([...given, ...(mine ? [['mine', '1']] : []), ['limit', PAGE]]).toString()
}
