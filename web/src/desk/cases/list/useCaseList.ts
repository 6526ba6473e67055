import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { useDesk } from '../../desk'
import type { CaseList, CaseRow, CaseState } from '../types'
import { lookAgain, useCases } from '../useCases'
import type { ListName } from './lists'
import { byUrgency } from './urgency'


export interface Filter {
  state: CaseState | ''
  lane: string
  squad: string
  q: string
}

const none = (): Filter => ({ state: '', lane: '', squad: '', q: '' })
/** Kept while one looks at a case and comes back. */
const filter = reactive(none())

/** The cases of a list, most urgent first; more of them are fetched below. */
export function useCaseList(name: () => ListName) {
  const desk = useDesk()
  const { client } = useCases()
  const rows = shallowRef<CaseRow[]>()
  const next = ref<string | null>(null)
  const trouble = ref('')
  let latest = 0
  /** Once more was fetched, looking again would take it away. */
  let grown = false

  const page = (before?: string): Promise<CaseList> =>
    client.list({ state: filter.state || undefined, squad: filter.squad || undefined, q: filter.q.trim() || undefined, mine: name() === 'mine', before })
  async function load() {
    grown = false
    const mine = (latest += 1)
    try {
      const got = await page()
      if (mine === latest) show(got.cases, got)
    } catch (error) {
      if (mine === latest) trouble.value = desk.trouble(error)
    }
  }
  async function more() {
    grown = true
    const mine = (latest += 1)
    try {
      const got = await page(next.value ?? undefined)
      if (mine === latest) show([...(rows.value ?? []), ...got.cases], got)
    } catch (error) {
      if (mine === latest) trouble.value = desk.trouble(error)
    }
  }
  function show(cases: CaseRow[], got: CaseList) {
    const once = new Map(cases.filter(fits).map((row) => [row.id, row]))
    rows.value = byUrgency([...once.values()])
    next.value = got.next
    trouble.value = ''
  }
  /** The service does not ask for lanes. */
  const fits = ({ lane }: CaseRow) => !filter.lane || lane === filter.lane

  watch([name, () => [filter.state, filter.lane, filter.squad].join()], () => {
    rows.value = undefined
    void load()
  }, { immediate: true })
  lookAgain(() => grown || void load())

  const isFiltered = computed(() => Object.values(filter).some(Boolean))
  function clear() {
    Object.assign(filter, none())
    return load()
  }
  return { rows, next, trouble, filter, isFiltered, load, more, clear }
}

export type CaseListStore = ReturnType<typeof useCaseList>
