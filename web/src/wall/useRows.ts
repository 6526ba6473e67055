// How many whole rows a list has room for: nobody scrolls a wall, and half a row says nothing.
import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'
import { rem } from '@/shared/map/base'

const NARROW = '(max-width: 1000px)'
/** On a phone the page scrolls, not the list. */
const ON_A_PHONE = 6

/** `below`: what stands under the rows when there are more. Both in rem. */
export function useRows(holder: Readonly<Ref<HTMLElement | null>>, tall: number, below = 0) {
  const rows = ref(1)
  const rowsAbove = ref(1)
  const narrow = ref(matchMedia(NARROW).matches)
  let sizes: ResizeObserver | undefined

  function measure() {
    narrow.value = matchMedia(NARROW).matches
    const height = holder.value?.clientHeight ?? 0
    const fitting = (room: number) => (narrow.value ? ON_A_PHONE : Math.max(1, Math.floor(room / (tall * rem()))))
    rows.value = fitting(height)
    rowsAbove.value = fitting(height - below * rem())
  }
  onMounted(() => {
    sizes = new ResizeObserver(measure)
    if (holder.value) sizes.observe(holder.value)
    measure()
  })
  onBeforeUnmount(() => sizes?.disconnect())
  return { rows, rowsAbove, narrow }
}
