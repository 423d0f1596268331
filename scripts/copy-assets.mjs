// After tsc: copies what is not TypeScript but needed at run time to the same place under dist/.
import { cpSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Folder, and which of its files. */
const assets = [
  ['src/web/assets', () => true],
  ['src/sheet', (name) => name.endsWith('.mjs')],
]

for (const [folder, wanted] of assets) {
  if (!existsSync(folder)) continue
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  for (const { parentPath, name } of files.filter((file) => wanted(file.name))) {
    const path = join(parentPath, name)
    cpSync(path, join('dist', path), { recursive: true })
  }
}
