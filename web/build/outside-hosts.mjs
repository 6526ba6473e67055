// The product runs on a network without internet: nothing built may name a host to fetch from.

// XML namespaces are names, nobody fetches them.
const NAMESPACES = new Set(['www.w3.org'])
const ABSOLUTE = /\b(?:https?|wss?|ftp):\/\/([^\s"'`)<>\\/]*)/gi
const PROTOCOL_RELATIVE = /["'`(]\s*\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)+)/gi

/**
 * Every outside host that a built text names.
 * @param {string} text
 * @returns {string[]}
 */
export function outsideHosts(text) {
  const named = [...text.matchAll(ABSOLUTE), ...text.matchAll(PROTOCOL_RELATIVE)].map((match) => match[1] ?? '')
  return [...new Set(named.filter((host) => !NAMESPACES.has(host.toLowerCase())))]
}

// Links to home pages and manuals that the libraries carry; we show neither.
const CARRIED = [
  { file: /leaflet[\\/]dist[\\/]/, link: /https:\/\/leafletjs\.com/g },
  { file: /element-plus[\\/]es[\\/]/, link: /https:\/\/element-plus\.org\/[\w./#-]*/g },
  { file: /@vue[\\/]runtime-/, link: /https:\/\/vuejs\.org\/error-reference\/#runtime-/g },
]

/**
 * Vite plugin: takes the libraries' own links out and stops the build when any outside host is left.
 * @returns {import('vite').Plugin}
 */
export function noOutsideHosts() {
  return {
    name: 'no-outside-hosts',
    transform(code, id) {
      const carried = CARRIED.filter(({ file }) => file.test(id))
      return carried.length ? { code: carried.reduce((text, { link }) => text.replace(link, ''), code), map: null } : null
    },
    generateBundle(_options, bundle) {
      for (const [name, file] of Object.entries(bundle)) {
        const text = file.type === 'chunk' ? file.code : String(file.source)
        const hosts = name.endsWith('.md') ? [] : outsideHosts(text)
        if (hosts.length) this.error(`${name} names an outside host: ${hosts.join(', ')}`)
      }
    },
  }
}
