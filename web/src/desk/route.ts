// Where one is, kept behind the # of the address: queues, codes and ids, never a name or a word of a report.
import { onBeforeUnmount, onMounted, shallowRef } from 'vue'
import { LISTS, NEW, type ListName } from './cases/list/lists'
import { QUEUES, type QueueName } from './shapes'

export const VIEWS = ['orders', 'intake', 'cases', 'reference', 'people'] as const
export type View = (typeof VIEWS)[number]

export interface Route {
  view: View
  queue: QueueName
  row?: string | undefined
  order?: string | undefined
  /** Which list of cases, and which case. */
  list?: ListName | undefined
  case?: string | undefined
}

const HOME: Route = { view: 'orders', queue: 'pending' }

/** `#orders/pending/ambiguous/<order>`, `#cases/mine/<case>`, `#cases/mine/new/<order>`; what is not understood is the first queue. */
export function parse(hash: string): Route {
  const [view, queue, row, order] = hash.replace(/^#/, '').split('/').map(decodeURIComponent)
  if (!isOne(VIEWS, view)) return HOME
  if (view === 'cases') return { view, queue: 'pending', list: isOne(LISTS, queue) ? queue : undefined, case: row || undefined, order: (row === NEW && order) || undefined }
  return { view, queue: isOne(QUEUES, queue) ? queue : 'pending', row: row || undefined, order: order || undefined }
}

export function format(route: Route): string {
  const parts = partsOf(route)
  return `#${parts.map(encodeURIComponent).join('/').replace(/\/+$/, '')}`
}

function partsOf({ view, queue, row, order, list, case: opened }: Route): string[] {
  if (view === 'orders') return [view, queue, row ?? '', order ?? '']
  return view === 'cases' ? [view, list ?? '', opened ?? '', (opened === NEW && order) || ''] : [view]
}

const isOne = <One extends string>(known: readonly One[], word: string | undefined): word is One =>
  known.includes(word as One)

export function useRoute() {
  const route = shallowRef(parse(location.hash))
  const look = () => (route.value = parse(location.hash))
  onMounted(() => addEventListener('hashchange', look))
  onBeforeUnmount(() => removeEventListener('hashchange', look))
  const go = (to: Partial<Route>) => {
    location.hash = format({ ...route.value, ...to })
    look()
  }
  return { route, go }
}

export type Going = ReturnType<typeof useRoute>
