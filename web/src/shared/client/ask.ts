// One door to the service: every page asks through here and gets an answer, a Refusal or an Unreachable.

/** The service said no, and its sentence says what to do next. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    detail: string,
    /** The whole problem: what else the service said about it. */
    readonly facts: Record<string, unknown> = {},
  ) {
    super(detail)
  }
}

/** No answer came: nobody knows whether the request arrived. */
export class Unreachable extends Error {}

export interface Asking {
  method?: 'GET' | 'POST' | 'DELETE'
  body?: object
  /** Sent instead of a body. */
  form?: FormData
  /** The whole Authorization header, `Bearer …` or `Receipt …`. */
  authorization?: string
  /** The same key on every attempt makes a repeated POST harmless. */
  key?: string
  timeout?: number
}

const PATIENCE = 20_000

export async function ask<Answer>(path: string, asking: Asking = {}): Promise<Answer> {
  const response = await send(path, asking)
  if (response.ok) return (response.status === 204 ? undefined : await whole(response)) as Answer
  throw await refusal(response.status, await response.text().catch(() => ''))
}

/** A file with its fields, as a form sends them. */
export async function askFile<Answer>(path: string, fields: Record<string, string | File>, asking: Asking): Promise<Answer> {
  const form = new FormData()
  Object.entries(fields).forEach(([name, value]) => form.append(name, value))
  return ask<Answer>(path, { ...asking, method: 'POST', form })
}

/** A picture, or another file, that only the holder of a credential may have. */
export async function askPicture(path: string, authorization: string, timeout = PATIENCE): Promise<Blob> {
  const response = await send(path, { authorization, timeout })
  if (response.ok) return response.blob()
  throw await refusal(response.status, await response.text().catch(() => ''))
}

/** What a refused request said. Anything but problem+json comes from something in between, not from the service. */
export function refusal(status: number, body: string): Refusal | Unreachable {
  try {
    const problem = JSON.parse(body) as { code?: string; detail?: string; title?: string }
    const said = problem.detail || problem.title
    if (problem.code) return new Refusal(problem.code, status, said || problem.code, problem)
  } catch {
    // Not JSON: a proxy's error page.
  }
  return new Unreachable(String(status))
}

export function headers({ body, authorization, key }: Asking): Record<string, string> {
  return {
    Accept: 'application/json',
    ...(body && { 'Content-Type': 'application/json' }),
    ...(authorization && { Authorization: authorization }),
    ...(key && { 'Idempotency-Key': key }),
  }
}

/** Randomness that also works on a plain http address inside the town's network, where randomUUID is missing. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function send(path: string, asking: Asking): Promise<Response> {
  const stop = new AbortController()
  // A weak network hangs instead of failing.
  const timer = setTimeout(() => stop.abort(), asking.timeout ?? PATIENCE)
  try {
    return await fetch(path, {
      method: asking.method ?? 'GET',
      headers: headers(asking),
      body: asking.form ?? (asking.body ? JSON.stringify(asking.body) : null),
      signal: stop.signal,
      cache: 'no-store',
      credentials: 'omit',
    })
  } catch (error) {
    throw new Unreachable(String(error))
  } finally {
    clearTimeout(timer)
  }
}

async function whole(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch (error) {
    throw new Unreachable(String(error))
  }
}
