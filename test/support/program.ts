// The program as it is shipped, compiled once for a test file.
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** @returns the compiled program's entry, and a function that removes it */
export function compileProgram(name: string): { entry: string; remove: () => void } {
  // Below node_modules, so that the compiled program finds its packages.
  const built = join(root, 'node_modules', '.cache', `guatu-${name}-${process.pid}`)
  const typescript = createRequire(import.meta.url).resolve('typescript/package.json')
  const tsc = join(dirname(typescript), 'bin', 'tsc')
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', built], { cwd: root })
  return {
    entry: join(built, 'src', 'main.js'),
    remove: () => rmSync(built, { recursive: true, force: true }),
  }
}
