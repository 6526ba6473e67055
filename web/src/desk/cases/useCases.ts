// The case screens' own client and tables, one for each time somebody sits down.
import { inject, onBeforeUnmount, onMounted, provide, shallowRef, type InjectionKey, type ShallowRef } from 'vue'
import { useDesk } from '../desk'
import { caseClient, type CaseClient } from './caseClient'
import { WORKERS } from './posts'
import type { CaseState, ProcedureStep } from './types'

interface Cases {
  client: CaseClient
  /** Where an act leads from a state; empty until the table has come. */
  target(from: CaseState, action: string): CaseState | undefined
}

const KEY: InjectionKey<Cases> = Symbol('cases')
const EVERY = 20_000

export function provideCases(): Cases {
  const { who } = useDesk()
  const client = caseClient(who.token)
  const steps: ShallowRef<ProcedureStep[]> = shallowRef([])
  onMounted(async () => {
    if (!who.roles.some((role) => WORKERS.includes(role))) return
    // Without the table the acts only stand in the order the service gave.
    steps.value = (await client.procedure().catch(() => undefined))?.steps ?? []
  })
  const target = (from: CaseState, action: string) => steps.value.find((step) => step.from === from && step.action === action)?.to
  const cases = { client, target }
  provide(KEY, cases)
  return cases
}

export function useCases(): Cases {
  const cases = inject(KEY)
  if (!cases) throw new Error('useCases stands outside the case screens')
  return cases
}

/** Look again from time to time, and whenever somebody comes back to the page. */
export function lookAgain(look: () => void): void {
  const again = () => document.visibilityState === 'visible' && look()
  let timer: ReturnType<typeof setInterval> | undefined
  onMounted(() => {
    timer = setInterval(again, EVERY)
    document.addEventListener('visibilitychange', again)
  })
  onBeforeUnmount(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', again)
  })
}
