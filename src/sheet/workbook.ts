// A campaign workbook: ten sheets, read and checked together, so that a clerk sees everything that is wrong at once.
import { readAdjustments } from './adjustment-sheet.ts'
import { readCalendarDays } from './calendar-sheet.ts'
import type { CampaignWorkbook } from './campaign.ts'
import { readChats } from './chat-sheet.ts'
import { readIndicators } from './indicator-sheet.ts'
import { readPeople } from './people-sheet.ts'
import { readPlan } from './plan-sheet.ts'
import type { Problem } from './problems.ts'
import type { Sheet } from './read.ts'
import { readReports } from './report-sheet.ts'
import { readTargets } from './target-sheet.ts'
import { readUnits } from './unit-sheet.ts'
import { readVetoes } from './veto-sheet.ts'

/**
 * @param today in Asia/Shanghai: no number may be of a later day. Left out where a file is only looked at, or is known
 * @returns the workbook when nothing is wrong with it, else all that is wrong, in the order of the sheets
 */
export function readCampaign(
  sheets: Sheet[],
  today?: string,
): { workbook: CampaignWorkbook; problems?: never } | { problems: Problem[] } {
  const problems: Problem[] = []
  const plan = readPlan(sheets, problems)
  const units = readUnits(sheets, problems)
  const people = readPeople(sheets, units, problems)
  const indicators = readIndicators(sheets, plan, problems)
  const book = { plan, ...units, ...people, ...indicators }
  const targets = readTargets(sheets, book, problems)
  const reports = readReports(sheets, book, { targets, today }, problems)
  const chats = readChats(sheets, units, problems)
  const calendar = readCalendarDays(sheets, plan, problems)
  const adjustments = readAdjustments(sheets, units, problems)
  const vetoes = readVetoes(sheets, book, targets, problems)
  if (!plan || problems.length > 0) return { problems }
  const { units: unitEntries } = units
  return {
    workbook: {
      ...{ plan, units: unitEntries, people: people.people, indicators: indicators.indicators },
      ...{ targets, reports, chats, calendar, adjustments, vetoes },
    },
  }
}
