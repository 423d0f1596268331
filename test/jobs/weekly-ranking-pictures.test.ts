// The pictures of the Friday ranking: with the words when they can be drawn, and never in the way of the words.
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { weeklyRanking } from '../../jobs/weekly-ranking.ts'
import { snapshotAt } from '../../src/database/snapshots.ts'
import { writing } from '../../src/database/writing.ts'
import { drawWallChart, type WallChart } from '../../src/picture/wall-chart.ts'
import { pushing, stillClock } from '../support/example.ts'
import { friday, rankingWorld, run } from './ranking-world.ts'

async function friday18(draw: (chart: WallChart) => Promise<Buffer>, mostMs = 10_000) {
  const { db, roster } = await rankingWorld()
  const logged: Record<string, unknown>[] = []
  const sink = new Writable({
    write(line, _encoding, done) {
      logged.push(JSON.parse(String(line)))
      done()
    },
  })
  const job = weeklyRanking({ draw: (chart) => draw(chart), mostMs })
  const again = () => run(db, friday, pushing(stillClock(friday)), { job, log: pino(sink) })
  const queued = async () => {
    const rows = await db
      .selectFrom('outbox')
      .innerJoin('chat', 'chat.id', 'outbox.chat_id')
      .orderBy('chat.chat_id')
      .select(['chat.chat_id', 'reply', 'state'])
      .execute()
    return rows.map(({ chat_id, reply, state }) => {
      const pictures = reply.blocks.filter(({ kind }) => kind === 'image').length
      return `${chat_id} ${state} ${reply.title} ${pictures}`
    })
  }
  return { db, roster, logged, again, queued }
}

const words = [
  ...['cid-ruhelu queued 汝河路街道周排名（11月27日）', 'cid-zhongyuan queued 全区周排名（11月27日）'],
  ...['wr-ruhelu queued 汝河路街道周排名（11月27日）', 'wr-zhongyuan queued 全区周排名（11月27日）'],
]

it('are drawn once for all groups of a unit', async () => {
  const drawn: string[] = []
  const { again, queued } = await friday18((chart) => {
    drawn.push(chart.subtitle.split(' ')[0] ?? '')
    return drawWallChart(chart)
  })
  await again()
  expect(drawn.toSorted()).toEqual(['全区', '汝河路街道'].toSorted())
  expect(await queued()).toEqual(words.map((one) => `${one} 1`))
})

it('that cannot be drawn are left out: the snapshot is there, the words go out, the log says why under an id', async () => {
  const { db, roster, logged, again, queued } = await friday18((chart) =>
    chart.subtitle.startsWith('全区')
      ? Promise.reject(new Error('the font is missing'))
      : drawWallChart(chart),
  )
  await again()
  expect(await snapshotAt(db, roster.campaign.id, new Date(friday))).toBeDefined()
  expect(await queued()).toEqual(words.map((one) => `${one} ${one.includes('全区') ? 0 : 1}`))
  expect(logged).toMatchObject([
    {
      ...{ level: 50, id: expect.stringMatching(/^[0-9a-f]{4}$/), unit: roster.root.id },
      ...{ msg: 'a week goes out without its picture', err: { message: 'the font is missing' } },
    },
  ])
})

it('that never come are waited for only a while', async () => {
  const { logged, again, queued } = await friday18(() => new Promise(() => undefined), 20)
  await again()
  expect(await queued()).toEqual(words.map((one) => `${one} 0`))
  expect(logged[0]).toMatchObject({ err: { message: 'not drawn within 20 ms' } })
})

it('hold nobody up: meanwhile the campaign is written to', async () => {
  const { db, roster, again, queued } = await friday18(async (chart) => {
    await writing(db, roster.campaign.id, async () => undefined)
    return drawWallChart(chart)
  })
  await again()
  expect(await queued()).toEqual(words.map((one) => `${one} 1`))
})

it('that end the process cost no message, and none goes out twice', async () => {
  let isBroken = true
  const { db, again, queued } = await friday18(async (chart) => {
    // The whole job ends here, as if the process had.
    if (isBroken) await new Promise(() => undefined)
    return drawWallChart(chart)
  })
  void again()
  await expect
    .poll(() =>
      db
        .selectFrom('snapshot')
        .where('taken_at', '=', new Date(friday))
        .execute()
        .then((rows) => rows.length),
    )
    .toBe(1)
  isBroken = false
  await again()
  await again()
  expect(await queued()).toEqual(words.map((one) => `${one} 1`))
})
