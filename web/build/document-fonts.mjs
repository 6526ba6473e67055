// The documents (文书) are typeset by the service: its fonts travel with what is built, and no page ever asks for them.

import { copyFile, mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const PACKAGE = '@expo-google-fonts/noto-serif-sc'
const FILES = {
  '400Regular/NotoSerifSC_400Regular.ttf': 'NotoSerifSC-Regular.ttf',
  '700Bold/NotoSerifSC_700Bold.ttf': 'NotoSerifSC-Bold.ttf',
  LICENSE_FONT: 'OFL.txt',
}

/**
 * Vite plugin: lays the two cuts of Noto Serif SC and their licence into `fonts/`.
 * @returns {import('vite').Plugin}
 */
export function documentFonts() {
  const installed = createRequire(import.meta.url)
  return {
    name: 'document-fonts',
    apply: 'build',
    async writeBundle({ dir }) {
      const folder = join(dir ?? 'dist', 'fonts')
      await mkdir(folder, { recursive: true })
      await Promise.all(
        Object.entries(FILES).map(([from, to]) => copyFile(installed.resolve(`${PACKAGE}/${from}`), join(folder, to))),
      )
    },
  }
}
