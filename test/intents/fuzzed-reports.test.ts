// However a report is garbled, nothing is written down for another unit, indicator or number without asking.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Intent } from '../../src/intents/intent.ts'
import {
  anyReport,
  doubted,
  doubts,
  endings,
  fillers,
  homophone,
  orders,
  type Parts,
  partsOf,
  type True,
} from './fuzzed-reports.ts'
import { hearing } from './hearing.ts'

const writes = new Set(
  'progress.report report.correct report.undo report.verify deadline.extend reminder.create reminder.update reminder.cancel quiz.answer supervision.report supervision.resolve register.update admin.bind bulletin.create'.split(
    ' ',
  ),
)
const hearers = [
  { own: '金苑社区', hear: hearing('张建国', '汝河路街道') },
  { own: undefined, hear: hearing('何晓雯', '全区') },
  { own: '李江沟村', hear: hearing('赵铁柱') },
]
const hearer = fc.constantFrom(...hearers)
const isWrite = ({ intent, ask }: Intent) => writes.has(intent) && !ask
const numeral = /[\d.一二两三四五六七八九十百千万俩仨]/
const runs = { numRuns: 500 }

/** The same unit, indicator, number and operation, or a question, or nothing at all. */
function sameOrAsked(said: string, report: True, { own, hear }: (typeof hearers)[number]) {
  const heard = hear(said)
  if (!isWrite(heard)) return
  const unit = report.unit?.name ?? own
  expect({ said, intent: heard.intent, slots: { unit, ...heard.slots } }).toMatchObject({
    said,
    intent: 'progress.report',
    slots: { unit, indicator: report.indicator.name, value: report.number.value, op: report.op },
  })
  expect(heard.slots).not.toHaveProperty('items')
}

const garbledParts = (report: True, chances: number[]): Parts => {
  const { unit, indicator, number } = partsOf(report)
  let at = 0
  const swap = (words: string) =>
    [...words]
      .map((one) => {
        const chance = chances[at++ % chances.length] ?? 0
        return chance % 3 === 0 ? homophone(one, chance) : one
      })
      .join('')
  return { unit: swap(unit), indicator: swap(indicator), number }
}
/** 金苑 and 锦苑 are both places: one written for the other is no mistake that anybody could see. */
const isOther = (said: string, { unit }: True) => said.includes('锦苑') && unit !== undefined

describe('a report', () => {
  it('keeps its unit, indicator and number in any order, with fillers, stories, emoji and spaces', () => {
    const around = fc.tuple(
      fc.array(fc.constantFrom(...fillers), { maxLength: 3 }),
      fc.array(fc.constantFrom(...endings), { maxLength: 2 }),
    )
    return fc.assert(
      fc.property(
        hearer,
        anyReport,
        fc.constantFrom(...orders),
        around,
        (who, report, order, [ahead, behind]) => {
          sameOrAsked(`${ahead.join('')}${order(partsOf(report))}${behind.join('')}`, report, who)
        },
      ),
      runs,
    )
  })

  it('keeps them where its names are written by ear', () => {
    const chances = fc.array(fc.nat(1000), { minLength: 3, maxLength: 12 })
    return fc.assert(
      fc.property(hearer, anyReport, fc.constantFrom(...orders), chances, (who, report, order, some) => {
        const said = order(garbledParts(report, some))
        if (!isOther(said, report)) sameOrAsked(said, report, who)
      }),
      runs,
    )
  })

  it('keeps them with blanks and marks between any two characters', () => {
    const marks = fc.array(fc.constantFrom('', '', '', ' ', '　', '，', '、', '👌', '嗯', '啊'), {
      minLength: 5,
      maxLength: 20,
    })
    return fc.assert(
      fc.property(hearer, anyReport, fc.constantFrom(...orders), marks, (who, report, order, some) => {
        // 新增1，2个 are two numbers: a number is not torn apart.
        const said = [...order(partsOf(report))]
          .map((one, at, all) =>
            numeral.test(one) && numeral.test(all[at + 1] ?? '') ? one : one + some[at % some.length],
          )
          .join('')
        sameOrAsked(said, report, who)
      }),
      runs,
    )
  })

  it('of one unit that is next to the name of another is asked about', () => {
    for (const { hear } of hearers)
      for (const said of [
        '金苑汝河小区红色物业完成3个',
        '金苑、汝河小区红色物业完成3个',
        '汝河小区红色物业完成3个金苑',
        '棉纺路街道金苑红色物业完成3个',
        '汝河小区红色物业完成3个，金苑也是',
        '李秀英红色物业完成3个',
        '王海涛那边红色物业完成3个',
        '红色物业完成3个，李秀英的',
      ])
        expect({ said, write: isWrite(hear(said)) }).toEqual({ said, write: false })
  })
})

describe('a number is not written down without asking where it comes with', () => {
  it.each(doubts)('$kind', ({ words, where }) => {
    return fc.assert(
      fc.property(
        hearer,
        anyReport,
        fc.constantFrom(...words),
        fc.constantFrom(...where),
        ({ hear }, report, word, place) => {
          const said = doubted(partsOf(report), word, place)
          expect({ said, heard: hear(said) }).toSatisfy((one: { heard: Intent }) => !isWrite(one.heard))
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('in the group of the whole district', () => {
  it('金苑 and 锦苑 written by ear are asked about', () => {
    const { hear } = hearers[1] ?? hearers[0] ?? { hear: hearing('何晓雯', '全区') }
    for (const place of ['今苑', '今院', '静苑', '近远', '进院社区', '京园'])
      expect(isWrite(hear(`${place}红色物业3个`))).toBe(false)
  })
})
