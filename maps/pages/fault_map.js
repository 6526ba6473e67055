// The fault map: grids in quiet tints, what is wrong on top of them, and the list beside it. All data is in the page.
function showFaults(map, page) {
  const TINTS = ['#dbe7f6', '#e3efdf', '#f3e8d8', '#e9e0f2', '#dceeee', '#f4e1e4', '#ecebd5', '#dfe4ea']
  const LABELS = 160
  const MANY = 2000
  const AREAS = 30
  const LEGEND = 110
  const grids = new Map()
  const faults = page.faults.map((fault, index) => ({ ...fault, number: index + 1 }))
  const shown = { refuse: true, warn: true }
  let chosen = null

  const make = (tag, className, text) => {
    const element = document.createElement(tag)
    if (className) element.className = className
    if (text !== undefined) element.textContent = text
    return element
  }
  const byId = (id) => document.getElementById(id)

  const dot = (_feature, place) => L.circleMarker(place, { radius: 5 })
  const looks = (fault) => ({ geometry }) => ({ className: `ground ${fault.severity}${geometry.type.includes('Line') ? ' line' : ''}` })

  function drawGrids() {
    const canvas = L.canvas({ padding: 0.3 })
    const tint = new Map(page.areas.map((area, index) => [area, TINTS[index % TINTS.length]]))
    return L.geoJSON(page.grids, {
      renderer: canvas,
      style: ({ properties }) => ({ color: '#7d8ba1', weight: page.grids.features.length > MANY ? 0.4 : 1, fillColor: tint.get(properties.area), fillOpacity: 0.75 }),
      pointToLayer: (_feature, place) => L.circleMarker(place, { renderer: canvas, radius: 5 }),
      onEachFeature: ({ properties }, layer) => {
        grids.set(properties.code, [...(grids.get(properties.code) ?? []), layer])
        const words = [`网格 ${properties.code}`, properties.name !== properties.code ? properties.name : '', `片区 ${properties.area_name}`]
        layer.bindTooltip(make('div', '', words.filter(Boolean).join(' · ')), { sticky: true })
      },
    }).addTo(map)
  }

  function drawFault(fault) {
    const layers = L.featureGroup()
    if (fault.shape) L.geoJSON(fault.shape, { renderer: svg, style: looks(fault), pointToLayer: dot }).addTo(layers)
    const [lon, lat] = fault.where ?? []
    if (lon !== undefined) {
      const mark = make('span', `mark ${fault.severity}`, String(fault.number))
      const icon = L.divIcon({ className: 'pin', html: mark, iconSize: [26, 26] })
      L.marker([lat, lon], { icon, keyboard: false, zIndexOffset: fault.severity === 'refuse' ? 1000 : 0 })
        .bindTooltip(make('div', '', fault.sentence), { direction: 'top', offset: [0, -14] })
        .on('click', () => choose(fault))
        .addTo(layers)
    }
    fault.layers = layers
    if (layers.getLayers().length) layers.addTo(map)
    else fault.layers = null
  }

  /** Where a fault is: its ground, its place, or the grids that it names. */
  function ground(fault) {
    if (fault.shape) return L.geoJSON(fault.shape, { pointToLayer: dot }).getBounds()
    if (fault.where) return L.latLngBounds([[fault.where[1], fault.where[0]]])
    const named = fault.codes.flatMap((code) => grids.get(code) ?? [])
    return named.length ? L.featureGroup(named).getBounds() : null
  }

  function choose(fault) {
    if (chosen) mark(chosen, false)
    chosen = fault
    mark(fault, true)
    const bounds = ground(fault)
    if (bounds && bounds.isValid()) map.fitBounds(bounds.pad(1), { maxZoom: 17.5, padding: [40, 40], animate: false })
  }

  function mark(fault, on) {
    fault.row.setAttribute('aria-current', String(on))
    if (on) fault.row.scrollIntoView({ block: 'nearest' })
    const drawn = fault.layers ? [...document.querySelectorAll('.pin, path.ground')] : []
    const own = new Set()
    fault.layers?.eachLayer((layer) => (layer.eachLayer ? layer.eachLayer((part) => own.add(part.getElement?.())) : own.add(layer.getElement?.())))
    drawn.filter((element) => own.has(element)).forEach((element) => element.classList.toggle('chosen', on))
  }

  function row(fault) {
    const item = make('li')
    const button = make('button')
    button.type = 'button'
    const name = make('b', '', fault.name)
    if (!ground(fault)) name.append(make('span', 'no-place', '图上没有位置'))
    button.append(make('span', `mark ${fault.severity}`, String(fault.number)), name, make('span', 'words', fault.sentence))
    button.addEventListener('click', () => choose(fault))
    item.append(button)
    fault.row = button
    fault.item = item
    return item
  }

  function filter() {
    for (const fault of faults) {
      const visible = shown[fault.severity]
      fault.item.hidden = !visible
      if (fault.layers) visible ? fault.layers.addTo(map) : fault.layers.remove()
    }
  }

  /** Codes of the grids in view, the largest first, each only where it covers no other. */
  function labelGrids() {
    labels.clearLayers()
    const view = map.getBounds()
    const inView = []
    for (const layers of grids.values()) for (const layer of layers) if (layer.getBounds && view.intersects(layer.getBounds())) inView.push(layer)
    const taken = []
    if (inView.length > LABELS) return nameAreas()
    for (const label of inView.map(labelled).sort((one, other) => other.room - one.room)) {
      if (!label.fits || taken.some((box) => box.intersects(label.box))) continue
      taken.push(label.box)
      const icon = L.divIcon({ className: 'code', html: label.words, iconSize: [0, 0] })
      L.marker(label.place, { icon, interactive: false, keyboard: false }).addTo(labels)
    }
    if (taken.length * 3 < inView.length) nameAreas()
  }

  /** Where codes would not fit, the areas are named. */
  function nameAreas() {
    labels.clearLayers()
    if (page.area_names.length > AREAS) return
    for (const { name, middle } of page.area_names) {
      const icon = L.divIcon({ className: 'code area', html: make('span', '', name), iconSize: [0, 0] })
      L.marker([middle[1], middle[0]], { icon, interactive: false, keyboard: false }).addTo(labels)
    }
  }

  function labelled(layer) {
    const { code, name, middle } = layer.feature.properties
    const place = L.latLng(middle[1], middle[0])
    const bounds = layer.getBounds()
    const size = map.latLngToLayerPoint(bounds.getSouthEast()).subtract(map.latLngToLayerPoint(bounds.getNorthWest()))
    const words = make('span', '', code)
    const named = !name.includes(code) && size.x > 14 + 12 * name.length && size.y > 48
    if (named) words.append(make('small', '', name))
    const half = L.point(4 + Math.max(3.6 * code.length, named ? 6 * name.length : 0), named ? 18 : 9)
    const at = map.latLngToLayerPoint(place)
    const box = L.bounds(at.subtract(half), at.add(half))
    return { words, place, box, room: size.x * size.y, fits: size.x > 2 * half.x && size.y > 2 * half.y }
  }

  function board(position, className, fill) {
    const control = L.control({ position })
    control.onAdd = () => {
      const box = make('div', `board ${className}`)
      fill(box)
      L.DomEvent.disableClickPropagation(box)
      return box
    }
    control.addTo(map)
  }

  function legendRow(box, picture, words) {
    const line = make('p')
    line.insertAdjacentHTML('afterbegin', picture)
    line.append(make('span', '', words))
    box.append(line)
  }

  function furnish() {
    L.control.zoom({ position: 'topright', zoomInTitle: '放大', zoomOutTitle: '缩小' }).addTo(map)
    L.control.scale({ imperial: false, maxWidth: 160, position: 'bottomright' }).addTo(map)
    board('topright', 'north', (box) => {
      box.title = '上北下南'
      box.innerHTML = '<svg width="20" height="26" viewBox="0 0 20 26"><path d="M10 0 18 24 10 19Z" fill="#1c2738"/><path d="M10 0 2 24 10 19Z" fill="#9aa7ba"/></svg>北'
    })
    board('bottomleft', 'legend', (box) => {
      const swatch = (style) => `<svg width="34" height="22"><rect x="2" y="2" width="30" height="18" ${style}/></svg>`
      legendRow(box, `<span class="mark refuse">1</span>`, '必须改：改好才能导入')
      legendRow(box, `<span class="mark warn">2</span>`, '请留意：可以导入')
      legendRow(box, swatch('fill="url(#hatch-refuse)" stroke="#b3282d" stroke-width="2.5"'), '必须改的地面')
      legendRow(box, swatch('fill="url(#hatch-warn)" stroke="#8a5600" stroke-width="2.5" stroke-dasharray="7 4"'), '请留意的地面')
      legendRow(box, swatch('fill="#dbe7f6" stroke="#7d8ba1"'), '网格，同色同片区')
    })
  }

  function wholeMap() {
    const bounds = drawn.getBounds()
    if (bounds.isValid()) map.fitBounds(bounds, { paddingTopLeft: [30, 30], paddingBottomRight: [70, LEGEND], animate: false })
    byId('no-map').hidden = bounds.isValid()
  }

  /** Paper has its own size: the map is drawn again for it, and back again afterwards. */
  function printable() {
    const box = map.getContainer()
    let before = null
    window.addEventListener('beforeprint', () => {
      before = { centre: map.getCenter(), zoom: map.getZoom() }
      box.classList.add('on-paper')
      map.invalidateSize({ animate: false })
      wholeMap()
    })
    window.addEventListener('afterprint', () => {
      box.classList.remove('on-paper')
      map.invalidateSize({ animate: false })
      if (before) map.setView(before.centre, before.zoom, { animate: false })
    })
  }

  const svg = L.svg({ padding: 0.5 }).addTo(map)
  const labels = L.layerGroup().addTo(map)
  const drawn = drawGrids()
  furnish()
  wholeMap()
  for (const fault of [...faults].reverse()) drawFault(fault)
  byId('faults').append(...faults.map(row))
  byId('nothing').hidden = faults.length > 0
  for (const severity of Object.keys(shown)) {
    byId(`show-${severity}`).addEventListener('change', ({ target }) => {
      shown[severity] = target.checked
      filter()
    })
  }
  map.on('moveend', labelGrids)
  labelGrids()
  printable()
  document.body.dataset.ready = 'yes'
}
