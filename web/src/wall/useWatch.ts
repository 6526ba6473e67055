// What the panels look at: the orders now, how old they are, and the service's own time.
import { computed, onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import type { Refusal } from '@/shared/client/ask'
import type { SquadPosition } from '@/shared/client/shapes'
import { Board } from '@/shared/orders/board'
import { follow, type Line } from '@/shared/orders/follow'
import type { Watched } from '@/shared/orders/watched'

// Faster than an eye follows a list, slow enough for five thousand orders at five changes a second.
const AT_MOST_EVERY = 250

export type Freshness = 'fresh' | 'grey' | 'red'

const GREY = 15_000
const RED = 60_000

export function freshness(age: number): Freshness {
  if (age < GREY) return 'fresh'
  return age < RED ? 'grey' : 'red'
}

export function useWatch(token: string, onChange: (order: Watched) => void, onRefused: (refusal: Refusal) => void) {
  const board = new Board()
  const orders = shallowRef<Watched[]>([])
  const positions = shallowRef<SquadPosition[]>([])
  const line = ref<Line>('connecting')
  const pictures = ref(0)
  const heardAt = ref(0)
  const skew = ref(0)
  const ticking = ref(Date.now())

  const now = computed(() => ticking.value + skew.value)
  const age = computed(() => (heardAt.value ? ticking.value - heardAt.value : Infinity))
  const asOf = computed(() => heardAt.value + skew.value)

  let showing: ReturnType<typeof setTimeout> | undefined
  let shownAt = 0
  const show = () => {
    showing = undefined
    shownAt = Date.now()
    orders.value = board.all()
  }
  const showSoon = () => (showing ??= setTimeout(show, shownAt + AT_MOST_EVERY - Date.now()))

  function heard(at: string) {
    heardAt.value = ticking.value = Date.now()
    skew.value = Date.parse(at) - heardAt.value
  }

  let stop = () => {}
  let clock: ReturnType<typeof setInterval> | undefined
  onMounted(() => {
    clock = setInterval(() => (ticking.value = Date.now()), 1000)
    stop = follow(token, {
      picture(snapshot) {
        board.begin(snapshot)
        pictures.value += 1
        show()
      },
      change(change) {
        const changed = board.carry(change)
        if (!changed) return
        onChange(changed)
        showSoon()
      },
      positions: (told) => (positions.value = told.positions),
      heard,
      line: (now) => (line.value = now),
      refused: onRefused,
    })
  })
  onBeforeUnmount(() => {
    stop()
    clearInterval(clock)
    clearTimeout(showing)
  })
  return { orders, positions, line, pictures, now, age, asOf, order: (id: string) => board.get(id) }
}
