// Files that only a signed-in person may have: fetched with his credential, then opened or put on his disk.
import { ref } from 'vue'
import { useDesk } from '../../desk'
import { readsFiles } from '../posts'
import { useCases } from '../useCases'

const A_WHILE = 60_000

export function useFiles(id: () => string) {
  const desk = useDesk()
  const { client } = useCases()
  /** The path that is on its way. */
  const fetching = ref('')
  const trouble = ref('')

  async function fetched(path: string, use: (address: string) => void, failed = () => {}) {
    fetching.value = path
    trouble.value = ''
    try {
      const address = URL.createObjectURL(await client.file(id(), path))
      use(address)
      setTimeout(() => URL.revokeObjectURL(address), A_WHILE)
    } catch (error) {
      failed()
      trouble.value = desk.trouble(error)
    } finally {
      fetching.value = ''
    }
  }

  /** In a tab of its own, which must be opened while the click is fresh. */
  function open(path: string, name: string) {
    const tab = window.open('', '_blank')
    if (!tab) return save(path, name)
    return fetched(path, (address) => tab.location.replace(address), () => tab.close())
  }
  function save(path: string, name: string) {
    return fetched(path, (address) => {
      const link = document.createElement('a')
      Object.assign(link, { href: address, download: name })
      link.click()
    })
  }
  return { fetching, trouble, open, save, allowed: readsFiles(desk.who.roles) }
}
