// The client of 督办, and how many notices one has not looked at, for every screen.
import { computed, inject, provide, ref, shallowRef, watch, type ComputedRef, type InjectionKey } from 'vue'
import type { Desk } from '../desk'
import { watchTabsOf } from '../posts'
import { watchClient, type WatchClient } from './client'
import type { Notice, Notices } from './shapes'

interface Watching {
  client: WatchClient
  notices: ComputedRef<Notice[] | undefined>
  /** How many one has not looked at. */
  unseen: ComputedRef<number>
  trouble: ComputedRef<string>
  load(): Promise<void>
  seen(notice: Notice): Promise<void>
}

const KEY: InjectionKey<Watching> = Symbol('watching')

export function provideWatching(desk: Desk): Watching {
  const client = watchClient(desk.who.token)
  const told = watchTabsOf(desk.who.roles).includes('notices')
  const answer = shallowRef<Notices>()
  const trouble = ref('')

  async function load() {
    if (!told) return
    try {
      answer.value = await client.notices(true)
      trouble.value = ''
    } catch (error) {
      trouble.value = desk.trouble(error)
    }
  }
  async function seen(notice: Notice) {
    try {
      await client.seen(notice.id)
      await load()
    } catch (error) {
      trouble.value = desk.trouble(error)
    }
  }
  watch(desk.live.beat, load, { immediate: true })
  const watching = {
    client,
    notices: computed(() => answer.value?.notices),
    unseen: computed(() => answer.value?.unseen ?? 0),
    trouble: computed(() => trouble.value),
    load,
    seen,
  }
  provide(KEY, watching)
  return watching
}

export function useWatching(): Watching {
  const watching = inject(KEY)
  if (!watching) throw new Error('useWatching stands outside the desk')
  return watching
}

