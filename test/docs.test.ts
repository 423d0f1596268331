// What the documents say is compared with the code: nothing in them may be untrue.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest'
import { commands } from '../handlers/index.ts'
import { jobs } from '../jobs/index.ts'
import { type App, createApp } from '../src/app.ts'
import { realClock } from '../src/clock.ts'
import { readConfig, variables } from '../src/config.ts'
import type { Db } from '../src/database/connection.ts'
import type { Links } from '../src/links.ts'
import { createMetrics } from '../src/metrics.ts'
import { platformsOf } from '../src/platforms/configured.ts'
import { readCampaign } from '../src/sheet/workbook.ts'
import { memoryState } from '../src/state/memory.ts'
import { board } from '../src/web/board/board.ts'
import { desk } from '../src/web/desk/desk.ts'
import { files } from '../src/web/files.ts'
import { smallCampaign, toSheets } from './sheet/small-campaign.ts'
import { openTestPostgres } from './support/databases.ts'
import {
  anchors,
  blocks,
  documents,
  exists,
  links,
  mentions,
  read,
  section,
  table,
} from './support/documents.ts'
import { botOn, silent, stillClock } from './support/example.ts'
import { testKeys } from './support/keys.ts'
import { matches, parseTranscript, play } from './support/transcript.ts'

const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
const readme = read('README.md')
const all = documents.map(({ text }) => text).join('\n')

describe.each(documents)('$path', (document) => {
  it('names only commands that exist', () => {
    const named = mentions(document.text, /\bnpm (?:run (?:--silent )?([a-z][a-z:-]*)|(?:test|start)\b)/g)
    const unknown = named.map((name) => name.replace('npm ', '')).filter((name) => !(name in scripts))
    expect(unknown).toEqual([])
  })

  it('links only to what exists', () => {
    const broken = links(document).filter(
      ({ file, anchor }) => !exists(file) || (anchor !== '' && !anchors(read(file)).includes(anchor)),
    )
    expect(broken).toEqual([])
  })

  it('names only files and folders that exist', () => {
    const named = mentions(
      document.text,
      /`((?:src|handlers|jobs|test|docs|examples|scripts|bench|\.ci)\/[^`\s]*)`/g,
    )
    expect(named.filter((path) => !exists(path))).toEqual([])
  })

  it('names only settings that exist', () => {
    const others = ['compose.yaml', 'test/support/services.ts', 'test/browser/playground.test.ts']
    const elsewhere = others.map(read).join('\n')
    const named = mentions(document.text, /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g)
    expect(named.filter((name) => !variables.includes(name) && !elsewhere.includes(name))).toEqual([])
  })
})

describe('the conversations in the documents', () => {
  const shown = documents.flatMap(({ path, text }) =>
    blocks(text, 'text chat').map((block, index) => ({ name: `${path} ${index + 1}`, block })),
  )

  it.each(shown)('$name goes as it is shown', async ({ block }) => {
    const clock = stillClock()
    const store = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
    onTestFinished(() => store.close())
    const hear = botOn(store, { clock })
    const exchanges = parseTranscript(block.trimEnd())
    expect(exchanges.length).toBeGreaterThan(1)
    for (const exchange of exchanges) {
      clock.pass(exchange.after)
      const answer = await play(hear, exchange, `line ${exchange.line}`)
      if (!matches(answer, exchange.expected)) expect(answer).toBe(exchange.expected)
    }
  })
})

describe('the README', () => {
  it('gives a newcomer two commands, and the check runs the second', () => {
    expect(blocks(readme, 'sh').slice(0, 2)).toEqual(['npm ci && npm run demo\n', 'npm ci && npm test\n'])
    expect(scripts['check']).toMatch(/(?:^|&& )npm test\b/)
  })

  it('lists every command that the bot does and no other', () => {
    const listed = table(section(readme, 'What it can do'), 'Say').map(([name]) => name)
    const done = commands.filter(({ later }) => !later)
    expect(listed.toSorted()).toEqual(done.map(({ name }) => name).toSorted())
  })
})

describe('the addresses in the documents', () => {
  let app: App
  const server = createServer((request, response) => app.koa.callback()(request, response))
  const state = memoryState()
  beforeAll(async () => {
    const hear = async () => undefined
    app = createApp({ db: {} as Db, state, hear, log: silent, metrics: createMetrics(), jobs })
    const key = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
    const config = readConfig({
      ...{ DINGTALK_CLIENT_ID: 'id', DINGTALK_CLIENT_SECRET: 'secret' },
      ...{ WECOM_BOT_TOKEN: 'token', WECOM_BOT_AES_KEY: key },
      ...{ WECOM_CORP_ID: 'corp', WECOM_APP_TOKEN: 'token', WECOM_APP_AES_KEY: key },
    })
    const tools = { botName: '小图', log: silent, state, clock: realClock }
    for (const platform of platformsOf(config, tools)) await app.add(platform)
    const pages = { db: {} as Db, links: {} as Links, clock: realClock, base: '', log: silent }
    await app.add(files(pages))
    await app.add(board(pages))
    const session = {
      keyring: testKeys,
      state,
      base: '',
      real: realClock,
      privately: [],
      push: async () => {},
    }
    await app.add(desk({ ...pages, ...session }))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(async () => {
    server.close()
    await state.close()
  })

  it('are those that the running bot has', () => {
    // A page has addresses of its own below its first.
    const page = (path: string) => path.replace(/^\/(board|desk)\/.*/, '/$1/…')
    const routes = [...new Set(app.router.stack.map(({ path }) => page(String(path))))]
    const listed = table(section(readme, 'Running it for real'), 'Address')
    expect(listed.map(([path = '']) => path.replaceAll('`', '')).toSorted()).toEqual(routes.toSorted())
    const named = mentions(
      all,
      /(?<![\w./])\/(?:webhooks|healthz|readyz|metrics|board|demo|playground)\b[\w/-]*/g,
    )
    expect(named.filter((path) => !routes.some((route) => route.startsWith(path)))).toEqual([])
  })

  it('answer a first look with curl as the README says', async () => {
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const posted = await fetch(`${origin}/webhooks/dingtalk`, { method: 'POST' })
    const got = await fetch(`${origin}/webhooks/wecom/bot`)
    expect([posted.status, got.status]).toEqual([401, 400])
    expect(readme).toContain('/webhooks/dingtalk` must answer 401')
    expect(readme).toContain('/webhooks/wecom/bot` 400')
  })
})

