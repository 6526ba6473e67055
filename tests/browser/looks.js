// What an eye would notice on the page as it is now: too wide, too small, too pale, one over the other, cut off.
async () => {
  const ROUNDING = 1.5
  const style = (element) => getComputedStyle(element)
  const ancestors = function* (element) {
    for (let at = element; at; at = at.parentElement) yield at
  }
  // Not innerWidth, which grows on a phone with what sticks out.
  const across = document.documentElement.clientWidth
  const round = (number) => Math.round(number * 100) / 100
  const said = (text) => text.trim().replace(/\s+/g, ' ')

  // 静: nothing is measured while it moves.

  const endless = (animation) => animation.effect?.getComputedTiming().iterations === Infinity
  const moving = () => document.getAnimations().filter((animation) => !endless(animation))
  const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))
  const places = () => JSON.stringify([...document.querySelectorAll('.map-name, li')].map((one) => one.getBoundingClientRect()))
  await document.fonts.ready
  for (let before = '', tries = 0; tries < 50 && before !== places(); tries += 1) {
    before = places()
    await Promise.allSettled([...moving().map((animation) => animation.finished), pause(150)])
  }

  // 文字: every text node that is laid out, with the boxes of its lines, as high as its characters.

  const isKeptForReaders = (element) =>
    [...ancestors(element)].some((at) => {
      const { overflowX, clipPath } = style(at)
      const { width, height } = at.getBoundingClientRect()
      return width <= 2 && height <= 2 && (overflowX !== 'visible' || clipPath !== 'none')
    })

  const lines = (node, size) => {
    const range = document.createRange()
    range.selectNodeContents(node)
    return [...range.getClientRects()]
      .filter(({ width, height }) => width > 0 && height > 0)
      .map(({ left, right, top, bottom }) => {
        const middle = (top + bottom) / 2
        return { left, right, top: middle - size / 2, bottom: middle + size / 2 }
      })
  }

  const texts = () => {
    const found = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      if (!node.data.trim() || element.closest('script, style, noscript, option')) continue
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || isKeptForReaders(element)) continue
      const size = parseFloat(style(element).fontSize)
      const boxes = lines(node, size)
      if (boxes.length) found.push({ node, element, size, boxes, words: said(node.data), colour: style(element).color })
    }
    return [...found, ...typed()]
  }

  const typed = () =>
    [...document.querySelectorAll('input, textarea')]
      .filter((field) => (field.value || field.placeholder) && !['radio', 'checkbox', 'file'].includes(field.type))
      .filter((field) => field.checkVisibility() && !isKeptForReaders(field))
      .map((field) => {
        const shown = field.value ? style(field) : getComputedStyle(field, '::placeholder')
        const words = said(field.value || field.placeholder)
        return { element: field, size: parseFloat(style(field).fontSize), boxes: [], words, colour: shown.color }
      })

  // 对比度: as WCAG 2.2 reckons it, over the colours that lie behind.

  const channels = (colour) => {
    const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number)
    return { red, green, blue, alpha }
  }
  const over = (above, below, alpha) => {
    const mix = (name) => above[name] * alpha + below[name] * (1 - alpha)
    return { red: mix('red'), green: mix('green'), blue: mix('blue'), alpha: 1 }
  }
  const ground = (element) => {
    const layers = []
    for (const at of ancestors(element)) {
      layers.unshift(channels(style(at).backgroundColor))
      if (layers[0].alpha === 1) break
    }
    return layers.reduce((below, above) => over(above, below, above.alpha), channels('rgb(255, 255, 255)'))
  }
  const luminance = ({ red, green, blue }) => {
    const linear = (channel) => (channel / 255 <= 0.04045 ? channel / 3294.6 : ((channel / 255 + 0.055) / 1.055) ** 2.4)
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }
  const contrast = ({ element, colour }) => {
    const opacity = [...ancestors(element)].reduce((product, at) => product * Number(style(at).opacity), 1)
    const below = ground(element)
    const ink = channels(colour)
    const [one, other] = [over(ink, below, ink.alpha * opacity), below].map(luminance)
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
  }

  // 重叠: two texts in one place, unless one lies under something that hides it.

  // Names on a map lie where their areas lie, and leave it where the map ends.
  const onMap = ({ element }) => Boolean(element.closest('.leaflet-container'))
  const isHidden = (element, { left, right, top, bottom }) => {
    const [x, y] = [(left + right) / 2, (top + bottom) / 2]
    if (x < 0 || y < 0 || x >= across || y >= innerHeight) return false
    for (const at of document.elementsFromPoint(x, y)) {
      if (at.contains(element) || element.contains(at)) return false
      if (channels(style(at).backgroundColor).alpha > 0.5 || style(at).backgroundImage !== 'none') return true
    }
    return false
  }
  const shown = (element, box) => {
    let { left, right, top, bottom } = box
    for (const at of ancestors(element)) {
      if (at === document.body || style(at).overflow === 'visible') continue
      const clip = at.getBoundingClientRect()
      left = Math.max(left, clip.left)
      right = Math.min(right, clip.right)
      top = Math.max(top, clip.top)
      bottom = Math.min(bottom, clip.bottom)
    }
    return { left, right, top, bottom }
  }
  const overlap = (one, other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > ROUNDING &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > ROUNDING

  const overlaps = (all) => {
    const boxes = all.flatMap(({ node, element, words, boxes }) =>
      boxes
        .map((box) => ({ node, words, ...shown(element, box) }))
        .filter((box) => box.right - box.left > ROUNDING && box.bottom - box.top > ROUNDING)
        .filter((box) => !isHidden(element, box)),
    )
    const pairs = boxes.flatMap((one, index) =>
      boxes
        .slice(index + 1)
        .filter((other) => one.node !== other.node && overlap(one, other))
        .map((other) => `${one.words} / ${other.words}`),
    )
    return [...new Set(pairs)]
  }

  // 截断: text that somebody's edge takes away, with neither an ellipsis nor a way to scroll there.

  const isCut = ({ element, boxes }) => boxes.some((box) => cutBy(element, box))
  const cutBy = (element, box) => {
    let [reachedAcross, reachedDown] = [false, false]
    for (const at of ancestors(element)) {
      if (at === document.body || at === document.documentElement) break
      const { overflowX, overflowY, textOverflow, webkitLineClamp } = style(at)
      const edge = at.getBoundingClientRect()
      const shortened = textOverflow === 'ellipsis' || webkitLineClamp !== 'none'
      const sideways = box.right > edge.right + ROUNDING || box.left < edge.left - ROUNDING
      const down = box.bottom > edge.bottom + ROUNDING || box.top < edge.top - ROUNDING
      if (sideways && shortened && overflowX !== 'visible') reachedAcross = true
      if (down && shortened && overflowY !== 'visible') reachedDown = true
      if (['auto', 'scroll'].includes(overflowX)) reachedAcross = true
      if (['auto', 'scroll'].includes(overflowY)) reachedDown = true
      if (sideways && !reachedAcross && overflowX !== 'visible') return true
      if (down && !reachedDown && overflowY !== 'visible') return true
    }
    return !reachedAcross && (box.right > across + ROUNDING || box.left < -ROUNDING)
  }

  // 断开: a number or a code that goes on in the next line where nobody meant it to.

  const isBroken = ({ words, boxes }) =>
    /^[\d.:,]+$/.test(words) && boxes.some(({ top }) => Math.abs(top - boxes[0].top) > ROUNDING)

  // 可点的: what a finger is to hit; a field that is kept for screen readers is hit through its label.

  const TARGETS = 'a[href], button, input, select, textarea, summary, [role="button"]'
  const targets = () =>
    [...document.querySelectorAll(TARGETS)]
      .map((target) => ({ target, hit: isKeptForReaders(target) ? target.closest('label') : target }))
      .filter(({ hit }) => hit?.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      .map(({ target, hit }) => {
        const { width, height, left, right, top, bottom } = hit.getBoundingClientRect()
        const label = said(target.labels?.[0]?.textContent ?? '')
        const name = target.getAttribute('aria-label') || label || said(hit.textContent) || target.title
        const inView = left >= -ROUNDING && top >= -ROUNDING && right <= across + ROUNDING && bottom <= innerHeight + ROUNDING
        return { name: name || target.outerHTML.slice(0, 60), width: round(width), height: round(height), inView }
      })

  const all = texts()
  const beside = all.filter((text) => !onMap(text))
  return {
    wide: document.scrollingElement.scrollWidth - across,
    texts: all.map((text) => ({ words: text.words, size: text.size, contrast: round(contrast(text)) })),
    overlaps: overlaps(beside),
    cut: beside.filter(isCut).map(({ words }) => words),
    broken: all.filter(isBroken).map(({ words }) => words),
    targets: targets(),
  }
}
