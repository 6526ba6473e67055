import { Unreachable, ask, askPicture, headers, refusal } from './ask'
import type { NewReport, Rating, Receipt, Report } from './shapes'

const holding = (receipt: string) => `Receipt ${receipt}`

export const sendReport = (report: NewReport, key: string) =>
  ask<Receipt>('/api/v1/reports', { method: 'POST', body: report, key })

export const askReport = (receipt: string) => ask<Report>('/api/v1/report', { authorization: holding(receipt) })

export const askPhoto = (receipt: string, id: string) => askPicture(`/api/v1/report/photos/${id}`, holding(receipt))

export const sendRating = (receipt: string, rating: Rating, key: string) =>
  ask<unknown>('/api/v1/report/rating', { method: 'POST', body: rating, key, authorization: holding(receipt) })

// No timeout on the whole: a photo over a village network takes long, but it must move.
const STANDSTILL = 30_000

/**
 * One photo. XMLHttpRequest, because fetch does not tell how much has gone out.
 * Rejects with Refusal or Unreachable; `onSent` hears the share from 0 to 1.
 */
export function sendPhoto(receipt: string, photo: File, key: string, onSent: (share: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    let moving = setTimeout(() => request.abort(), STANDSTILL)
    request.open('POST', '/api/v1/report/photos')
    Object.entries(headers({ authorization: holding(receipt), key })).forEach(([name, value]) =>
      request.setRequestHeader(name, value),
    )
    request.upload.onprogress = ({ loaded, total }) => {
      clearTimeout(moving)
      moving = setTimeout(() => request.abort(), STANDSTILL)
      onSent(total ? loaded / total : 0)
    }
    request.onload = () =>
      request.status >= 200 && request.status < 300 ? resolve() : reject(refusal(request.status, request.responseText))
    request.onerror = request.onabort = () => reject(new Unreachable('photo'))
    request.onloadend = () => clearTimeout(moving)
    const form = new FormData()
    form.append('photo', photo, photo.name)
    request.send(form)
  })
}
