// One place where a clock's card opens, whichever screen the clock stands on.
import { inject, provide, ref, type InjectionKey, type Ref } from 'vue'

interface Cards {
  /** The clock whose card lies open. */
  shown: Ref<string | undefined>
  open(clock: string): void
  close(): void
}

const KEY: InjectionKey<Cards> = Symbol('clock cards')

export function provideClockCards(): Cards {
  const shown = ref<string>()
  const cards = { shown, open: (clock: string) => (shown.value = clock), close: () => (shown.value = undefined) }
  provide(KEY, cards)
  return cards
}

export function useClockCards(): Cards {
  const cards = inject(KEY)
  if (!cards) throw new Error('useClockCards stands outside the desk')
  return cards
}
