// A file on its way to the service, heard of while it goes.
import { Unreachable, headers, refusal, type Asking } from './ask'

// No timeout on the whole: a file over a village network takes long, but it must move.
const STANDSTILL = 30_000

/**
 * One form with a file. XMLHttpRequest, because fetch does not tell how much has gone out.
 * Rejects with Refusal or Unreachable; `onSent` hears the share from 0 to 1.
 */
export function sendForm<Answer>(path: string, fields: Record<string, string | File>, asking: Asking, onSent: (share: number) => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    let moving = setTimeout(() => request.abort(), STANDSTILL)
    request.open('POST', path)
    Object.entries(headers(asking)).forEach(([name, value]) => request.setRequestHeader(name, value))
    request.upload.onprogress = ({ loaded, total }) => {
      clearTimeout(moving)
      moving = setTimeout(() => request.abort(), STANDSTILL)
      onSent(total ? loaded / total : 0)
    }
    request.onload = () => settle(request, resolve, reject)
    request.onerror = request.onabort = () => reject(new Unreachable('form'))
    request.onloadend = () => clearTimeout(moving)
    request.send(form(fields))
  })
}

function settle<Answer>({ status, responseText }: XMLHttpRequest, resolve: (answer: Answer) => void, reject: (error: Error) => void): void {
  if (status < 200 || status >= 300) return reject(refusal(status, responseText))
  try {
    resolve(JSON.parse(responseText || 'null') as Answer)
  } catch {
    reject(new Unreachable('form'))
  }
}

function form(fields: Record<string, string | File>): FormData {
  const filled = new FormData()
  Object.entries(fields).forEach(([name, value]) => (value instanceof File ? filled.append(name, value, value.name) : filled.append(name, value)))
  return filled
}
