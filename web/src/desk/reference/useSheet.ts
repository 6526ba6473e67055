import { ref, shallowRef } from 'vue'
import { Refusal } from '@/shared/client/ask'
import { useDesk } from '../desk'
import type { Complaint, NewAccount, Preview, SheetKind } from '../referenceShapes'

/** One sheet on its way in: chosen, looked through, and only then imported. */
export function useSheet(kind: () => SheetKind, imported: () => void) {
  const desk = useDesk()
  const file = shallowRef<File>()
  const preview = shallowRef<Preview>()
  const name = ref('')
  const trouble = ref('')
  const busy = ref<'checking' | 'importing' | ''>('')
  const done = ref(false)
  const accounts = shallowRef<NewAccount[]>([])

  async function choose(chosen: File) {
    file.value = chosen
    name.value = chosen.name.replace(/\.[^.]+$/, '')
    done.value = false
    accounts.value = []
    await check()
  }
  async function check() {
    const sent = file.value
    if (!sent) return
    preview.value = undefined
    await work('checking', async () => (preview.value = await desk.client.preview(kind(), sent)))
  }
  async function send() {
    const sent = file.value
    if (!sent) return
    await work('importing', async () => {
      const made = await desk.client.importSheet(kind(), sent, name.value.trim())
      accounts.value = 'accounts' in made ? made.accounts : []
      done.value = true
      file.value = preview.value = undefined
      imported()
    })
  }
  async function work(what: 'checking' | 'importing', asked: () => Promise<unknown>) {
    busy.value = what
    trouble.value = ''
    try {
      await asked()
    } catch (error) {
      if (preview.value && error instanceof Refusal && error.code === 'list_refused') {
        preview.value = { ...preview.value, refused: true, complaints: (error.facts['complaints'] ?? []) as Complaint[] }
      } else trouble.value = desk.trouble(error)
    } finally {
      busy.value = ''
    }
  }
  return { file, accounts, preview, name, trouble, busy, done, choose, check, send }
}
