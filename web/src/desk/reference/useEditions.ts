import { ref, shallowRef, watch } from 'vue'
import { useDesk } from '../desk'
import type { Edition, ListKind } from '../referenceShapes'

/** The editions of one list, newest first, and what may be done to them. */
export function useEditions(list: () => ListKind) {
  const desk = useDesk()
  const editions = shallowRef<Edition[]>()
  const trouble = ref('')
  const busy = ref(false)

  async function load() {
    const wanted = list()
    try {
      const found = await desk.client.editions(wanted)
      if (wanted === list()) editions.value = found.editions
      trouble.value = ''
    } catch (error) {
      trouble.value = desk.trouble(error)
    }
  }
  async function change(work: () => Promise<unknown>): Promise<boolean> {
    busy.value = true
    trouble.value = ''
    try {
      await work()
      await Promise.all([load(), desk.renew()])
      return true
    } catch (error) {
      trouble.value = desk.trouble(error)
      return false
    } finally {
      busy.value = false
    }
  }
  watch(list, () => {
    editions.value = undefined
    void load()
  }, { immediate: true })
  const activate = (id: string, day: string) => change(() => desk.client.activate(list(), id, day))
  const confirm = (id: string, by: string) => change(() => desk.client.confirm(id, by))
  return { editions, trouble, busy, load, activate, confirm }
}
