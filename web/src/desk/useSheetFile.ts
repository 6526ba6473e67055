// A file that only a signed-in person may have: fetched with his credential, then put on his disk.
import { ref } from 'vue'
import { useDesk } from './desk'

const A_WHILE = 60_000

export function useSheetFile() {
  const desk = useDesk()
  /** Which one is on its way. */
  const fetching = ref('')
  const trouble = ref('')

  async function save(what: string, name: string, asked: () => Promise<Blob>) {
    fetching.value = what
    trouble.value = ''
    try {
      const address = URL.createObjectURL(await asked())
      const link = document.createElement('a')
      Object.assign(link, { href: address, download: name })
      link.click()
      setTimeout(() => URL.revokeObjectURL(address), A_WHILE)
    } catch (error) {
      trouble.value = desk.trouble(error)
    } finally {
      fetching.value = ''
    }
  }
  return { fetching, trouble, save }
}
