// Looks at a workbook's zip directory, and inflates every entry within a limit, before any parser sees the file.
import { inflateRawSync } from 'node:zlib'
import { UserError } from '../errors.ts'

const maxEntries = 500
const maxInflated = 64 << 20
const endMark = 0x06054b50
const directoryMark = 0x02014b50
const localMark = 0x04034b50
/** Both old .xls files and .xlsx files with a password are OLE2 containers. */
const oleMark = Buffer.from('d0cf11e0a1b11ae1', 'hex')

const notExcel = '这不是 Excel 文件（.xlsx）。请用 Excel 或 WPS 打开，另存为 .xlsx 再发。'
const oldOrLocked =
  '这是旧版 Excel（.xls）或加了密码的文件。请用 Excel 或 WPS 打开，去掉密码，另存为 .xlsx 再发。'
const damaged = '文件不完整或已损坏，打不开。请用 Excel 打开，另存为新的 .xlsx 再发。'
const tooLarge = `文件解开后太大（超过 ${maxInflated >> 20} MB）。请只保留需要的工作表，删掉图片，再发。`
const unusual = '文件的压缩方式不支持。请用 Excel 或 WPS 打开，另存为新的 .xlsx 再发。'

interface Entry {
  name: string
  method: number
  packed: Buffer
  /** The size that the directory claims; a bomb may lie here. */
  size: number
}

/**
 * Accepts a plain .xlsx whose entries, all together, inflate to at most 64 MiB.
 * @throws UserError in words for the person who sent it
 */
export function checkWorkbook(bytes: Uint8Array): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (file.subarray(0, 8).equals(oleMark)) throw new UserError(oldOrLocked)
  if (file.toString('latin1', 0, 2) !== 'PK') throw new UserError(notExcel)
  const entries = withinBounds(() => directory(file))
  const names = entries.map((entry) => entry.name)
  if (names.includes('xl/workbook.bin')) throw new UserError(oldOrLocked.replace('.xls', '.xlsb'))
  if (!names.includes('[Content_Types].xml') || !names.some((name) => name.startsWith('xl/')))
    throw new UserError(notExcel)
  entries.reduce((left, entry) => left - inflatedSize(entry, left), maxInflated)
}

function directory(file: Buffer): Entry[] {
  const end = endOfDirectory(file)
  const count = file.readUInt16LE(end + 10)
  let at = file.readUInt32LE(end + 16)
  if (count === 0xffff || at === 0xffffffff) throw new UserError(unusual)
  if (count > maxEntries) throw new UserError(tooLarge)
  return Array.from({ length: count }, () => {
    if (file.readUInt32LE(at) !== directoryMark) throw new UserError(damaged)
    const entry = entryAt(file, at)
    at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
    return entry
  })
}

/** The end record must reach the end of the file, so that no parser can find another one. */
function endOfDirectory(file: Buffer): number {
  for (let at = file.length - 22; at >= Math.max(0, file.length - 22 - 0xffff); at--)
    if (file.readUInt32LE(at) === endMark && at + 22 + file.readUInt16LE(at + 20) === file.length) return at
  throw new UserError(damaged)
}

function entryAt(file: Buffer, at: number): Entry {
  const encrypted = (file.readUInt16LE(at + 8) & 1) === 1
  const packedSize = file.readUInt32LE(at + 20)
  const size = file.readUInt32LE(at + 24)
  const local = file.readUInt32LE(at + 42)
  if (encrypted) throw new UserError(oldOrLocked)
  if ([packedSize, size, local].includes(0xffffffff)) throw new UserError(unusual)
  if (file.readUInt32LE(local) !== localMark) throw new UserError(damaged)
  const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
  if (start + packedSize > file.length) throw new UserError(damaged)
  return {
    name: file.toString('utf8', at + 46, at + 46 + file.readUInt16LE(at + 28)),
    method: file.readUInt16LE(at + 10),
    packed: file.subarray(start, start + packedSize),
    size,
  }
}

function inflatedSize({ method, packed, size }: Entry, left: number): number {
  if (size > left || packed.length > left) throw new UserError(tooLarge)
  if (method === 0 && packed.length === size) return size
  if (method === 0) throw new UserError(damaged)
  if (method !== 8) throw new UserError(unusual)
  // One byte more than claimed is enough to see that the claim is a lie.
  const inflated = withinBounds(() => inflateRawSync(packed, { maxOutputLength: size + 1 }).length)
  if (inflated !== size) throw new UserError(damaged)
  return size
}

/** Offsets that point outside the file and broken compression are the same to a person: a damaged file. */
function withinBounds<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(damaged)
  }
}
