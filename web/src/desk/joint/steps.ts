// What a step of a joint task asks for, and how it is sent.
import type { Named } from '@/shared/client/shapes'
import { sayJoint } from '@/shared/labels/watching'
import type { Options } from '../shapes'
import type { JointStep } from './shapes'

/** A refusal about the power list must name its line. */
const ABOUT_POWER = ['no_power', 'not_our_field']

export const requiredOf = ({ requires }: Pick<JointStep, 'requires'>, ground: string): string[] =>
  ABOUT_POWER.includes(ground) && !requires.includes('power') ? [...requires, 'power'] : requires

/** Squads and units in one list; which of the two it is stands before the code. */
export function bodyChoices(options: Options | undefined, but: string): Named[] {
  const named = (kind: 'squad' | 'partner') => ({ code, name }: Named) => ({ code: `${kind}:${code}`, name: `${name}（${sayJoint.bodyKinds[kind] ?? ''}）` })
  const other = ({ code }: Named) => code !== but
  return [...(options?.squads ?? []).filter(other).map(named('squad')), ...(options?.partners ?? []).filter(other).map(named('partner'))]
}

/** `body` was chosen as `squad:CZ`, and is sent as the squad or the partner that it is. */
export function bodyOf({ action }: Pick<JointStep, 'action'>, version: number, facts: Record<string, string>) {
  const { body, ...rest } = facts
  const [kind, code] = body?.split(/:(.*)/s) ?? []
  return { action, version, ...rest, ...(kind && code && { [kind]: code }) }
}
