// What is wrong comes back in the file itself: a last column 「问题」, and red cells.

import { answerMark, answerTitle } from './grid.ts'
import { checkWorkbook } from './guard.ts'
import type { Problem } from './problems.ts'
import { type Bounds, bounds, inThread } from './thread.ts'
import { key } from './values.ts'

/**
 * @param bytes a file that `readSheets` has read
 * @param problems what `readCampaign` or `readNumbers` found in it
 * @returns the same workbook with a column of answers on every sheet that has problems; of an old .xls, which nobody can
 * write any more, its cells and merged cells as .xlsx. Another time the column is filled anew
 * @throws UserError when the file cannot be read
 */
export async function annotate(
  bytes: Uint8Array,
  problems: Problem[],
  within: Bounds = bounds,
): Promise<Uint8Array> {
  const { kind } = await checkWorkbook(bytes)
  // A sheet is found as its reader finds it, whatever spaces are in its name.
  const keyed = problems.map((problem) => ({ ...problem, key: key(problem.sheet) }))
  const data = { bytes, kind, problems: keyed, answerTitle, answerMark }
  return inThread('./annotate-worker.mjs', data, within, (answer: Uint8Array) => answer)
}
