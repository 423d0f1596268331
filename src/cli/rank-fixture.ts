// The form of a `rank` fixture: read strictly, so that nothing is computed from what was not meant.
import { z } from 'zod'
import { decimalText } from '../campaign/decimal.ts'

/** A number, or its decimal as text; kept as the exact plain decimal. */
const decimal = z.union([z.number(), z.string()], { error: '要是数字' }).transform((given, context) => {
  const text = decimalText(typeof given === 'string' ? given.trim() : given)
  if (text !== undefined) return text
  context.issues.push({ code: 'custom', message: `“${String(given).slice(0, 40)}”不是数字`, input: given })
  return z.NEVER
})
const between = (least: number, most: number) =>
  decimal.refine((text) => Number(text) >= least && Number(text) <= most, `要在 ${least} 到 ${most} 之间`)
const atLeastZero = decimal.refine((text) => Number(text) >= 0, '不能小于 0')

/** A calendar date that exists. The calendar of workdays and of the moon is sure for this century only. */
export const date = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, { error: '日期要写成 2026-11-22 的样子', abort: true })
  .refine(isDay, { error: '没有这一天', abort: true })
  .refine((day) => day >= '2000-01-01' && day <= '2099-12-31', '日期要在 2000 年到 2099 年之间')

const code = z.string().min(1, '不能是空的')
const level = z.enum(['district', 'street', 'community', 'village'])
/** Where numbers come from unless an indicator says otherwise. */
const leaves: z.infer<typeof level>[] = ['community', 'village']
/** Left out, or null: the same. */
const optional = <T extends z.ZodType>(type: T) => type.nullish().transform((value) => value ?? undefined)

const indicator = z.object({
  code,
  kind: z.enum(['count', 'amount', 'ratio', 'yes_no', 'milestone', 'score']),
  direction: optional(z.enum(['up', 'down'])).transform((way) => way ?? 'up'),
  weight: atLeastZero,
  cap: optional(between(0, 1.2)).transform((cap) => cap ?? '1'),
  baseline: optional(decimal).transform((baseline) => baseline ?? '0'),
  target: optional(decimal),
  plan: optional(z.array(z.tuple([date, between(0, 1)]))).transform((plan) => plan ?? []),
  start: optional(date),
  due: optional(date),
  steps: optional(z.record(z.string(), between(0, 1))).transform(
    (steps) => new Map(Object.entries(steps ?? {})),
  ),
  applies_to: optional(z.array(level)).transform((levels) => levels ?? leaves),
})

const unit = z.object({
  code,
  level,
  parent: optional(z.string()),
  roster: optional(z.number()),
})

const cell = z.object({
  unit: code,
  indicator: code,
  value: optional(decimal),
  num: optional(decimal),
  den: optional(decimal),
  step: optional(z.string()),
  /** What waits for its answer, in whatever form it was given: it is not counted. */
  pending: optional(z.unknown()).transform((given) => given !== undefined && given !== false),
  as_of: optional(date),
  na: optional(z.boolean()).transform((na) => na ?? false),
  target: optional(decimal),
  baseline: optional(decimal),
  due: optional(date),
})

const version = optional(z.number().int()).transform((number) => number ?? 1)
const place = z.number().int().min(1, '名次从 1 开始').nullable()

export const fixture = z.object({
  campaign: z.object({ start: date, end: date }),
  indicators: z.array(indicator),
  units: z.array(unit),
  cells: optional(z.array(cell)).transform((cells) => cells ?? []),
  adjustments: optional(
    z.array(z.object({ unit: code, points: decimal, doc: z.string({ error: '加减分要有文号' }) })),
  ).transform((adjustments) => adjustments ?? []),
  previous: optional(
    z.object({
      rule_version: version,
      ranks: z.record(z.string(), place).transform((ranks) => new Map(Object.entries(ranks))),
    }),
  ),
  rule_version: version,
  options: optional(
    z.object({
      zero_target: optional(z.enum(['na', 'done'])),
      yellow: optional(atLeastZero),
      red: optional(atLeastZero),
    }),
  ).transform((options) => ({
    zeroTarget: options?.zero_target ?? ('na' as const),
    thresholds: { yellow: Number(options?.yellow ?? 10), red: Number(options?.red ?? 30) },
  })),
})

export type Fixture = z.infer<typeof fixture>

/** What is wrong with the form of a fixture, one line a mistake: `「cells」第4条「value」：要是数字`. */
export function mistakes(error: z.ZodError): string[] {
  return error.issues.map(({ path, message }) => {
    const where = path
      .map((key) => (typeof key === 'number' ? `第${key + 1}条` : `「${String(key)}」`))
      .join('')
    return where ? `${where}：${message}` : message
  })
}

/** How mistakes of form are said, where a field does not say it itself. */
export const inChinese: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'invalid_value') return `只能是 ${issue.values.join('、')}`
  if (issue.code === 'invalid_type')
    return issue.input === undefined ? '没有写' : `要是${types[issue.expected] ?? issue.expected}`
  if (issue.code === 'too_small' || issue.code === 'too_big') return '个数或大小不对'
  return '写法不对'
}

const types: Record<string, string> = {
  ...{ string: '文字', number: '数字', int: '整数', boolean: ' true 或 false', array: '列表 [ ]' },
  ...{ object: '对象 { }', record: '对象 { }', tuple: '[日期, 份额]' },
}

function isDay(text: string): boolean {
  const moment = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().slice(0, 10) === text
}
