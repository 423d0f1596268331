// The playground's page in a real Chromium, for the tests of a file: one demo, one browser, a page for each test.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { openBrowser } from './browser.ts'
import { compileScripts, type Demo, startDemo } from './demo.ts'

const sizes = {
  ...{ desktop: { width: 1280, height: 860 }, phone: { width: 390, height: 844 } },
  ...{ wall: { width: 1920, height: 1080 }, laptop: { width: 1366, height: 900 } },
}
export type Size = keyof typeof sizes

export interface Pages {
  demo(): Demo
  /** @param hash platform, chat and person */
  open(size: Size, hash?: string): Promise<Page>
  /** Opens any address of the demo in a browser of its own. */
  visit(size: Size, address: string): Promise<Page>
  /** Keeps a picture of what is seen, or of the whole page, for whoever wants to look. */
  picture(page: Page, name: string, isWhole?: boolean): Promise<unknown>
  /** Where the pictures are kept. */
  pictures: string
  /** What pages must not do: complain, or ask anybody else. A test that provokes it empties this. */
  faults: string[]
}

/** Starts everything before the tests of the calling file; after each of them nothing may have gone wrong. */
export function usePages(options: Parameters<typeof startDemo>[0] = {}): Pages {
  const pictures = process.env['PICTURES'] ?? mkdtempSync(join(tmpdir(), 'guatu-pictures-'))
  const closers: (() => unknown)[] = []
  const pages: Page[] = []
  const faults: string[] = []
  let demo: Demo
  let browser: Browser

  beforeAll(async () => {
    const { scripts, remove } = compileScripts()
    closers.push(remove)
    demo = await startDemo({ ...options, scripts })
    closers.push(demo.stop)
    browser = await openBrowser()
    closers.push(() => browser.close())
  })
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.close()))
    expect(faults.splice(0)).toEqual([])
    expect(demo.complaints.splice(0)).toEqual([])
  })
  afterAll(async () => {
    for (const close of closers.reverse()) await close()
  })

  const visit = async (size: Size, address: string) => {
    const page = await browser.newPage({ viewport: sizes[size], locale: 'zh-CN' })
    pages.push(page)
    page.setDefaultTimeout(10_000)
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) faults.push(message.text())
    })
    page.on('pageerror', (error) => faults.push(String(error)))
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== demo.origin) faults.push(`asked ${request.url()}`)
    })
    await page.goto(address)
    return page
  }

  return {
    ...{ faults, pictures },
    demo: () => demo,
    async open(size, hash = '') {
      const page = await visit(size, `${demo.origin}/${hash}`)
      await page.locator('#title', { hasNotText: '正在打开' }).waitFor()
      await page.locator('#log > *').first().waitFor()
      return page
    },
    visit,
    picture: (page, name, isWhole = false) =>
      page.screenshot({ path: join(pictures, `${name}.png`), fullPage: isWhole }),
  }
}

export const bubbles = (page: Page) => page.locator('.bot .bubble')

export const isWiderThanScreen = (page: Page) =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth')
export const isAtEnd = (page: Page) =>
  page.evaluate<boolean>(
    `new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => {
      const { scrollHeight, scrollTop, clientHeight } = document.getElementById('log')
      resolve(scrollHeight - scrollTop - clientHeight < 2)
    })))`,
  )
