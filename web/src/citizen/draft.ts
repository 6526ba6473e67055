// What the person has filled in. It outlives a reload of the page, because on a small phone the camera ends the page.
import { reactive, watch } from 'vue'
import { newKey } from '@/shared/client/ask'
import type { NewReport } from '@/shared/client/shapes'
import { sent, type Place } from './place'

export interface Draft {
  place: Place | undefined
  category: string
  words: string
  anonymous: boolean
  name: string
  phone: string
  /** The last body that went out, and the key it went out under. */
  tried: { body: string; key: string } | undefined
}

const STORED = 'wangge.citizen.draft'

const blank = (): Draft => ({
  place: undefined,
  category: '',
  words: '',
  anonymous: true,
  name: '',
  phone: '',
  tried: undefined,
})

export function useDraft() {
  const draft = reactive(Object.assign(blank(), stored()))
  // Name and phone are never left in the browser, nor a body that holds them.
  watch(draft, ({ place, category, words, tried, anonymous }) =>
    store({ place, category, words, tried: anonymous ? tried : undefined }),
  )
  const clear = () => Object.assign(draft, blank())
  return { draft, clear }
}

export const MOST_WORDS = 2000
const PHONE = /^\+?[0-9][0-9 -]{4,19}$/

export type Missing = 'place' | 'matter' | 'length' | 'phone'

/** The first thing that keeps the report from going out. */
export function missing(draft: Draft): Missing | undefined {
  if (!draft.place) return 'place'
  if (!draft.category && !draft.words.trim()) return 'matter'
  if (draft.words.trim().length > MOST_WORDS) return 'length'
  if (!draft.anonymous && draft.phone.trim() && !PHONE.test(draft.phone.trim())) return 'phone'
  return undefined
}

/** The report as it is sent. Whoever only chose a category has said that much in words, too. */
export function reportOf(draft: Draft, place: Place, categoryName: string): NewReport {
  const [name, phone] = [draft.name.trim(), draft.phone.trim()]
  return {
    place: sent(place),
    words: draft.words.trim() || categoryName,
    ...(draft.category && { category: draft.category }),
    ...(!draft.anonymous && (name || phone) && { reporter: { ...(name && { name }), ...(phone && { phone }) } }),
  }
}

/** The same report keeps its key however often it is tried; another one gets another. */
export function keyFor(draft: Draft, report: NewReport): string {
  const body = JSON.stringify(report)
  if (draft.tried?.body !== body) draft.tried = { body, key: newKey() }
  return draft.tried.key
}

function stored(): Partial<Draft> {
  try {
    return JSON.parse(sessionStorage.getItem(STORED) ?? '{}') as Partial<Draft>
  } catch {
    return {}
  }
}

function store(kept: Partial<Draft>): void {
  try {
    sessionStorage.setItem(STORED, JSON.stringify(kept))
  } catch {
    // A browser that keeps nothing still sends.
  }
}
