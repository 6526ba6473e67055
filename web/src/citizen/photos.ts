// 照片: each is its own row with its own key, its own tick and its own retry.
import { computed, reactive, ref } from 'vue'
import { newKey } from '@/shared/client/ask'
import { sendPhoto } from '@/shared/client/reports'
import { sayPhotos } from '@/shared/labels/citizen'
import { sentence } from '@/shared/trouble'

export type Step = 'waiting' | 'sending' | 'sent' | 'stopped'

export interface Photo {
  key: string
  file: File
  /** A blob: address for the preview. */
  preview: string
  step: Step
  share: number
  trouble: string
}

const KINDS = ['image/jpeg', 'image/png']

export function usePhotos(most: () => number) {
  const photos = ref<Photo[]>([])
  const complaint = ref('')

  function add(files: Iterable<File>): void {
    complaint.value = ''
    for (const file of files) {
      if (!KINDS.includes(file.type)) complaint.value = sayPhotos.wrongKind(file.name)
      else if (photos.value.length >= most()) complaint.value = sayPhotos.tooMany(most())
      else photos.value.push(reactive({ ...fresh(), file, preview: URL.createObjectURL(file) }))
    }
  }

  function remove(photo: Photo): void {
    URL.revokeObjectURL(photo.preview)
    photos.value = photos.value.filter((other) => other.key !== photo.key)
  }

  /** Everything that has not arrived, one after the other: a weak network carries one photo better than six. */
  async function send(receipt: string): Promise<void> {
    if (photos.value.some(({ step }) => step === 'sending')) return
    for (const photo of photos.value) if (photo.step !== 'sent') await sendOne(receipt, photo)
  }

  const unsent = computed(() => photos.value.filter(({ step }) => step !== 'sent').length)
  return { photos, complaint, unsent, add, remove, send }
}

const fresh = () => ({ key: newKey(), step: 'waiting' as Step, share: 0, trouble: '' })

async function sendOne(receipt: string, photo: Photo): Promise<void> {
  Object.assign(photo, { step: 'sending', share: 0, trouble: '' })
  try {
    await sendPhoto(receipt, photo.file, photo.key, (share) => (photo.share = share))
    photo.step = 'sent'
  } catch (error) {
    Object.assign(photo, { step: 'stopped', trouble: sentence(error) })
  }
}
