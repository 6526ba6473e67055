// What every page says.
import type { Mark } from '@/shared/states'

export const sayMark: Record<Mark, string> = {
  received: '待研判',
  dispatched: '已派出',
  on_site: '已到场',
  handled: '已处置',
  checked: '已核查',
  closed: '已办结',
  in_case: '立案查处中',
  suspended: '已挂账',
  returned: '已退回',
  arbitration: '待裁定',
  transferred: '已移送',
  late: '已超时',
}

export const sayFooter = {
  operatedBy: (operator: string) => `${operator} 运营`,
  filing: (number: string) => `备案号 ${number}`,
  complaints: '投诉与建议',
}

export const sayTrouble = {
  unreachable: '连不上服务器。请检查网络，稍后再试。',
  unexpected: '页面出错了。请刷新后再试。',
  retry: '再试一次',
}
