// What every page says at its door.
export const saySession = {
  login: '账号',
  password: '密码',
  enter: '登录',
  entering: '正在登录…',
  demo: '演示进入',
  demoAs: (name: string, role: string) => `${name}（${role}）`,
  demoWhat: '演示镇，数据都是虚构的',
  demoHead: '演示进入',
  expired: '登录已到期，请重新登录。',
}
