import { ref, shallowRef, watch } from 'vue'
import type { NewLeave, NewShift } from '../client'
import { useDesk } from '../desk'
import type { RosterDay } from '../referenceShapes'

/** The roster of one day, and adding to it. */
export function useRoster(day: () => string) {
  const desk = useDesk()
  const roster = shallowRef<RosterDay>()
  const trouble = ref('')
  const refused = ref('')
  const busy = ref(false)

  async function load() {
    const wanted = day()
    try {
      const found = await desk.client.roster(wanted)
      if (wanted === day()) roster.value = found
      trouble.value = ''
    } catch (error) {
      trouble.value = desk.trouble(error)
    }
  }
  async function change(work: () => Promise<unknown>): Promise<boolean> {
    busy.value = true
    refused.value = ''
    try {
      await work()
      await load()
      return true
    } catch (error) {
      refused.value = desk.trouble(error)
      return false
    } finally {
      busy.value = false
    }
  }
  watch(day, load, { immediate: true })
  const addShift = (shift: NewShift) => change(() => desk.client.addShift(shift))
  const addLeave = (leave: NewLeave) => change(() => desk.client.addLeave(leave))
  const endShift = (id: string) => change(() => desk.client.endShift(id))
  const endLeave = (id: string) => change(() => desk.client.endLeave(id))
  return { roster, trouble, refused, busy, load, addShift, addLeave, endShift, endLeave }
}

export type RosterStore = ReturnType<typeof useRoster>
