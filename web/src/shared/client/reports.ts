import { ask, askPicture } from './ask'
import type { NewReport, Rating, Receipt, Report } from './shapes'
import { sendForm } from './upload'

const holding = (receipt: string) => `Receipt ${receipt}`

export const sendReport = (report: NewReport, key: string) =>
  ask<Receipt>('/api/v1/reports', { method: 'POST', body: report, key })

export const askReport = (receipt: string) => ask<Report>('/api/v1/report', { authorization: holding(receipt) })

export const askPhoto = (receipt: string, id: string) => askPicture(`/api/v1/report/photos/${id}`, holding(receipt))

export const sendRating = (receipt: string, rating: Rating, key: string) =>
  ask<unknown>('/api/v1/report/rating', { method: 'POST', body: rating, key, authorization: holding(receipt) })

/** One photo; `onSent` hears the share from 0 to 1. Rejects with Refusal or Unreachable. */
export const sendPhoto = (receipt: string, photo: File, key: string, onSent: (share: number) => void): Promise<void> =>
  sendForm<void>('/api/v1/report/photos', { photo }, { authorization: holding(receipt), key }, onSent)
