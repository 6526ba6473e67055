export const sayTime = {
  left: (length: string) => `还剩 ${length}`,
  over: (length: string) => `已超 ${length}`,
  underMinute: '不到 1 分',
  seconds: (seconds: number) => `${seconds} 秒`,
  minutesSeconds: (minutes: number, seconds: number) => `${minutes} 分 ${seconds} 秒`,
  daysHours: (days: number, hours: number) => (hours ? `${days} 天 ${hours} 小时` : `${days} 天`),
  hoursMinutes(hours: number, minutes: number) {
    if (!hours) return `${minutes} 分`
    return minutes ? `${hours} 小时 ${minutes} 分` : `${hours} 小时`
  },
  today: '今天',
  day: (month: string, day: string) => `${month}月${day}日`,
  dayWeekday: (day: string, weekday: string) => `${day}（${weekday}）`,
}
