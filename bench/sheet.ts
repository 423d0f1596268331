// What it costs to read and check a clerk's workbook of 20,000 numbers, with a column of mistakes to be written back.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Known } from '../src/sheet/numbers.ts'
import { readSheets } from '../src/sheet/read.ts'
import { readCampaign } from '../src/sheet/workbook.ts'
import { writeWorkbook } from '../src/sheet/write.ts'

export interface SheetCosts {
  numbers: number
  /** In milliseconds, as all that follows but `megabytes`. */
  reading: number
  /** The longest time for which nothing else could be done meanwhile. */
  heldReading: number
  checking: number
  heldChecking: number
  answering: number
  heldAnswering: number
  /** The most that the process ever had, when it had read and checked. */
  megabytes: number
}

const rows = 20_000
const beginning = Date.UTC(2026, 2, 2)
const day = 86_400_000

/** @param memory how a program is started that is measured @returns what to say about it */
export async function benchSheet(memory: string[]): Promise<string[]> {
  const known = await exampleKnown()
  const directory = mkdtempSync(join(tmpdir(), 'guatu-bench-'))
  try {
    writeFileSync(join(directory, 'known.json'), JSON.stringify(known))
    writeFileSync(join(directory, 'numbers.xlsx'), await manyNumbers(known))
    const { stdout } = await promisify(execFile)('node', [
      ...memory,
      'dist/bench/sheet-process.js',
      directory,
    ])
    return linesOf(JSON.parse(stdout))
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function linesOf({
  numbers,
  reading,
  heldReading,
  checking,
  heldChecking,
  megabytes,
  ...costs
}: SheetCosts): string[] {
  const ms = (time: number) => `${time.toFixed(0)} ms`
  return [
    `workbook of ${numbers} numbers: read in ${ms(reading)} and checked in ${ms(checking)} (goal ≤ 3000 together), ` +
      `${megabytes.toFixed(0)} MB (goal ≤ 250), event loop held ${ms(heldReading)} while reading, ${ms(heldChecking)} while checking`,
    `the same with 1,000 mistakes written back: ${ms(costs.answering)}, event loop held ${ms(costs.heldAnswering)} at most`,
  ]
}

async function exampleKnown(): Promise<Known> {
  const read = readCampaign(await readSheets(await readFile('examples/中原区.xlsx')))
  if (read.problems) throw new Error(JSON.stringify(read.problems))
  const { workbook } = read
  const ids = new Map(workbook.units.map(({ code }, at) => [code, at + 1]))
  return {
    units: workbook.units.map(({ code, name, aliases, level, parent }, at) => ({
      ...{ id: at + 1, code, name, aliases, level, parent: ids.get(parent ?? '') ?? null },
    })),
    indicators: workbook.indicators.map(({ code, name, aliases, kind, uom, steps }, at) => ({
      ...{ id: at + 1, code, name, aliases, kind, uom },
      steps: Object.fromEntries(steps.map(([step, share]) => [step, Number(share)])),
    })),
    ...{ starts: workbook.plan.starts, ends: workbook.plan.ends },
  }
}

/** A row a number: every unit and indicator, week by week. */
function manyNumbers({ units, indicators }: Known): Promise<Uint8Array> {
  const places = units.filter(({ level }) => level === 'community' || level === 'village')
  const titles = ['街道', '单位', '指标', '日期', '数值', '分子', '分母', '节点', '报送人', '备注']
  const street = new Map(units.map(({ id, name }) => [id, name]))
  const all = Array.from({ length: rows }, (_, at) => {
    const unit = places[at % places.length]
    const indicator = indicators[Math.floor(at / places.length) % indicators.length]
    const week = Math.floor(at / places.length / indicators.length)
    const value = indicator?.kind === 'ratio' ? null : indicator?.kind === 'yes_no' ? '是' : at % 97
    const isStep = indicator?.kind === 'milestone'
    return [
      ...[street.get(unit?.parent ?? 0) ?? '', unit?.name ?? '', indicator?.name ?? ''],
      ...[new Date(beginning + week * 7 * day), isStep ? null : value],
      ...(value === null ? [at % 40, 40] : [null, null]),
      ...[isStep ? (Object.keys(indicator.steps)[0] ?? '') : null, '李梅', `第${at}行`],
    ]
  })
  const columns = titles.map((title) => ({ title, width: 12 }))
  return writeWorkbook([{ name: '数据上报', columns, rows: all }], new Date(0))
}
