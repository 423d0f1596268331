// How far a unit is altogether, where only the first three are told: on pictures and boards as much as in the chat.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chartThen } from '../../src/board-picture.ts'
import { unitPageOf } from '../../src/unit-page.ts'
import { wallChartOf } from '../../src/wall-chart.ts'
import { gridPieces, type Piece } from '../../src/web/board/grid.ts'
import { unitPieces } from '../../src/web/board/unit.ts'
import { admin, clerk, privately, secretary, type Talk, talk } from './harness.ts'
import { viewers } from './viewer.ts'

const neighbour = { id: 'lixiuying', name: '李秀英' }
const [own, other, community] = ['汝河路街道', '桐柏路街道', '金苑社区'] as const

let bot: Talk
let see: Awaited<ReturnType<typeof viewers>>
beforeAll(async () => {
  bot = await talk()
  await visibility('top3')
})
afterAll(() => bot.close())

async function visibility(value: 'full' | 'top3') {
  await sql`update campaign set settings = settings || jsonb_build_object('ranking_visibility', ${value}::text),
    roster_version = roster_version + 1, revision = revision + 1`.execute(bot.db)
  see = await viewers(bot)
}

type Who = { name: string }
/** What each of them shows of the total, as one text: the figures, and whether there is a trend. */
const shows = {
  'the picture': async (who: Who, chat: string | undefined, unit: string) =>
    JSON.stringify((await wallChartOf(await see.viewing(who, chat), see.unitNamed(unit))).figures),
  'the picture of a week': async (who: Who, chat: string | undefined, unit: string) =>
    JSON.stringify(
      (await chartThen(await see.viewing(who, chat), see.unitNamed(unit), '2026-11-20')).chart.figures,
    ),
  'the board': async (who: Who, chat: string | undefined, unit: string) =>
    boardText(await gridPieces(await see.viewing(who, chat), see.unitNamed(unit))),
}
const showsOne = {
  'its picture': async (who: Who, chat?: string) =>
    JSON.stringify((await unitPageOf(await see.viewing(who, chat), see.unitNamed(community))).figures),
  'its board': async (who: Who, chat?: string) =>
    boardText(await unitPieces(await see.viewing(who, chat), see.unitNamed(community))),
}
const boardText = (pieces: Piece[]) =>
  pieces
    .filter(({ id }) => id === 'figures' || id === 'trend')
    .map(({ html: { html } }) => html)
    .join('\n')

const told = /总体完成(?:","value":"|<\/span><strong>)\d+\.\d\d/
const hidden = (text: string) => {
  expect(text).toContain('不列')
  expect(text).toContain('只公布前三名的得分，序时 8')
  expect(text).not.toMatch(told)
  expect(text).not.toMatch(/对比序时|比上周|比11月|名次|八周走势/)
}

describe.each(Object.entries(shows))('%s of a street', (name, show) => {
  it('is without it for another street, in private and in the group', async () => {
    hidden(await show(neighbour, undefined, other))
    hidden(await show(neighbour, own, other))
    hidden(await show(clerk, undefined, other))
  })

  it('has it for its own people and, in private, for who looks after it', async () => {
    for (const [who, chat] of [
      [neighbour, undefined],
      [neighbour, own],
      [clerk, undefined],
      [admin, undefined],
    ] as const)
      expect(await show(who, chat, own)).toMatch(told)
    expect(await show(admin, undefined, other)).toMatch(told)
    if (name === 'the board') expect(await show(neighbour, undefined, own)).toContain('八周走势')
  })

  it('of the district has it for everybody', async () => {
    expect(await show(neighbour, undefined, '全区')).toMatch(told)
    expect(await show(neighbour, own, '全区')).toMatch(told)
  })
})

describe.each(Object.entries(showsOne))('of a community %s', (_, show) => {
  it('is without it for the neighbour, in private and in the group', async () => {
    hidden(await show(neighbour))
    hidden(await show(neighbour, own))
    hidden(await show(clerk, own))
  })

  it('has it for its own secretary and, in private, for who looks after it', async () => {
    for (const text of [await show(secretary), await show(secretary, own), await show(clerk)])
      expect(text).toMatch(told)
  })
})

it('is not told beside the schedule either', async () => {
  const text = '金苑落后序时多少'
  expect(await bot.say(text, privately(neighbour))).toMatch(/^金苑社区序时.*\n序时 \d/)
  expect(await bot.say(text, privately(secretary))).toMatch(/\n总体完成 \d+/)
})

describe('under full', () => {
  beforeAll(() => visibility('full'))

  it.each(Object.entries(shows))('%s has it for everybody', async (_, show) => {
    expect(await show(neighbour, own, other)).toMatch(told)
  })

  it.each(Object.entries(showsOne))('%s has it for everybody', async (_, show) => {
    expect(await show(neighbour, own)).toMatch(told)
  })
})
