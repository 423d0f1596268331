// A Chromium for the tests: CHROMIUM_PATH, else the one that npm brought, else `chromium` on PATH. It needs no system
// libraries and no system fonts.
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { type Browser, chromium } from 'playwright-core'
import { onPath } from './ports.ts'

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const { resolve } = createRequire(import.meta.url)

interface Program {
  path: string
  libraries?: string
}

/** @throws Error that says what to install when no Chromium starts */
export async function openBrowser(): Promise<Browser> {
  const given = process.env['CHROMIUM_PATH']
  const installed = onPath('chromium')
  const candidates: (() => Program)[] = given
    ? [() => ({ path: given })]
    : [unpackOnce, ...(installed ? [() => ({ path: installed })] : [])]
  const failures: string[] = []
  for (const find of candidates) {
    try {
      return await launch(find())
    } catch (error) {
      failures.push(String(error).slice(0, 2_000))
    }
  }
  throw new Error(
    `The browser tests need a Chromium: install one (apt-get install chromium), or set CHROMIUM_PATH to one.\n${failures.join('\n')}`,
  )
}

function launch({ path, libraries }: Program): Promise<Browser> {
  const env = {
    ...process.env,
    // A machine that names no character set would give Chinese file names up.
    LC_ALL: 'C.UTF-8',
    FONTCONFIG_FILE: fontsFile(),
    ...(libraries && {
      LD_LIBRARY_PATH: [libraries, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
    }),
  }
  return chromium.launch({ executablePath: path, args: flags, env })
}

/** The npm package's program and the libraries it needs, unpacked into a cache of this user. */
function unpackOnce(): Program {
  const packed = join(dirname(resolve('@sparticuz/chromium')), '..', '..')
  const { version } = JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8')) as { version: string }
  const cache = join(tmpdir(), `guatu-chromium-${version}-${process.getuid?.() ?? 0}`)
  const program = { path: join(cache, 'chromium'), libraries: join(cache, 'lib') }
  if (existsSync(cache)) return program
  const opened = (name: string) => brotliDecompressSync(readFileSync(join(packed, 'bin', `${name}.br`)))
  // Renamed when complete: another test run at the same time sees all of it or nothing.
  const making = mkdtempSync(`${cache}-`)
  writeFileSync(join(making, 'chromium'), opened('chromium'))
  chmodSync(join(making, 'chromium'), 0o755)
  execFileSync('tar', ['-xf', '-', '--no-same-owner'], { cwd: making, input: opened('al2023.tar') })
  try {
    renameSync(making, cache)
  } catch (error) {
    rmSync(making, { recursive: true })
    if (!existsSync(cache)) throw error
  }
  return program
}

/** Chinese glyphs from an npm package, so that pages look the same everywhere. */
function fontsFile(): string {
  const fonts = join(dirname(resolve('@embedpdf/fonts-sc')), '..', 'fonts')
  const folder = join(tmpdir(), `guatu-fonts-${process.getuid?.() ?? 0}`)
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'fonts.conf')
  writeFileSync(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${fonts}</dir><cachedir>${join(folder, 'cache')}</cachedir></fontconfig>
`,
  )
  return file
}
