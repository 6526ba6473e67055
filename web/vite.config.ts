import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { documentFonts } from './build/document-fonts.mjs'
import { noOutsideHosts } from './build/outside-hosts.mjs'
import { vendorLeaflet } from './build/vendor-leaflet.mjs'

/** The desk's kit of controls, and what it stands on: no other page may come to load it. */
const ELEMENTS = /node_modules[\\/](element-plus|@element-plus|@ctrl|@floating-ui|@popperjs|@vueuse|async-validator|dayjs|lodash(-es|-unified)?|memoize-one|normalize-wheel-es)[\\/]/

const PAGES = ['index', 'citizen', 'wall', 'desk']
const SERVICE = process.env['WANGGE_URL'] ?? 'http://127.0.0.1:8000'

/** The dev server knows the pages by the addresses the service gives them. */
function pageAddresses(): Plugin {
  return {
    name: 'page-addresses',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const page = PAGES.find((name) => request.url === `/${name}`)
        if (page) request.url = `/${page}.html`
        next()
      })
    },
  }
}

export default defineConfig({
  plugins: [vue(), vendorLeaflet(), documentFonts(), noOutsideHosts(), pageAddresses()],
  define: { __VUE_OPTIONS_API__: false },
  resolve: {
    alias: [
      { find: '@', replacement: fileURLToPath(new URL('src', import.meta.url)) },
      { find: /^leaflet$/, replacement: 'leaflet/dist/leaflet-src.esm.js' },
    ],
  },
  build: {
    // Host apps on phones three years old and more.
    target: ['chrome90', 'edge90', 'firefox90', 'safari14.1'],
    cssTarget: ['chrome90', 'safari14.1'],
    modulePreload: { polyfill: false },
    // A data: picture is allowed by the content policy, but a file is cached once for all pages.
    assetsInlineLimit: 0,
    license: { fileName: 'licences.md' },
    rolldownOptions: {
      input: PAGES.map((name) => fileURLToPath(new URL(`${name}.html`, import.meta.url))),
      // The libraries change seldom; on their own they stay in the phone's cache over our changes.
      output: {
        codeSplitting: {
          groups: [
            { name: 'vue', test: /node_modules[\\/](@vue|vue)[\\/]/ },
            { name: 'leaflet', test: /node_modules[\\/]leaflet[\\/]/ },
            { name: 'elements', test: ELEMENTS },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': SERVICE, '/live': SERVICE, '/openapi.json': SERVICE } },
  test: { include: ['tests/**/*.test.ts'] },
})
