// Looks into a file before any parser does: what it is, whether it is whole, and whether it fits into memory.
import { UserError } from '../errors.ts'
import { workbookRecords } from './ole.ts'
import { maxOld, oldTooLarge, otherFile, otherZip } from './refusals.ts'
import { checkSizes, type Part, zipParts } from './zip.ts'

/** Both old .xls files and .xlsx files with a password are OLE2 containers. */
const oleMark = Buffer.from('d0cf11e0a1b11ae1', 'hex')

export type Workbook = { kind: 'xlsx'; parts: Part[] } | { kind: 'xls'; records: Buffer }

/**
 * Accepts a plain .xlsx whose parts, all together, inflate to at most 64 MiB, and an old .xls of at most 5 MiB. Macros
 * are parts like others: nobody runs them.
 * @throws UserError in words for the person who sent it
 */
export async function checkWorkbook(bytes: Uint8Array): Promise<Workbook> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (file.subarray(0, 8).equals(oleMark)) {
    const records = workbookRecords(file)
    if (file.length > maxOld) throw new UserError(oldTooLarge)
    return { kind: 'xls', records }
  }
  if (file.toString('latin1', 0, 2) !== 'PK') throw new UserError(otherFile(file))
  const parts = zipParts(file)
  const names = parts.map(({ name }) => name)
  const isWorkbook = names.includes('[Content_Types].xml') && names.some((name) => name.startsWith('xl/'))
  if (!isWorkbook || names.includes('xl/workbook.bin')) throw new UserError(otherZip(names))
  await checkSizes(file, parts)
  return { kind: 'xlsx', parts }
}
