// 登记来件 as far as it is filled in. It outlives a reload and dies with the tab or when the person signs out.
import { reactive, watch } from 'vue'
import { newKey } from '@/shared/client/ask'
import type { LonLat } from '@/shared/client/shapes'
import type { Crs, NewDeskReport, Source } from '../shapes'

export interface Draft {
  source: string
  number: string
  due: string
  received: string
  place: LonLat | undefined
  crs: Crs
  accuracy: string
  category: string
  words: string
  name: string
  phone: string
  joins: { id: string; code: string } | undefined
  /** The last body that went out, and the key it went out under. */
  tried: { body: string; key: string } | undefined
}

const STORED = 'wangge.desk.draft'
export const PHONE = /^\+?[0-9][0-9 -]{4,19}$/
export const MOST_WORDS = 2000

const blank = (): Draft => ({
  source: '',
  number: '',
  due: '',
  received: '',
  place: undefined,
  crs: 'cgcs2000',
  accuracy: '',
  category: '',
  words: '',
  name: '',
  phone: '',
  joins: undefined,
  tried: undefined,
})

const draft = reactive<Draft>(Object.assign(blank(), stored()))
// Name and phone are never left in the browser, nor a body that holds them.
watch(draft, ({ name, phone, tried, ...now }) => store({ ...now, ...(!name && !phone && { tried }) }))

export const useDraft = (): Draft => draft
export const clearDraft = (): Draft => Object.assign(draft, blank())

export type Missing = 'source' | 'number' | 'place' | 'kind' | 'words'

export function missing(now: Draft, source: Source | undefined): Missing[] {
  const lacks: Record<Missing, boolean> = {
    source: !source,
    number: Boolean(source?.numbered) && !now.number.trim(),
    place: !now.place,
    kind: !now.category,
    words: !now.words.trim(),
  }
  return (Object.keys(lacks) as Missing[]).filter((fact) => lacks[fact])
}

/** The report as it is sent; `moment` turns a time of the town's clock into a moment of the world's. */
export function reportOf(now: Draft, source: Source, place: LonLat, moment: (local: string) => string): NewDeskReport {
  const [name, phone, number] = [now.name.trim(), now.phone.trim(), now.number.trim()]
  const accuracy = Number(now.accuracy)
  return {
    source: source.code,
    ...(number && { their_number: number }),
    ...(source.timed && now.due && { their_due_at: moment(now.due) }),
    ...(now.received && { received_at: moment(now.received) }),
    place: { ...place, crs: now.crs, ...(accuracy > 0 && { accuracy_m: Math.min(accuracy, 100_000) }) },
    words: now.words.trim(),
    category: now.category,
    ...((name || phone) && { reporter: { ...(name && { name }), ...(phone && { phone }) } }),
    ...(now.joins && { joins: now.joins.id }),
  }
}

/** The same report keeps its key however often it is tried; another one gets another. */
export function keyFor(now: Draft, report: NewDeskReport): string {
  const body = JSON.stringify(report)
  if (now.tried?.body !== body) now.tried = { body, key: newKey() }
  return now.tried.key
}

function stored(): Partial<Draft> {
  try {
    return JSON.parse(sessionStorage.getItem(STORED) ?? '{}') as Partial<Draft>
  } catch {
    return {}
  }
}

function store(now: Partial<Draft>): void {
  try {
    sessionStorage.setItem(STORED, JSON.stringify(now))
  } catch {
    // A browser that keeps nothing still sends.
  }
}
