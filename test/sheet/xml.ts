// The parts of a workbook as they are in the file.
import { inflateRawSync } from 'node:zlib'
import { zipParts } from '../../src/sheet/zip.ts'

/** The text of every part, by its name. */
export function partsOf(bytes: Buffer): Map<string, string> {
  return new Map(
    zipParts(bytes).map(({ name, method, start, end }) => {
      const packed = bytes.subarray(start, end)
      return [name, (method === 8 ? inflateRawSync(packed) : packed).toString()]
    }),
  )
}
