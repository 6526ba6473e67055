// The token lives in the tab: it survives a reload and dies with the browser, where a shared machine would otherwise
// keep it.
import type { Session } from '@/shared/client/shapes'

export type Kept = Pick<Session, 'token' | 'expires_at'> & { name: string; roles: string[] }

/** Where one page keeps its session; each page has its own, because different people stand before them. */
export function sessionOf(page: string) {
  const stored = `wangge.${page}.session`
  return {
    keep({ token, expires_at, account }: Session): Kept {
      const kept = { token, expires_at, name: account.name, roles: account.roles }
      sessionStorage.setItem(stored, JSON.stringify(kept))
      return kept
    },
    kept(): Kept | undefined {
      try {
        return (JSON.parse(sessionStorage.getItem(stored) ?? 'null') as Kept | null) ?? undefined
      } catch {
        return undefined
      }
    },
    forget: () => sessionStorage.removeItem(stored),
  }
}
