import { computed, ref, shallowRef, watch } from 'vue'
import { Refusal, newKey } from '@/shared/client/ask'
import { useDesk } from '../desk'
import type { Allowed, Correction, DeskOrderDetail, LinkState } from '../shapes'
import { differences, newLines } from './changes'
import { bodyOf, drop, keyFor, wishOf } from './wish'

const OFTEN = 5000

/**
 * The open order. When it changes under a person who is filling something in, the change is laid before him
 * (`seen` is what he saw before) and what he typed stays.
 */
export function useOrder(id: () => string | undefined) {
  const desk = useDesk()
  const order = shallowRef<DeskOrderDetail>()
  const seen = shallowRef<DeskOrderDetail>()
  const trouble = ref('')
  const refused = ref('')
  const busy = ref(false)
  let loadedAt = 0

  async function load() {
    const wanted = id()
    if (!wanted) return
    loadedAt = Date.now()
    try {
      take(await desk.client.order(wanted))
      trouble.value = ''
    } catch (error) {
      if (wanted === id()) trouble.value = desk.trouble(error)
    }
  }
  function take(got: DeskOrderDetail) {
    if (got.id !== id()) return
    const before = order.value
    // An answer that was long on its way tells of a state that is over.
    if (before && got.version < before.version) return
    if (before?.id === got.id && before.version < got.version && wishOf(got.id)) seen.value ??= before
    order.value = got
  }
  function settled(got: DeskOrderDetail) {
    seen.value = undefined
    order.value = got
  }

  watch(id, () => {
    order.value = seen.value = undefined
    trouble.value = refused.value = ''
    void load()
  }, { immediate: true })
  watch(desk.live.changed, (change) => {
    const known = order.value
    if (known && change?.id === known.id && change.version > known.version && !busy.value) void load()
  })
  // A suggestion or a reply may change what is shown without raising the order's own version.
  watch(desk.live.beat, () => {
    if (!busy.value && !wishOf(id() ?? '') && Date.now() - loadedAt > OFTEN) void load()
  })

  /** Do something to the order; a stale version fetches what is there now and keeps what was typed. */
  async function attempt(work: () => Promise<DeskOrderDetail>): Promise<boolean> {
    busy.value = true
    refused.value = ''
    try {
      settled(await work())
      return true
    } catch (error) {
      if (error instanceof Refusal && error.code === 'stale') {
        seen.value ??= order.value
        await load()
      } else refused.value = desk.trouble(error)
      return false
    } finally {
      busy.value = false
    }
  }

  async function act(allowed: Allowed): Promise<boolean> {
    const now = order.value
    const wish = now && wishOf(now.id)
    if (!now || !wish) return false
    const body = bodyOf(allowed, wish, now.version)
    const done = await attempt(() => desk.client.step(now.id, body, keyFor(wish, body)))
    if (done) drop(now.id)
    return done
  }
  const correct = (wish: Omit<Correction, 'version'>) => {
    const now = order.value as DeskOrderDetail
    return attempt(() => desk.client.correct(now.id, { ...wish, version: now.version }, newKey()))
  }
  const settleLink = (link: string, state: LinkState) => {
    const now = order.value as DeskOrderDetail
    return attempt(() => desk.client.settleLink(now.id, link, state))
  }

  const changes = computed(() => (seen.value && order.value ? differences(seen.value, order.value) : []))
  const lines = computed(() => (seen.value && order.value ? newLines(seen.value, order.value) : []))
  const isChanged = computed(() => Boolean(seen.value))
  const acknowledge = () => (seen.value = undefined)
  return { order, trouble, refused, busy, load, act, correct, settleLink, changes, lines, isChanged, acknowledge }
}

export type OpenOrder = ReturnType<typeof useOrder>
