import { ref, shallowRef } from 'vue'
import { useDesk } from '../desk'
import type { People } from '../referenceShapes'

export function usePeople() {
  const desk = useDesk()
  const people = shallowRef<People>()
  const trouble = ref('')
  async function load() {
    try {
      people.value = await desk.client.people()
      trouble.value = ''
    } catch (error) {
      trouble.value = desk.trouble(error)
    }
  }
  void load()
  return { people, trouble, load }
}
