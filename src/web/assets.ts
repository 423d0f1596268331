// The files of the pages, from where the running module is: scripts are compiled beside it, the rest is copied.
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import type { Context } from 'koa'

const assets = new URL('./assets/', import.meta.url)
/** Where `tsc -p tsconfig.web.json` puts the compiled scripts, a folder for each page. */
export const compiledScripts = new URL('./browser/', import.meta.url)

const names = /^[a-z-]+\.(?:js|css|svg|html)$/

/** Answers with a file of a page; 404 for anything else. @param scripts folder of the page's compiled scripts */
export async function sendFile(ctx: Context, name: string, scripts: URL): Promise<void> {
  if (!names.test(name)) return
  const type = extname(name)
  try {
    const bytes = await readFile(new URL(name, type === '.js' ? scripts : assets))
    ctx.type = type
    ctx.body = bytes
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
