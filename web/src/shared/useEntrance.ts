// How a page that asks who somebody is begins: the town, the session kept in this tab, and the way in and out.
import { computed, onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import type { Refusal } from '@/shared/client/ask'
import { signOut } from '@/shared/client/orders'
import type { Session, Town } from '@/shared/client/shapes'
import { askTown } from '@/shared/client/town'
import { saySession } from '@/shared/labels/session'
import { sessionOf, type Kept } from '@/shared/session'
import { sentence } from '@/shared/trouble'

const AGAIN = 5000

interface Said {
  title(town: string): string
  titleUntold: string
}

/** `shows` says whose sign-ins the demo offers on this page, by role. */
export function useEntrance(page: string, said: Said, shows: (role: string) => boolean) {
  const { keep, kept, forget } = sessionOf(page)
  const town = shallowRef<Town>()
  const session = shallowRef<Kept | undefined>(kept())
  const why = ref('')
  const trouble = ref('')
  const title = computed(() => (town.value ? said.title(town.value.name) : said.titleUntold))
  const demo = computed(() => (town.value?.demo ? town.value.demo_logins.filter(({ role }) => shows(role)) : []))

  /** Nobody stands by a wall to press a button: the page asks until the service answers. */
  let again: ReturnType<typeof setTimeout> | undefined
  async function load() {
    try {
      town.value = await askTown()
      document.title = title.value
      trouble.value = ''
    } catch (error) {
      trouble.value = sentence(error)
      again = setTimeout(load, AGAIN)
    }
  }
  onMounted(load)
  onBeforeUnmount(() => clearTimeout(again))

  function enter(got: Session) {
    why.value = ''
    session.value = keep(got)
  }

  function out(reason: string) {
    why.value = reason
    forget()
    session.value = undefined
  }

  const refused = ({ status, message }: Refusal) => out(status === 401 ? saySession.expired : message)

  async function leave() {
    const token = session.value?.token
    out('')
    if (token) await signOut(token).catch(() => undefined)
  }

  return { town, session, why, trouble, title, demo, enter, refused, leave }
}
