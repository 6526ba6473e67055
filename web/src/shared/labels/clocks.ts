// What a clock's card says. Names of clocks, reasons and levels, and the sentence itself, come from the service.
/** 2 个工作日, but 30 分钟. */
export const sayAmount = (amount: number, unit: string): string => (/^(紧急)?工作[时日]$/.test(unit) ? `${amount} 个${unit}` : `${amount} ${unit}`)

export const sayClock = {
  title: (name: string) => `${name}时限`,
  untold: '时限',
  see: (name: string) => `看${name}时限怎么算`,
  used: (percent: number) => `已用 ${percent}%`,
  usedOf: (name: string) => `${name}时限已用的比例`,
  provisional: '节假日安排还没公布，暂按周末计算；公布后自动重算，并在轨迹里记一笔。',
  term: '时长',
  from: '起算',
  due: '到期',
  dueBefore: '暂停前定的到期',
  met: '完成',
  noticed: '发现超时',
  weekdays: ['一', '二', '三', '四', '五', '六', '日'],
  month: (year: number, month: number) => `${year}年${month}月`,
  day: (date: string, name: string) => `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日 ${name}`,
  kinds: { start: '起算日，不计', counted: '计入', off: '休息日，不计', swapped: '调休上班，计入', paused: '暂停，不计', last: '最后一天' } as Record<string, string>,
  mark(kind: string, number: number | null) {
    if (number !== null) return `第${number}`
    return ({ start: '起', off: '休', paused: '停', last: '止', swapped: '班' } as Record<string, string>)[kind] ?? ''
  },
  pauses: '暂停过',
  stretch: (since: string, until: string | null) => (until ? `${since} 至 ${until}` : `${since} 起，还在暂停`),
  extensions: '延长过',
  longer: (amount: number, unit: string) => `延长 ${sayAmount(amount, unit)}`,
  ladder: '到哪一步提醒谁',
  share: (percent: number) => `用到 ${percent}%`,
  rungs: { reached: '已提醒', passed: '已越过', ahead: '还没到' } as Record<string, string>,
  told: (person: string) => person,
  open: (kind: string, code: string) => `打开${kind} ${code}`,
  leftOut: (count: number) => `还有 ${count} 天没有画出来`,
  close: '关上',
  paused: '暂停中',
  extended: (amount: number) => `已延长 ${amount}`,
}
