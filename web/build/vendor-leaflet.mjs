// The fault map of the grids is one page that opens from a disk: it takes Leaflet whole, not as a part of a bundle.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

// What a page without a folder beside it would ask for in vain, and links to pages that we do not show.
const HOME_PAGE = /https:\/\/leafletjs\.com/g
const REACHING_OUT = {
  'leaflet.js': [/\/\/# sourceMappingURL=\S+/g, HOME_PAGE],
  'leaflet.css': [/\/\*[\s\S]*?\*\//g, /^\s*background-image: url\(images\/[^)]*\);$/gm],
}

/**
 * Vite plugin: puts Leaflet's script and style sheet into `vendor/` as they are, without what reaches out of them.
 * @returns {import('vite').Plugin}
 */
export function vendorLeaflet() {
  const leaflet = createRequire(import.meta.url)
  return {
    name: 'vendor-leaflet',
    apply: 'build',
    generateBundle() {
      for (const [name, parts] of Object.entries(REACHING_OUT)) {
        const text = readFileSync(leaflet.resolve(`leaflet/dist/${name}`), 'utf8')
        const source = parts.reduce((left, part) => left.replace(part, ''), text)
        this.emitFile({ type: 'asset', fileName: `vendor/${name}`, source })
      }
    },
  }
}
