import { computed, ref, shallowRef, watch } from 'vue'
import { useDesk } from '../desk'
import type { DeskOrder, QueueName } from '../shapes'
import { byUrgency } from './urgency'

/** One page of a queue, renewed in place; `asked` gives the queue and, within it, the row of the routing table. */
export function useOrderList(asked: () => { queue: QueueName; row?: string | undefined }) {
  const desk = useDesk()
  const orders = shallowRef<DeskOrder[]>()
  const trouble = ref('')
  const next = ref<string | null>(null)
  /** The cursors that led here; the first page has none. */
  const cursors = ref<string[]>([])

  let latest = 0
  async function load() {
    const mine = (latest += 1)
    try {
      const page = await desk.client.queue({ ...asked(), before: cursors.value[cursors.value.length - 1] })
      if (mine !== latest) return
      orders.value = byUrgency(page.orders)
      next.value = page.next
      trouble.value = ''
    } catch (error) {
      if (mine === latest) trouble.value = desk.trouble(error)
    }
  }
  function begin() {
    orders.value = undefined
    cursors.value = []
    return load()
  }
  function forward() {
    if (next.value) cursors.value = [...cursors.value, next.value]
    return load()
  }
  function back() {
    cursors.value = cursors.value.slice(0, -1)
    return load()
  }
  watch(() => Object.values(asked()).join(), begin, { immediate: true })
  watch(desk.live.beat, load)
  return { orders, trouble, load, forward, back, page: computed(() => cursors.value.length + 1), hasNext: computed(() => Boolean(next.value)) }
}
