// The token lives in the tab: it survives a reload of the wall and dies with the browser, where a shared machine
// would otherwise keep it.
import type { Session } from '@/shared/client/shapes'

const STORED = 'wangge.wall.session'

export type Kept = Pick<Session, 'token' | 'expires_at'> & { name: string }

export function keep({ token, expires_at, account }: Session): Kept {
  const kept = { token, expires_at, name: account.name }
  sessionStorage.setItem(STORED, JSON.stringify(kept))
  return kept
}

export function kept(): Kept | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(STORED) ?? 'null') as Kept | null) ?? undefined
  } catch {
    return undefined
  }
}

export const forget = () => sessionStorage.removeItem(STORED)
