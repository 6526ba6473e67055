import { ask } from './ask'
import type { OrderDetail, Positions, Session, Snapshot } from './shapes'

const bearing = (token: string) => `Bearer ${token}`

export const askOrders = (token: string) =>
  ask<Snapshot>('/api/v1/map/orders', { authorization: bearing(token), timeout: 30_000 })

export const askPositions = (token: string) => ask<Positions>('/api/v1/map/positions', { authorization: bearing(token) })

export const askOrder = (token: string, id: string) =>
  ask<OrderDetail>(`/api/v1/orders/${id}`, { authorization: bearing(token) })

export const signIn = (login: string, password: string) =>
  ask<Session>('/api/v1/sessions', { method: 'POST', body: { login, password } })

export const signOut = (token: string) =>
  ask<void>('/api/v1/sessions/current', { method: 'DELETE', authorization: bearing(token) })
