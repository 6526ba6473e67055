// 督办预警 on the wall: how many alarms stand, by level, and the newest red ones. No word that somebody wrote.
import { onBeforeUnmount, onMounted, shallowRef } from 'vue'
import { ask } from '@/shared/client/ask'

export interface RedAlarm {
  id: string
  subject: { kind: string; id: string; code: string; title: string }
  clock_name: string
  due_at: string
  squad: { name: string } | null
}

export interface Standing {
  alarms: RedAlarm[]
  standing: Partial<Record<'remind' | 'urge' | 'yellow' | 'red' | 'supervise' | 'account', number>>
}

const EVERY = 20_000
const SHOWN = 3

/** When the service is away the last answer stays; the panels beside it say how old everything is. */
export function useStanding(token: string) {
  const standing = shallowRef<Standing>()
  async function look() {
    try {
      standing.value = await ask<Standing>(`/api/v1/alarms?open=true&level=red&limit=${SHOWN}`, { authorization: `Bearer ${token}` })
    } catch {
      // The line's own state says that the service is away.
    }
  }
  let timer: ReturnType<typeof setInterval> | undefined
  onMounted(() => {
    void look()
    timer = setInterval(look, EVERY)
  })
  onBeforeUnmount(() => clearInterval(timer))
  return standing
}
