// What the wall says.
export const say = {
  title: (town: string) => `${town}网格执法`,
  titleUntold: '网格执法大屏',
  signOut: '退出',
  asOf: (time: string, age: string) => `数据截至 ${time} · ${age}前`,
  brief: (age: string) => `${age}前`,
  noData: '还没有数据',
  stale: (time: string, age: string) => `已过时 · 截至 ${time} · ${age}前`,
}

export const sayLine = {
  connecting: '正在连接',
  live: '实时',
  polling: '每 10 秒取一次',
  lost: '连接中断，正在自动重连',
}

export const saySignIn = { head: '登录大屏' }

export const sayCounts = {
  head: '工单',
  accepted: (count: number) => `签收 ${count}`,
  today: '今天',
  open: '办理中',
  inHand: (count: number) => `办理中 ${count} 件`,
  hands: '在谁手里',
  lanes: { squad: '中队', grid: '网格员', unit: '责任单位' },
}

export const sayAlarms = {
  head: '告警',
  count: (count: number) => `${count} 件要马上处理`,
  desk: '等指挥中心处理',
  squad: '没有人值班',
  received: (moment: string) => `${moment} 收到`,
  more: (count: number) => `还有 ${count} 件`,
  fewer: '收起',
}

export const saySupervised = {
  head: '督办预警',
  levels: { red: '红色预警', supervise: '督办单', account: '问责' },
}

export const saySquads = {
  age: (minutes: number) => `${minutes} 分`,
  title: (squad: string, device: string, minutes: number) =>
    `${squad} ${device}，${minutes ? `${minutes} 分前` : '刚刚'}在这里`,
  out: (count: number) => `${count} 台平板半小时内报过位置`,
}

export const sayLegend = {
  load: '未办结',
  area: '颜色分片区',
  range: (from: number, to: number) => (to === Infinity ? `${from} 以上` : from === to ? `${from}` : `${from}–${to}`),
  none: '0',
  ring: '半小时内到时限',
  squads: '队伍，只留最后位置，不记轨迹',
}

export const sayMap = {
  head: '网格与工单',
  whole: '看全镇',
  closer: '放大',
  farther: '缩小',
  noGrids: '还没有启用的网格',
  noGridsNext: '请管理员导入一版网格并启用；工单仍照常显示。',
  gridsFailed: '网格图没有取到，正在重取',
  areas: '片区与中队',
  open: '办理中',
  late: '超时',
  noSquad: '还没有中队',
  placeless: '不在任何网格里',
  shading: '网格颜色',
  byLoad: '按负荷',
  byArea: '按片区',
}

export const sayClocks = {
  head: '时限',
  late: (count: number) => `超时 ${count}`,
  near: (count: number) => `快到 ${count}`,
  none: '没有超时或快到时限的工单',
  nextOne: (what: string, left: string) => `最近的一个：${what}，${left}`,
  clock: (name: string) => `${name}时限`,
  before: (moment: string) => `${moment} 前`,
  more: (count: number) => `还有 ${count} 件，点开看`,
  fewer: '收起',
}

export const sayChanges = {
  head: '最新变化',
  none: '今天还没有工单',
}

export const sayCard = {
  close: '关上',
  loading: '正在取…',
  place: '地点',
  squad: '中队',
  lane: '在谁手里',
  partner: '单位',
  lanes: { desk: '指挥中心', squad: '中队', grid: '网格员', unit: '责任单位', transfer: '已移送' } as Record<string, string>,
  received: '收到',
  outcome: '结果',
  noSquad: '还没有派给中队',
  noGrid: '不在任何网格里',
  reasons: '为什么这样派',
  timeline: '经过',
  retry: '再取一次',
}

export const sayUnknownArea = '未分片区'

/** What begins the number at the end of a grid's name. */
export const NUMBERED = '第'
