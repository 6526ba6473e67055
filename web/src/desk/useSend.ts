// One wish on its way: busy while it goes, the sentence when it is refused, the same key while it says the same.
import { ref } from 'vue'
import { newKey } from '@/shared/client/ask'
import { useDesk } from './desk'

export function useSend() {
  const desk = useDesk()
  const busy = ref(false)
  const refused = ref('')
  let last = { body: '', key: '' }

  /** Done, or not: then `refused` says why. */
  async function send<Answer>(body: object, work: (key: string) => Promise<Answer>): Promise<Answer | undefined> {
    const said = JSON.stringify(body)
    if (last.body !== said) last = { body: said, key: newKey() }
    busy.value = true
    refused.value = ''
    try {
      return await work(last.key)
    } catch (error) {
      refused.value = desk.trouble(error)
      return undefined
    } finally {
      busy.value = false
    }
  }
  return { busy, refused, send, clear: () => (refused.value = '') }
}
