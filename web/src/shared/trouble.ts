import { Refusal, Unreachable } from '@/shared/client/ask'
import { sayTrouble } from '@/shared/labels/common'

/** What went wrong as a sentence that says what to do next. */
export function sentence(error: unknown): string {
  if (error instanceof Refusal) return error.message
  return error instanceof Unreachable ? sayTrouble.unreachable : sayTrouble.unexpected
}
