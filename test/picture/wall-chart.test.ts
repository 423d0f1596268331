// The picture of the wall chart: it looks as it was looked at, and stands whatever is written on it.
import { readFileSync } from 'node:fs'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { drawable, inLines, paper, width } from '../../src/picture/canvas.ts'
import { drawUnitPage, type IndicatorRow, type UnitPage } from '../../src/picture/unit-page.ts'
import { drawWallChart } from '../../src/picture/wall-chart.ts'
import { chartOf, streets } from './charts.ts'

/** What the group robots of WeCom take (`protocols/wecom.md`). */
const mostBytes = 2 << 20
const sizeOf = async (png: Buffer) => {
  const { width, height } = await loadImage(png)
  return { width, height }
}

/** Every tenth pixel, so that a hair's breadth makes no difference. */
async function coarse(png: Buffer): Promise<{ size: string; pixels: Uint8ClampedArray }> {
  const image = await loadImage(png)
  const [w, h] = [Math.round(image.width / 10), Math.round(image.height / 10)]
  const pen = createCanvas(w, h).getContext('2d')
  pen.drawImage(image, 0, 0, w, h)
  return { size: `${image.width}×${image.height}`, pixels: pen.getImageData(0, 0, w, h).data }
}

describe('the wall chart of a district', () => {
  it('looks like the picture that was looked at and kept', async () => {
    const now = await coarse(await drawWallChart(chartOf(streets)))
    const kept = await coarse(readFileSync('test/fixtures/pictures/district.png'))
    expect(now.size).toBe(kept.size)
    const off = now.pixels.reduce((sum, one, at) => sum + Math.abs(one - (kept.pixels[at] ?? 0)), 0)
    expect(off / now.pixels.length).toBeLessThan(2)
  })

  it('is 1080 pixels wide and at most 2 MB', async () => {
    const png = await drawWallChart(chartOf(streets))
    expect((await sizeOf(png)).width).toBe(width)
    expect(png.length).toBeLessThan(mostBytes)
  })

  it('holds 40 communities with names of 30 characters', async () => {
    const names = Array.from({ length: 40 }, (_, at) =>
      `第${at}号名字特别特别长的社区居民委员会网格党支部第一小组`.slice(0, 30),
    )
    const png = await drawWallChart(chartOf(names))
    expect(png.length).toBeLessThan(mostBytes)
    expect((await sizeOf(png)).height).toBeGreaterThan(40 * 84)
  })

  it.each([
    ['all red', { lamp: 'red' }],
    ['all done', { lamp: 'done' }],
    ['nothing reported', { lamp: 'yellow', missing: true }],
    ['nothing that concerns anybody', { lamp: 'grey' }],
  ] as const)('can be %s', async (_, mark) => {
    expect((await drawWallChart(chartOf(streets, () => mark))).length).toBeLessThan(mostBytes)
  })

  it('can be without rows, columns and numbers', async () => {
    const bare = { ...chartOf([]), columns: [], figures: [], notes: [], legend: [] }
    expect((await sizeOf(await drawWallChart(bare))).width).toBe(width)
  })

  it('is drawn whatever is written on it', async () => {
    const hostile = ['<script>alert(1)</script>', '=1+1', '🎉🎉', '一\n二\u202e三', '', '𠮷野家'.repeat(20)]
    expect((await drawWallChart(chartOf(hostile))).length).toBeLessThan(mostBytes)
  })
})

const page = (rows: IndicatorRow[]): UnitPage => {
  const { figures, legend, notes, footer } = chartOf([])
  return {
    title: '金苑社区 · 作战挂图',
    subtitle: '汝河路街道 · 11月22日',
    ...{ figures, legend, notes, footer, rows },
  }
}
const rows = (['done', 'green', 'yellow', 'red', 'grey'] as const).map(
  (lamp, at): IndicatorRow => ({
    ...{ mark: { lamp }, name: '无主管楼院党组织覆盖率'.slice(0, 4 + at), shown: '14.1/17.7万元' },
    ...(lamp !== 'grey' && { bar: { share: 1.2 - at * 0.3, schedule: 0.87, text: '75%，序时87.25%' } }),
    below: '张建国 · 12月31日截止',
  }),
)

describe('the page of one unit', () => {
  it('looks like the picture that was looked at and kept', async () => {
    const now = await coarse(await drawUnitPage(page(rows)))
    const kept = await coarse(readFileSync('test/fixtures/pictures/unit.png'))
    expect(now.size).toBe(kept.size)
    const off = now.pixels.reduce((sum, one, at) => sum + Math.abs(one - (kept.pixels[at] ?? 0)), 0)
    expect(off / now.pixels.length).toBeLessThan(2)
  })

  it('is drawn whatever is written on it, and with nothing', async () => {
    const hostile = rows.map((row) => ({
      ...row,
      name: '<b>🎉\n'.repeat(30),
      shown: '9'.repeat(80),
      below: '',
    }))
    expect((await drawUnitPage(page(hostile))).length).toBeLessThan(mostBytes)
    expect((await sizeOf(await drawUnitPage(page([])))).width).toBe(width)
  })
})

describe('text', () => {
  it('is drawn without emoji, line breaks and marks of direction', () => {
    expect(drawable('一🎉二\n三\u202e四')).toBe('一二 三 四')
  })

  it('is cut with … where it does not fit', () => {
    const pen = paper(10)
    expect(inLines(pen, '短', 200, 2)).toEqual(['短'])
    const rows = inLines(pen, '名字特别特别长的社区居民委员会', 120, 2)
    expect(rows).toHaveLength(2)
    expect(rows[1]).toMatch(/…$/)
  })
})
