// What the citizen's page says.
import type { Attitude, Solved } from '@/shared/client/shapes'

export const say = {
  title: (town: string) => `${town}随手报`,
  titleUntold: '随手报',
  back: '返回',
  check: '查进度',
  emergency: '着火、漏气、伤人，先打',
  emergencyNumbers: ['119', '110', '120'],
  call: (number: string) => `拨打 ${number}`,

  townFailed: '现在还发不出举报',
}

export const sayPhotos = {
  head: '拍照',
  optional: '没有照片也能报',
  count: (taken: number, most: number) => `${taken} 张，最多 ${most} 张`,
  take: '拍一张',
  again: '再拍一张',
  pick: '从相册选',
  choose: '选照片',
  remove: (number: number) => `去掉照片 ${number}`,
  alt: (number: number) => `照片 ${number}`,
  wrongKind: (name: string) => `「${name}」不是 JPEG 或 PNG 照片，没有加进来。`,
  tooMany: (most: number) => `最多 ${most} 张，多出的没有加进来。`,
}

export const sayPlace = {
  map: '地图。点一下放图钉，图钉可以拖动；用键盘时按回车把图钉放到地图中央。',
  locate: '用手机定位',
  locating: '正在定位…',
  enlarge: '放大地图',
  done: '就是这里',
  drag: '拖动图钉可改',
  none: '还没有地点',
  hint: '点「用手机定位」，或在地图上点一下',
  here: '已选定的位置',
  located: '手机定位的位置',
  accuracy: (metres: number) => (metres < 1000 ? `误差约 ${Math.round(metres)} 米` : `误差约 ${(metres / 1000).toFixed(1)} 公里`),
  coarse: '误差太大，请把图钉拖到准确的位置',
  grid: (area: string, code: string) => [area, `网格 ${code}`].filter(Boolean).join('　'),
  outside: (town: string) => `这里不在${town}的网格里。仍可发出，收到后由指挥中心确认该谁管。`,
  denied: '没有得到定位许可。请在地图上点出地点，不影响举报。',
  failed: '没有定到位。请在地图上点出地点，或到开阔处再试。',
  pin: '图钉：出事的地点',
  gridsFailed: '网格图没有取到，仍可在图上选点。',
}

export const sayMatter = {
  head: '什么问题',
  more: '更多类别',
  words: '说说情况',
  wordsHint: '哪家店、从什么时候开始、影响了什么。一句话也行',
  wordsLeft: (left: number) => (left >= 0 ? `还可写 ${left} 字` : `超出 ${-left} 字`),
}

export const sayReporter = {
  anonymous: '匿名举报',
  anonymousWhy: '不留手机号，凭查询码看结果',
  known: '留下联系方式',
  knownWhy: '加密保存，只在需要回访时由专人查看，查看必留痕',
  name: '称呼（选填）',
  phone: '手机号（选填）',
  phoneHint: '如 13800000000',
}

export const sayForm = {
  send: '发出举报',
  sending: '正在发出…',
  retry: '再试一次',
  noPlace: '请先选定地点：用手机定位，或在地图上点一下。',
  noMatter: '请选一个类别，或写一句是什么问题。',
  wordsTooLong: '情况写得太长，请删到 2000 字以内。',
  phoneWrong: '手机号看起来不对，请检查；不想留可以清空。',
  undelivered: '还没送达，没有查询码，不算已举报',
  undeliveredNext: '您填的内容都还在。网络好了点「再试一次」，不会重复举报。',
  kept: (code: string) => `刚才那件的查询码：${code}`,
  seeKept: '看进度',
}

export const sayReceipt = {
  received: '已收到',
  dispatched: '已收到，已派出',
  allSent: (photos: number) => (photos ? `文字和 ${photos} 张照片都已送达` : '文字和地点都已送达'),
  someLeft: (left: number) => `文字和地点已送达，还差 ${left} 张照片`,
  code: '查询码',
  codeWarning: '匿名举报只认这个码，丢了无法找回',
  copy: '复制',
  copied: '已复制',
  copyFailed: '复制不了，请抄下来',
  picture: '存成图片',
  pictureHint: '长按图片保存到手机',
  pictureAlt: '写有查询码的图片',
  promise: '最晚什么时候答复您',
  before: (moment: string) => `${moment} 前`,
  provisional: '这段时间的节假日安排还没有公布，公布后可能调整',
  next: '接下来',
  progress: '查看进度',
  another: '再报一件',
  number: (code: string) => `编号 ${code}`,
}

export const sayDelivery = {
  words: '文字和地点',
  photo: (number: number) => `照片 ${number}`,
  waiting: '等待',
  sending: (percent: number) => `${percent}%`,
  sent: '已送达',
  stopped: '没送到',
  retry: '重试',
  remove: '去掉',
  megabytes: (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`,
}

export const sayLookup = {
  title: '查进度',
  code: '查询码',
  hint: '回执上的 7 组字母和数字，横线可以不输',
  look: '查看进度',
  looking: '正在查…',
  short: (given: number) => `查询码共 28 位，现在是 ${given} 位，请对照回执。`,
  wrongLetters: '查询码里没有字母 U，请对照回执。',
  kept: '查询码只留在这个页面里，关掉就没有了。',
}

export const sayProgress = {
  title: '办理进度',
  asOf: (time: string) => `截至 ${time}`,
  refresh: '刷新',
  stale: '没能更新。下面是上次取到的情况。',
  mine: '我报的情况',
  answer: '答复',
  interim: '办理进展',
  timeline: '经过',
  late: '晚了也如实写',
  photos: '我拍的照片',
  rated: '您的评价',
  ratedThanks: '谢谢，评价已经记录。',
  noPhoto: '照片打不开',
}

export const sayRating = {
  solved: '问题解决了吗？',
  attitude: '对办理人员的态度',
  words: '还想说的（选填）',
  wordsUnsolved: '哪里没解决（选填）',
  send: '提交评价',
  sending: '正在提交…',
  noSolved: '请先选：问题解决了吗？',
  noAttitude: '请选一下对办理人员的态度。',
}

export const saySolved: Record<Solved, string> = {
  solved: '解决了',
  partly: '部分解决',
  not_solved: '没有解决',
}

export const sayAttitude: Record<Attitude, string> = {
  satisfied: '满意',
  fair: '基本满意',
  dissatisfied: '不满意',
}

export const sayPicture = {
  title: (town: string) => `${town} 举报回执`,
  warning: '凭此码查进度，丢了无法找回，请勿给别人看',
  received: (moment: string) => `收到时间 ${moment}`,
  file: '举报查询码.png',
}
