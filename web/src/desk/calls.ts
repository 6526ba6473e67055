// How the desk's clients ask: with the credential of one signed-in person, a key for every wish, and questions as pairs.
import { ask, askFile, askPicture, newKey } from '@/shared/client/ask'

const API = '/api/v1'
/** Whole months are put together while one waits. */
const FILE_PATIENCE = 120_000

export function callsOf(token: string) {
  const authorization = `Bearer ${token}`
  return {
    get: <Answer>(path: string) => ask<Answer>(API + path, { authorization }),
    post: <Answer>(path: string, body?: object, key = newKey()) =>
      ask<Answer>(API + path, { method: 'POST', authorization, key, ...(body && { body }) }),
    form: <Answer>(path: string, fields: Record<string, string | File>, timeout: number) =>
      askFile<Answer>(API + path, fields, { authorization, key: newKey(), timeout }),
    file: (path: string, timeout = FILE_PATIENCE) => askPicture(API + path, authorization, timeout),
  }
}

export type Calls = ReturnType<typeof callsOf>

export function query(wished: Record<string, string | number | boolean | undefined>): string {
  const given = Object.entries(wished).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '' && pair[1] !== false)
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
}
