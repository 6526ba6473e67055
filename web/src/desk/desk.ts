// What every part of the desk needs at hand: who asks, of which town, at what time.
import { computed, inject, provide, shallowRef, type ComputedRef, type InjectionKey, type Ref, type ShallowRef } from 'vue'
import { Refusal } from '@/shared/client/ask'
import type { Town } from '@/shared/client/shapes'
import { askGrids } from '@/shared/client/town'
import type { Grids } from '@/shared/map/grids'
import type { Kept } from '@/shared/session'
import { townTime, type TownTime } from '@/shared/time'
import { sentence } from '@/shared/trouble'
import { deskClient, type DeskClient } from './client'
import { choosesFacts, watches } from './posts'
import type { Kind, Options } from './shapes'
import { useLive, type Live } from './useLive'

export interface Desk {
  town: Town
  time: TownTime
  who: Kept
  client: DeskClient
  live: Live
  options: ShallowRef<Options | undefined>
  kinds: ComputedRef<Map<string, Kind>>
  grids: ShallowRef<Grids | undefined>
  /** Names of the grids by code. */
  gridNames: ComputedRef<Map<string, string>>
  /** The sentence for an error; a session that has ended leads to the door. */
  trouble(error: unknown): string
  /** Ask again for lists that somebody has just changed. */
  renew(): Promise<void>
}

const KEY: InjectionKey<Desk> = Symbol('desk')
const AGAIN = 5000

export function provideDesk(town: Town, who: Kept, onRefused: (refusal: Refusal) => void): Desk {
  const client = deskClient(who.token)
  const live = useLive(who.token, watches(who.roles), onRefused)
  const options = shallowRef<Options>()
  const grids = shallowRef<Grids>()
  const kinds = computed(() => new Map((options.value?.categories ?? []).map((kind) => [kind.code, kind])))

  const gridNames = computed(() => new Map((grids.value?.features ?? []).map(({ properties }) => [properties.code, properties.name])))

  async function renew(): Promise<void> {
    await Promise.all([choosesFacts(who.roles) && load(options, client.options), load(grids, askGrids)])
  }
  async function load<Answer>(into: Ref<Answer | undefined>, asked: () => Promise<Answer>): Promise<void> {
    try {
      into.value = await asked()
    } catch (error) {
      if (error instanceof Refusal) return
      setTimeout(() => load(into, asked), AGAIN)
    }
  }
  void renew()

  function trouble(error: unknown): string {
    if (error instanceof Refusal && error.status === 401) onRefused(error)
    return said(error)
  }
  const desk: Desk = { town, time: townTime(town.timezone), who, client, live, options, kinds, grids, gridNames, trouble, renew }
  provide(KEY, desk)
  return desk
}

export function useDesk(): Desk {
  const desk = inject(KEY)
  if (!desk) throw new Error('useDesk stands outside the desk')
  return desk
}

/** A refusal of single fields says which; the general sentence alone would leave a person searching. */
function said(error: unknown): string {
  const errors = error instanceof Refusal ? error.facts['errors'] : undefined
  const each = Object.values((errors ?? {}) as Record<string, string[]>).flat()
  return [sentence(error), ...new Set(each)].join(' ')
}
