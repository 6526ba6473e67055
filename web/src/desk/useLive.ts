// What moves while the desk is open: the orders in hand, the state of the line, and which order changed last.
import { computed, onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import type { Refusal } from '@/shared/client/ask'
import { Board } from '@/shared/orders/board'
import { follow, type Line } from '@/shared/orders/follow'
import type { Watched } from '@/shared/orders/watched'

// A burst of changes asks for the counts once.
const AT_MOST_EVERY = 1500
/** Who may not listen to the stream looks again so often. */
const OTHERWISE_EVERY = 20_000

export function useLive(token: string, watching: boolean, onRefused: (refusal: Refusal) => void) {
  const board = new Board()
  const open = shallowRef<Watched[]>([])
  const line = ref<Line>('connecting')
  /** Grows, with breath between, whenever anything changed. */
  const beat = ref(0)
  const changed = shallowRef<{ id: string; version: number }>()
  const ticking = ref(Date.now())
  const skew = ref(0)
  /** The service's own time when it was last heard of. */
  const heardAt = ref(0)
  const now = computed(() => ticking.value + skew.value)

  let waiting: ReturnType<typeof setTimeout> | undefined
  function show() {
    waiting = undefined
    open.value = board.all()
    beat.value += 1
  }
  const showSoon = () => (waiting ??= setTimeout(show, AT_MOST_EVERY))

  let stop = () => {}
  let clock: ReturnType<typeof setInterval> | undefined
  let again: ReturnType<typeof setInterval> | undefined
  onMounted(() => {
    clock = setInterval(() => (ticking.value = Date.now()), 1000)
    if (!watching) {
      again = setInterval(() => document.visibilityState === 'visible' && (beat.value += 1), OTHERWISE_EVERY)
      return
    }
    stop = follow(token, {
      picture(snapshot) {
        board.begin(snapshot)
        show()
      },
      change(change) {
        const order = board.carry(change)
        if (order) changed.value = { id: order.id, version: order.version }
        showSoon()
      },
      heard(at) {
        ticking.value = Date.now()
        skew.value = Date.parse(at) - ticking.value
        heardAt.value = Date.parse(at)
      },
      line: (state) => (line.value = state),
      refused: onRefused,
    })
  })
  onBeforeUnmount(() => {
    stop()
    clearInterval(clock)
    clearInterval(again)
    clearTimeout(waiting)
  })
  return { open, line, beat, changed, now, heardAt }
}

export type Live = ReturnType<typeof useLive>
