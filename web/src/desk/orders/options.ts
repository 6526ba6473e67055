// What a step's form may choose from: the lists of the service, and of the order itself.
import type { Named } from '@/shared/client/shapes'
import type { DeskOrderDetail, Fact, Options } from '../shapes'

/** Grounds differ by what is done. */
const GROUNDS_OF: Partial<Record<string, 'suspension_grounds' | 'extension_grounds'>> = {
  suspend: 'suspension_grounds',
  ask_extension: 'extension_grounds',
}

export function choicesFor(options: Options | undefined, action: string): Partial<Record<Fact, Named[]>> {
  return {
    outcome: options?.outcomes ?? [],
    partner: options?.partners ?? [],
    ground: options?.[GROUNDS_OF[action] ?? 'grounds'] ?? [],
    power: options?.powers ?? [],
    severity: options?.severities ?? [],
  }
}

/** What somebody waits for stands first, what can be done at any time last. */
const FIRST = ['resume', 'grant_extension', 'deny_extension']
const LAST = ['suspend', 'grade']

export function inOrder<Step extends { action: string }>(steps: Step[]): Step[] {
  const rank = ({ action }: Step) => (FIRST.includes(action) ? 0 : LAST.includes(action) ? 2 : 1)
  return [...steps].sort((one, other) => rank(one) - rank(other))
}

/** Clocks of the work itself may be given more time. */
const EXTENDABLE = ['handle', 'settle']

export const extendable = ({ clocks }: Pick<DeskOrderDetail, 'clocks'>): Named[] =>
  clocks.filter(({ kind, state }) => EXTENDABLE.includes(kind) && state === 'running').map(({ kind, name }) => ({ code: kind, name }))
