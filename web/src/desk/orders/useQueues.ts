import { computed, ref, shallowRef, watch } from 'vue'
import { useDesk } from '../desk'
import { keepsQueues } from '../posts'
import { STATE_OF, type QueueCounts, type QueueName } from '../shapes'

/** How many wait in each queue, asked again whenever anything changed. */
export function useQueues() {
  const desk = useDesk()
  const counts = shallowRef<QueueCounts>()
  const trouble = ref('')
  async function load() {
    if (!keepsQueues(desk.who.roles)) return
    try {
      counts.value = await desk.client.counts()
      trouble.value = ''
    } catch (error) {
      trouble.value = desk.trouble(error)
    }
  }
  watch(desk.live.beat, load, { immediate: true })
  /** How many wait in a queue; unknown for the one that holds everything. */
  const countOf = (queue: QueueName): number | undefined => {
    const state = STATE_OF[queue]
    if (state) return desk.live.open.value.filter((order) => order.state === state).length
    if (!counts.value || queue === 'all') return undefined
    return queue === 'pending' ? counts.value.pending.total : counts.value[queue as Exclude<keyof QueueCounts, 'pending'>]
  }
  const rows = computed(() => counts.value?.pending.by_row ?? {})
  return { countOf, rows, trouble }
}
