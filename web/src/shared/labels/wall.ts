// What the wall says.
export const say = {
  title: (town: string) => `${town}网格执法`,
  titleUntold: '网格执法大屏',
  signOut: '退出',
  asOf: (time: string, age: string) => `数据截至 ${time} · ${age}前`,
  noData: '还没有数据',
  stale: (time: string, age: string) => `已过时 · 截至 ${time} · ${age}前`,
}

export const sayLine = {
  connecting: '正在连接',
  live: '实时',
  polling: '每 10 秒取一次',
  lost: '连接中断，正在自动重连',
}

export const saySignIn = {
  head: '登录大屏',
  login: '账号',
  password: '密码',
  enter: '登录',
  entering: '正在登录…',
  demo: '演示进入',
  demoWhat: '演示镇，数据都是虚构的',
  expired: '登录已到期，请重新登录。',
}

export const sayCounts = {
  head: '工单',
  accepted: (count: number) => `其中已签收 ${count}`,
  today: '今天',
  open: '办理中',
  inHand: (count: number) => `办理中 ${count} 件`,
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
}

export const sayClocks = {
  head: '时限',
  late: (count: number) => `超时 ${count}`,
  near: (count: number) => `快到 ${count}`,
  none: '没有超时或快到时限的工单',
  nextOne: (what: string, left: string) => `最近的一个：${what}，${left}`,
  clock: (name: string) => `${name}时限`,
  before: (moment: string) => `${moment} 前`,
  more: (count: number) => `还有 ${count} 件`,
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
  received: '收到',
  outcome: '结果',
  noSquad: '还没有派给中队',
  noGrid: '不在任何网格里',
  reasons: '为什么这样派',
  timeline: '经过',
  retry: '再取一次',
}

export const sayUnknownArea = '未分片区'
