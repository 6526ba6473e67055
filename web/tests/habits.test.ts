// The house's habits: words in one place, nothing fetched from outside, no way to count people.
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { outsideHosts } from '../build/outside-hosts.mjs'
import { sayMark } from '@/shared/labels/common'
import { ASIDE, FILLED, STAGES, frameOf, shapeOf, stageOf, type Mark, type State } from '@/shared/states'

const SOURCE = fileURLToPath(new URL('../src/', import.meta.url))
const files = readdirSync(SOURCE, { recursive: true })
  .map(String)
  .filter((name) => /\.(ts|vue)$/.test(name))
const text = (name: string) => readFileSync(SOURCE + name, 'utf8')
const withoutComments = (code: string) => code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')

describe('what people read', () => {
  const elsewhere = files.filter((name) => !name.startsWith('shared/labels/'))

  it.each(elsewhere)('%s keeps its Chinese words in the labels', (name) => {
    expect(withoutComments(text(name))).not.toMatch(/[\u4e00-\u9fff]/)
  })

  it.each(files.filter((name) => name.endsWith('.vue')))('%s has no style attribute, which the content policy forbids', (name) => {
    expect(text(name)).not.toMatch(/\sstyle="/)
    expect(text(name)).not.toContain('v-html')
  })

  it('has no check-in, points, ranking or counting of online time', () => {
    const promises = /不打卡，不积分，不排名，不计在线时长/
    const labels = files.filter((name) => name.startsWith('shared/labels/')).map(text).join('')
    expect(labels).toMatch(promises)
    expect(labels.replace(promises, '')).not.toMatch(/打卡|签到|积分|排名|排行|在线时长/)
  })
})

describe('pages', () => {
  const PAGES = ['citizen', 'desk', 'home', 'wall']
  const pageOf = (name: string) => PAGES.find((page) => name.startsWith(`${page}/`))

  it.each(files)('%s stands on its own page and on what is shared, never on another page', (name) => {
    const reached = [...text(name).matchAll(/from '(?:@|(?:\.\.\/)+)\/?(\w+)\//g)].map(([, folder]) => folder ?? '')
    expect(reached.filter((folder) => PAGES.includes(folder) && folder !== pageOf(name))).toEqual([])
  })
})

describe('states', () => {
  it('have a shape and a word each', () => {
    for (const mark of [...STAGES, ...ASIDE, 'late' as const]) {
      expect(sayMark[mark]).toBeTruthy()
      expect(mark === 'received' || FILLED[mark]).toBeTruthy()
    }
  })

  it('differ in shape and not only in colour, in whosever hands the order is', () => {
    const lanes = ['squad', 'grid', 'unit']
    const shapes = lanes.flatMap((lane) => ['dispatched', 'on_site', 'handled', 'checked', 'closed'].map((mark) => shapeOf(mark as Mark, frameOf(lane))))
    const aside = [...ASIDE, 'received' as const, 'late' as const].map((mark) => shapeOf(mark))
    const drawn = [...shapes, ...aside].map(({ ring, filled }) => `${ring} ${filled}`)
    expect(new Set(drawn).size).toBe(drawn.length)
  })

  it('still show an order whose state this page does not know', () => {
    expect(stageOf('arbitrated' as State)).toBe('received')
  })
})

describe('outside hosts', () => {
  it('are found in every form', () => {
    expect(outsideHosts('fetch("https://cdn.example.com/x.js")')).toEqual(['cdn.example.com'])
    expect(outsideHosts("url('//fonts.example.com/a.woff2')")).toEqual(['fonts.example.com'])
    expect(outsideHosts('new WebSocket(`wss://${host}/live`)')).toEqual(['${host}'])
  })

  it('are not seen in names of XML namespaces or in our own addresses', () => {
    expect(outsideHosts('xmlns="http://www.w3.org/2000/svg" fetch("/api/v1/town") // a comment')).toEqual([])
  })
})
