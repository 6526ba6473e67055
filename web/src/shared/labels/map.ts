// What the tools of every map say.
export const sayMap = {
  closer: '放大',
  farther: '缩小',
}
