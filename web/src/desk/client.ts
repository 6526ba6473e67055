// What the desk asks of the service. A wish carries its own key, so that trying it again changes nothing twice.
import { callsOf, query } from './calls'
import { OWN, STATE_OF } from './shapes'
import type { Correction, DeskOrderDetail, LinkState, NewDeskReport, Options, OrderPage, QueueCounts, QueueName, StepBody, TakenDown } from './shapes'
import type { Edition, HandlingTimes, Leave, ListKind, ListRows, People, PeopleImported, Preview, RosterDay, SheetKind, Shift, TimeRows } from './referenceShapes'

const PAGE = 50
/** A sheet of some thousand rows is read and compared within this time. */
const SHEET_PATIENCE = 90_000

export interface QueueWish {
  queue: QueueName
  row?: string | undefined
  before?: string | undefined
}

export interface NewShift {
  squad: string
  login: string
  starts_at: string
  ends_at: string
  leads: boolean
}

export type NewLeave = Pick<NewShift, 'login' | 'starts_at' | 'ends_at'> & { ground: string }

/** Everything that one signed-in person may ask. */
export function deskClient(token: string) {
  const { get, post, form, file: picture } = callsOf(token)
  const file = <Answer>(path: string, fields: Record<string, string | File>) => form<Answer>(path, fields, SHEET_PATIENCE)

  return {
    counts: () => get<QueueCounts>('/desk/queues'),
    queue({ queue, before, row }: QueueWish) {
      const state = STATE_OF[queue]
      const rest = { before, limit: PAGE }
      const ours = state || queue === OWN
      return get<OrderPage>(ours ? `/orders?${query({ state, ...rest })}` : `/desk/orders?${query({ queue, row, ...rest })}`)
    },
    options: () => get<Options>('/desk/options'),
    order: (id: string) => get<DeskOrderDetail>(`/orders/${id}`),
    photo: (id: string) => picture(`/photos/${id}`),
    step: (id: string, wish: StepBody, key: string) => post<DeskOrderDetail>(`/orders/${id}/steps`, wish, key),
    correct: (id: string, wish: Correction, key: string) => post<DeskOrderDetail>(`/orders/${id}/corrections`, wish, key),
    settleLink: (id: string, link: string, state: LinkState) => post<DeskOrderDetail>(`/orders/${id}/links/${link}`, { state }),
    takeDown: (report: NewDeskReport, key: string) => post<TakenDown>('/desk/reports', report, key),

    editions: (list: ListKind) => get<{ editions: Edition[] }>(`/reference/${list}`),
    preview: (sheet: SheetKind, sent: File) => file<Preview>(`/reference/previews/${sheet}`, { file: sent }),
    importSheet: (sheet: SheetKind, sent: File, name: string) =>
      file<Edition | PeopleImported>(`/reference/imports/${sheet}`, { file: sent, ...(sheet !== 'people' && { name }) }),
    rows: (list: ListKind, id: string) => get<ListRows>(`/reference/${list}/${id}`),
    timeRows: (id: string) => get<TimeRows>(`/reference/times/${id}`),
    handlingTimes: () => get<HandlingTimes>('/handling-times'),
    activate: (list: ListKind, id: string, valid_from: string) =>
      post<Edition>(`/reference/${list}/${id}/activate`, { valid_from }),
    confirm: (id: string, by: string) => post<Edition>(`/reference/powers/${id}/confirm`, { by }),

    people: () => get<People>('/people'),
    roster: (day: string) => get<RosterDay>(`/roster?${query({ day })}`),
    addShift: (shift: NewShift) => post<Shift>('/roster/shifts', shift),
    addLeave: (leave: NewLeave) => post<Leave>('/roster/leaves', leave),
    endShift: (id: string) => post<unknown>(`/roster/shifts/${id}/end`),
    endLeave: (id: string) => post<unknown>(`/roster/leaves/${id}/end`),
  }
}

export type DeskClient = ReturnType<typeof deskClient>
