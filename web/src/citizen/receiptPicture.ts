// The receipt code as a picture, because a picture is how people keep things on a phone.
import { sayLookup, sayPicture } from '@/shared/labels/citizen'
import { groups } from './receiptCode'

const WIDTH = 720
const HEIGHT = 560
const FACE = '"Noto Sans SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif'

export interface PictureFacts {
  receipt: string
  town: string
  moment: string
}

export function receiptPicture({ receipt, town, moment }: PictureFacts): Promise<Blob> {
  const canvas = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT })
  const context = canvas.getContext('2d') as CanvasRenderingContext2D
  const write = (text: string, y: number, font: string, colour: string) => {
    context.font = `${font} ${FACE}`
    context.fillStyle = colour
    context.fillText(text, WIDTH / 2, y)
  }
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, WIDTH, HEIGHT)
  context.textAlign = 'center'
  const parts = groups(receipt)
  write(sayPicture.title(town), 88, '700 40px', '#1c2738')
  write(sayLookup.code, 170, '400 30px', '#566378')
  write(parts.slice(0, 4).join(' - '), 250, '700 52px', '#1c2738')
  write(parts.slice(4).join(' - '), 330, '700 52px', '#1c2738')
  write(sayPicture.warning, 430, '400 28px', '#8a5600')
  write(sayPicture.received(moment), 490, '400 28px', '#566378')
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('canvas'))), 'image/png'),
  )
}
