import { computed, ref, shallowRef, watch } from 'vue'
import { Refusal } from '@/shared/client/ask'
import { momentIn } from '@/shared/zones'
import { useDesk } from '../desk'
import { done as actDone, draftOf, keyFor } from './draft'
import { factsOf } from './form/facts'
import type { CaseAction, CaseDetail, Stop } from './types'
import { lookAgain, useCases } from './useCases'

/**
 * The open case. When it changes under a person who is filling something in, what was done meanwhile is laid before
 * him, and what he typed stays.
 */
export function useCase(id: () => string) {
  const desk = useDesk()
  const { client } = useCases()
  const detail = shallowRef<CaseDetail>()
  const seen = shallowRef<CaseDetail>()
  const trouble = ref('')
  const refused = ref('')
  const stops = shallowRef<Stop[]>([])
  const busy = ref(false)
  const said = ref('')

  async function load() {
    const wanted = id()
    try {
      take(await client.detail(wanted))
      trouble.value = ''
    } catch (error) {
      if (wanted === id()) trouble.value = desk.trouble(error)
    }
  }
  function take(got: CaseDetail) {
    if (got.id !== id()) return
    const before = detail.value
    if (before && before.version < got.version && draftOf(got.id)?.action) seen.value ??= before
    detail.value = got
  }
  watch(id, () => {
    detail.value = seen.value = undefined
    clear()
    void load()
  }, { immediate: true })
  lookAgain(() => busy.value || void load())

  function clear() {
    trouble.value = refused.value = said.value = ''
    stops.value = []
  }

  async function act(action: CaseAction): Promise<boolean> {
    const now = detail.value
    const draft = now && draftOf(now.id)
    if (!now || !draft) return false
    busy.value = true
    clear()
    const { facts } = factsOf(action, draft.typed[action.action] ?? {}, desk.town.timezone)
    const at = draft.at ? { at: momentIn(desk.town.timezone, draft.at) } : {}
    const body = { action: action.action, version: now.version, ...at, facts }
    try {
      const got = await client.act(now.id, body, keyFor(draft, body))
      actDone(now.id)
      seen.value = undefined
      if (got.id === id()) detail.value = got
      said.value = action.name
      return true
    } catch (error) {
      await refuse(error)
      return false
    } finally {
      busy.value = false
    }
  }
  async function refuse(error: unknown) {
    if (error instanceof Refusal && error.code === 'stale') {
      seen.value ??= detail.value
      return load()
    }
    stops.value = error instanceof Refusal ? ((error.facts['stops'] as Stop[] | undefined) ?? []) : []
    refused.value = desk.trouble(error)
  }

  /** What others did since it was last looked at. */
  const news = computed(() => (seen.value && detail.value ? detail.value.acts.filter(({ sequence }) => sequence > (seen.value as CaseDetail).version) : []))
  const isChanged = computed(() => Boolean(seen.value))
  const acknowledge = () => (seen.value = undefined)
  return { detail, trouble, refused, stops, busy, said, load, act, news, isChanged, acknowledge, clear }
}

export type OpenCase = ReturnType<typeof useCase>