describe('docs/workbook.md', () => {
  const text = read('docs/workbook.md')
  const problemsOf = (pages: ReturnType<typeof smallCampaign>) =>
    (readCampaign(toSheets(pages)).problems ?? []).map(({ message }) => message)

  it.each(Object.keys(smallCampaign()))('tells the columns of %s and which of them are needed', (sheet) => {
    const rows = table(section(text, sheet), 'Column')
    expect(rows.map(([title]) => title)).toEqual(smallCampaign()[sheet]?.[0])
    for (const [title = '', mark] of rows) {
      const pages = smallCampaign()
      const at = pages[sheet]?.[0]?.indexOf(title) ?? -1
      for (const row of pages[sheet] ?? []) row.splice(at, 1)
      expect(problemsOf(pages).includes(`缺少「${title}」列`), title).toBe(mark === '✔')
    }
    const { [sheet]: _, ...without } = smallCampaign()
    const mayBeMissing = section(text, sheet).includes('This sheet may be missing')
    expect(problemsOf(without).includes('缺少这个工作表')).toBe(!mayBeMissing)
  })

  it('tells the items of 方案 and which of them are needed', () => {
    const rows = table(section(text, '方案'), 'Item')
    expect(rows.map(([item]) => item)).toEqual(
      smallCampaign()
        ['方案']?.slice(1)
        .map(([item]) => item),
    )
    for (const [item = '', mark] of rows) {
      const pages = smallCampaign()
      pages['方案'] = pages['方案']?.filter(([title]) => title !== item) ?? []
      expect(problemsOf(pages).includes(`缺少「${item}」这一项`), item).toBe(mark === '✔')
    }
  })
})
