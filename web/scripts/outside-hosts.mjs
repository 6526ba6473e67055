// Reads every built file and fails when one names an outside host, an inline script or an inline style.
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { outsideHosts } from '../build/outside-hosts.mjs'

const DIST = fileURLToPath(new URL('../dist/', import.meta.url))
const TEXT = /\.(html|js|css|svg|json|webmanifest)$/
const INLINE = /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=/i

const files = readdirSync(DIST, { recursive: true }).map(String).filter((name) => TEXT.test(name))
const findings = files.flatMap((name) => {
  const text = readFileSync(DIST + name, 'utf8')
  const inline = name.endsWith('.html') && INLINE.test(text) ? [`${name}: inline script or style`] : []
  return [...outsideHosts(text).map((host) => `${name}: ${host}`), ...inline]
})

if (findings.length || !files.length) {
  console.error(findings.join('\n') || 'nothing is built')
  process.exit(1)
}
console.log(`${files.length} built files name no outside host`)
