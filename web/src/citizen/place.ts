import type { SentPlace } from '@/shared/client/shapes'

/** 地点 as the person chose it: where the phone says it is, or where the pin was put. */
export interface Place {
  lon: number
  lat: number
  /** Metres; only known when the phone located itself. */
  accuracy?: number
}

/** A circle wider than this may reach into another squad's area; the person is asked to move the pin. */
export const COARSE = 100

export const sent = ({ lon, lat, accuracy }: Place): SentPlace => ({
  lon,
  lat,
  crs: 'wgs84',
  ...(accuracy !== undefined && { accuracy_m: Math.min(accuracy, 100_000) }),
})

/** Ask the phone where it is. Rejects with `denied` or `failed`. */
export function locate(): Promise<Place> {
  return new Promise((resolve, reject) => {
    if (!('geolocation' in navigator)) return reject(new Error('failed'))
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lon: coords.longitude, lat: coords.latitude, accuracy: coords.accuracy }),
      (error) => reject(new Error(error.code === error.PERMISSION_DENIED ? 'denied' : 'failed')),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 },
    )
  })
}
