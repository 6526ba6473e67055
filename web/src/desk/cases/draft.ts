// What a person is about to record in a case. It outlives a walk to another case and a reload; it dies with the tab.
import { reactive, watch } from 'vue'
import { newKey } from '@/shared/client/ask'
import type { TypedFacts } from './form/facts'

const STORED = 'wangge.desk.acts'
const MOST_KEPT = 20
/** Who somebody is and where he lives stays in the page alone, and goes with it. */
const NOT_KEPT = ['party', 'address', 'channel', 'agent', 'asked_person', 'present', 'witness', 'receiver']

export interface Draft {
  action: string
  /** When it happened, in the town's clock; now, while it is empty. */
  at: string
  /** By action, so that looking at another one loses nothing. */
  typed: Record<string, TypedFacts>
  tried?: { body: string; key: string }
}

const drafts = reactive(new Map<string, Draft>(stored()))
watch(drafts, () => store([...drafts].slice(-MOST_KEPT)), { deep: true })

export const draftOf = (id: string): Draft | undefined => drafts.get(id)

/** Begin an act, or go on with it. */
export function begin(id: string, action: string): Draft {
  const known = drafts.get(id)
  drafts.set(id, { typed: {}, ...known, action, at: '' })
  const draft = drafts.get(id) as Draft
  draft.typed[action] ??= {}
  return draft
}

/** Put the form aside; what was typed waits. */
export function putAside(id: string): void {
  const draft = drafts.get(id)
  if (draft) draft.action = ''
}

/** The act is done: its form begins empty next time. */
export function done(id: string): void {
  const draft = drafts.get(id)
  if (!draft) return
  delete draft.typed[draft.action]
  draft.action = ''
}

export function forgetActs(): void {
  drafts.clear()
}

/** The same act keeps its key however often it is tried; another one gets another. */
export function keyFor(draft: Draft, sent: object): string {
  const body = JSON.stringify(sent)
  if (draft.tried?.body !== body) draft.tried = { body, key: newKey() }
  return draft.tried.key
}

/** What may lie in the browser's storage. */
export function keepable(draft: Draft): Draft {
  const { action, at } = draft
  const typed = Object.entries(draft.typed).map(([name, facts]) => [name, withoutPeople(facts)])
  return { action, at, typed: Object.fromEntries(typed) as Draft['typed'] }
}

const withoutPeople = (facts: TypedFacts) => Object.fromEntries(Object.entries(facts).filter(([name]) => !NOT_KEPT.includes(name)))

function stored(): [string, Draft][] {
  try {
    return JSON.parse(sessionStorage.getItem(STORED) ?? '[]') as [string, Draft][]
  } catch {
    return []
  }
}

function store(kept: [string, Draft][]): void {
  try {
    sessionStorage.setItem(STORED, JSON.stringify(kept.map(([id, draft]) => [id, keepable(draft)])))
  } catch {
    // A browser that keeps nothing still sends.
  }
}
