// The example campaign as read from its file, for the tests of its promises.
import { readFileSync } from 'node:fs'
import type { CampaignWorkbook, IndicatorEntry } from '../../src/sheet/campaign.ts'
import { describeProblems } from '../../src/sheet/problems.ts'
import { readSheets } from '../../src/sheet/read.ts'
import { readCampaign } from '../../src/sheet/workbook.ts'

export const exampleFile = readFileSync('examples/中原区.xlsx')

/** The campaign with ways to look things up in it. */
export async function readExample() {
  const parsed = readCampaign(await readSheets(exampleFile))
  if (parsed.problems) throw new Error(describeProblems(parsed.problems).join('\n'))
  const { workbook } = parsed
  const { units } = workbook
  const unitBy = new Map(units.flatMap((unit) => [[unit.code, unit] as const, [unit.name, unit] as const]))
  const nameOf = (code: string | null) => unitBy.get(code ?? '')?.name ?? ''
  return { workbook, unitBy, nameOf, cells: cellsOf(workbook, nameOf) }
}

function byCode({ indicators }: CampaignWorkbook, code: string): IndicatorEntry {
  const found = indicators.find((indicator) => indicator.code === code)
  if (!found) throw new Error(code)
  return found
}

/** Every target with its indicator and the newest report of its cell. */
function cellsOf(workbook: CampaignWorkbook, nameOf: (code: string) => string) {
  const key = (entry: { unit: string; indicator: string }) => `${entry.unit}/${entry.indicator}`
  const byDate = workbook.reports.toSorted((a, b) => (a.asOf < b.asOf ? -1 : 1))
  const newest = new Map(byDate.map((report) => [key(report), report]))
  return workbook.targets.map((target) => ({
    ...{ target, indicator: byCode(workbook, target.indicator), report: newest.get(key(target)) },
    unit: nameOf(target.unit),
  }))
}
