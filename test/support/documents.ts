// The project's own documents, taken apart for the test that compares them with the code.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A file of the project, by its path from the project's folder. */
export const path = (file: string): string => join(root, file)
export const read = (file: string): string => readFileSync(path(file), 'utf8')
export const exists = (file: string): boolean => existsSync(path(file))

/** Every document a person reads, with its path from the project's folder. */
export const documents = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(path('docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].map((file) => ({ path: file, text: read(file) }))

/** The fenced blocks that begin with ```` ```${mark} ````. */
export function blocks(text: string, mark: string): string[] {
  return [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].flatMap(([, info, body]) =>
    info === mark ? [body ?? ''] : [],
  )
}

/** Targets of links and pictures inside the project, as paths from its folder, with the anchor if there is one. */
export function links({ path, text }: { path: string; text: string }): { file: string; anchor: string }[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [file = '', anchor = ''] = target.split('#')
      return { file: file === '' ? path : join(dirname(path), decodeURI(file)), anchor }
    })
}

/** The anchors that the headings of a document have. */
export function anchors(text: string): string[] {
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading)
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  )
}

/** The text under a heading, up to the next one of any level. */
export function section(text: string, heading: string): string {
  const [, body = ''] = text.split(new RegExp(`^#+ ${heading}$`, 'm'))
  return body.split(/^#/m)[0] ?? ''
}

/** The rows of the table with this first title. */
export function table(text: string, firstTitle: string): string[][] {
  const rows = text.split('\n').map((line) => line.match(/^\| ?(.*?) ?\|$/)?.[1]?.split(' |') ?? [])
  const cells = rows.map((row) => row.map((cell) => cell.trim()))
  const start = cells.findIndex(([title]) => title === firstTitle)
  const end = cells.findIndex((row, index) => index > start && row.length === 0)
  return start < 0 ? [] : cells.slice(start + 2, end < 0 ? undefined : end)
}

/** Everything in `text` that matches, once each. */
export function mentions(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([whole, part]) => part ?? whole))]
}
