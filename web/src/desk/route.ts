// Where one is, kept behind the # of the address: queues, codes and ids, never a name or a word of a report.
import { onBeforeUnmount, onMounted, shallowRef } from 'vue'
import { QUEUES, type QueueName } from './shapes'

export const VIEWS = ['orders', 'intake', 'reference', 'people'] as const
export type View = (typeof VIEWS)[number]

export interface Route {
  view: View
  queue: QueueName
  row?: string | undefined
  order?: string | undefined
}

const HOME: Route = { view: 'orders', queue: 'pending' }

/** `#orders/pending/ambiguous/<order>`; what is not understood is the first queue. */
export function parse(hash: string): Route {
  const [view, queue, row, order] = hash.replace(/^#/, '').split('/').map(decodeURIComponent)
  if (!isOne(VIEWS, view)) return HOME
  return { view, queue: isOne(QUEUES, queue) ? queue : 'pending', row: row || undefined, order: order || undefined }
}

export function format({ view, queue, row, order }: Route): string {
  const parts = view === 'orders' ? [view, queue, row ?? '', order ?? ''] : [view]
  return `#${parts.map(encodeURIComponent).join('/').replace(/\/+$/, '')}`
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
