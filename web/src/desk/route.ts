// Where one is, kept behind the # of the address: queues, codes and ids, never a name or a word of a report.
import { onBeforeUnmount, onMounted, shallowRef } from 'vue'
import { LISTS, NEW, type ListName } from './cases/list/lists'
import { FIGURE_TABS, type FigureTab } from './figures/tabs'
import { QUEUES, type QueueName } from './shapes'
import { WATCH_TABS, type WatchTab } from './watching/tabs'

export const VIEWS = ['orders', 'intake', 'cases', 'watching', 'figures', 'reference', 'people'] as const
export type View = (typeof VIEWS)[number]

export interface Route {
  view: View
  queue: QueueName
  row?: string | undefined
  order?: string | undefined
  /** Which list of cases, and which case. */
  list?: ListName | undefined
  case?: string | undefined
  /** Which part of 督办 or of the figures, and what lies open there. */
  tab?: WatchTab | FigureTab | undefined
  item?: string | undefined
}

const TABS: Partial<Record<View, readonly (WatchTab | FigureTab)[]>> = { watching: WATCH_TABS, figures: FIGURE_TABS }

/** `#orders/pending/ambiguous/<order>`, `#cases/mine/<case>`, `#cases/mine/new/<order>`, `#watching/supervisions/<id>`; what is not understood is where one begins. */
export function parse(hash: string, home: View = 'orders'): Route {
  const [view, queue, row, order] = hash.replace(/^#/, '').split('/').map(decodeURIComponent)
  if (!isOne(VIEWS, view)) return { view: home, queue: 'pending' }
  const tabs = TABS[view]
  if (tabs) return { view, queue: 'pending', tab: isOne(tabs, queue) ? queue : undefined, item: row || undefined }
  if (view === 'cases') return { view, queue: 'pending', list: isOne(LISTS, queue) ? queue : undefined, case: row || undefined, order: (row === NEW && order) || undefined }
  return { view, queue: isOne(QUEUES, queue) ? queue : 'pending', row: row || undefined, order: order || undefined }
}

export function format(route: Route): string {
  const parts = partsOf(route)
  return `#${parts.map(encodeURIComponent).join('/').replace(/\/+$/, '')}`
}

function partsOf({ view, queue, row, order, list, case: opened, tab, item }: Route): string[] {
  if (view in TABS) return [view, tab ?? '', item ?? '']
  if (view === 'orders') return [view, queue, row ?? '', order ?? '']
  return view === 'cases' ? [view, list ?? '', opened ?? '', (opened === NEW && order) || ''] : [view]
}

const isOne = <One extends string>(known: readonly One[], word: string | undefined): word is One =>
  known.includes(word as One)

export function useRoute(home: View) {
  const route = shallowRef(parse(location.hash, home))
  const look = () => (route.value = parse(location.hash, home))
  onMounted(() => addEventListener('hashchange', look))
  onBeforeUnmount(() => removeEventListener('hashchange', look))
  const go = (to: Partial<Route>) => {
    location.hash = format({ ...route.value, ...to })
    look()
  }
  return { route, go }
}

export type Going = ReturnType<typeof useRoute>
