// What the front page says.
export const say = {
  title: '网格执法',
  of: (town: string) => `${town}网格执法`,
  what: '看见问题，拍照一报：系统认出在哪个网格、归哪个中队，派出工单，盯住每一个时限；办完换人核查，最后答复您，由您评价。',
  doors: '从哪里进',
  path: '一件举报怎么走',
  demo: '演示镇',
  demoWhat: '这里是演示数据。下面的账号可以登录大屏、指挥中心和接口。',
  login: '账号',
  password: '密码',
  role: '岗位',
  noNumbers: '不打卡，不积分，不排名，不计在线时长；除取证和紧急情况外，不强制拍照和轨迹。',
}

export const sayDoors = [
  { href: '/citizen', name: '我要举报', what: '不登录也能报，凭查询码看结果', main: true },
  { href: '/citizen#progress', name: '查进度', what: '输入查询码，看办到哪一步，作评价', main: false },
  { href: '/wall', name: '指挥大屏', what: '网格、工单、时限，一秒内看到变化', main: false },
  { href: '/desk', name: '指挥中心', what: '研判、派单、登记来件，管底册和值班', main: false },
  { href: '/openapi.json', name: '接口', what: 'OpenAPI 3.1，给平板和别的系统用', main: false },
]

export const sayPath = ['收到', '派出', '到场', '处置', '换人核查', '答复评价']

export const sayRole: Record<string, string> = {
  grid_worker: '网格员',
  officer: '执法队员',
  squad_leader: '中队长',
  dispatcher: '指挥中心',
  approver: '审批人',
  legal_reviewer: '法制审核',
  checker: '核查员',
  supervisor: '督办',
  wall: '大屏',
  auxiliary: '辅助人员',
  partner: '协同单位',
  system_admin: '系统管理员',
  security_admin: '安全管理员',
  audit_admin: '审计管理员',
}
