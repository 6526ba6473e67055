// 金额: whole fen everywhere, typed and read in yuan.
import { sayRange } from '@/shared/labels/cases'

const TYPED = /^\d{1,13}(\.\d{1,2})?$/

/** The fen of `8000`, `8,000.5` or `８０００`; undefined where it is no sum. */
export function fenOf(typed: string): number | undefined {
  const plain = typed.normalize('NFKC').replace(/[,\s¥]/g, '')
  if (!TYPED.test(plain)) return undefined
  const [yuan = '0', fen = ''] = plain.split('.')
  return Number(yuan) * 100 + Number(fen.padEnd(2, '0'))
}

/** `8000` or `8000.50`, as a person would type it. */
export function typedYuan(fen: number): string {
  return fen % 100 ? (fen / 100).toFixed(2) : String(fen / 100)
}

/** `8,000 元`. */
export function yuan(fen: number): string {
  const [whole = '0', rest] = typedYuan(fen).split('.')
  return sayRange.yuan(whole.replace(/\B(?=(\d{3})+$)/g, ',') + (rest ? `.${rest}` : ''))
}

/** `500 元以上 5,000 元以下`; empty where neither end is known. */
export function range(low: number | null, high: number | null): string {
  if (high === null) return low === null ? '' : sayRange.from(yuan(low))
  return low ? sayRange.between(yuan(low), yuan(high)) : sayRange.upTo(yuan(high))
}
