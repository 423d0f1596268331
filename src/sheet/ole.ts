// OLE2 containers: old .xls workbooks, and newer ones that a password was put on. Only what tells them apart is read here.
import { UserError } from '../errors.ts'
import { damaged, locked, otherOle } from './refusals.ts'

const lastSector = 0xfffffffa
const entrySize = 128
/** Both names of the stream that holds a workbook's records. */
const workbookNames = ['Workbook', 'Book']
const filePass = 0x2f
const endOfRecords = 0x0a

/**
 * @returns the records of an old workbook
 * @throws UserError when it is something else, is locked, or is broken
 */
export function workbookRecords(file: Buffer): Buffer {
  const entries = withinFile(() => directory(file))
  const names = entries.map(({ name }) => name)
  if (names.includes('EncryptedPackage') || names.includes('EncryptionInfo')) throw new UserError(locked)
  const workbook = entries.find(({ name }) => workbookNames.includes(name))
  if (!workbook) throw new UserError(otherOle(names))
  return withinFile(() => {
    const records = contentOf(file, workbook, entries[0])
    if (isLocked(records)) throw new UserError(locked)
    return records
  })
}

interface Stream {
  name: string
  first: number
  size: number
}

function directory(file: Buffer): Stream[] {
  const bytes = chain(file, file.readUInt32LE(48))
  return Array.from({ length: Math.floor(bytes.length / entrySize) }, (_, n) => {
    const at = n * entrySize
    const length = Math.max(0, Math.min(64, bytes.readUInt16LE(at + 64)) - 2)
    const name = bytes.toString('utf16le', at, at + length)
    return { name, first: bytes.readUInt32LE(at + 116), size: bytes.readUInt32LE(at + 120) }
  })
}

/** A small stream lies in sectors of 64 bytes within the stream of the root. */
function contentOf(file: Buffer, { first, size }: Stream, root: Stream | undefined): Buffer {
  if (size >= file.readUInt32LE(56) || !root) return chain(file, first).subarray(0, size)
  const small = chain(file, root.first)
  const table = chain(file, file.readUInt32LE(60))
  const sectors = follow(small, first, {
    size: 64,
    skipped: 0,
    next: (sector) => table.readUInt32LE(sector * 4),
  })
  return sectors.subarray(0, size)
}

function chain(file: Buffer, first: number): Buffer {
  const size = 1 << file.readUInt16LE(30)
  if (size !== 512 && size !== 4096) throw new RangeError('sector size')
  return follow(file, first, { size, skipped: 1, next: allocation(file, size) })
}

/** Sectors one after the other. A chain that is longer than the file runs in a circle. */
function follow(
  file: Buffer,
  first: number,
  { size, skipped, next }: { size: number; skipped: number; next(sector: number): number },
): Buffer {
  const sectors: Buffer[] = []
  for (let sector = first; sector < lastSector; sector = next(sector)) {
    const at = (sector + skipped) * size
    if (sectors.length > file.length / size || at >= file.length) throw new RangeError('sector chain')
    sectors.push(file.subarray(at, at + size))
  }
  return Buffer.concat(sectors)
}

/** The table that says which sector follows which. */
function allocation(file: Buffer, size: number): (sector: number) => number {
  const tables: number[] = []
  for (let at = 76; at < 512; at += 4) tables.push(file.readUInt32LE(at))
  const perSector = size / 4 - 1
  for (let more = file.readUInt32LE(68); more < lastSector; ) {
    const at = (more + 1) * size
    for (let n = 0; n < perSector; n++) tables.push(file.readUInt32LE(at + n * 4))
    if (tables.length > file.length / 4) throw new RangeError('sector tables')
    more = file.readUInt32LE(at + perSector * 4)
  }
  return (sector) => {
    const table = tables[Math.floor((sector * 4) / size)] ?? lastSector
    return table >= lastSector ? lastSector : file.readUInt32LE((table + 1) * size + ((sector * 4) % size))
  }
}

/** The record FILEPASS stands among the first ones, in clear. */
function isLocked(records: Buffer): boolean {
  for (let at = 0; at + 4 <= records.length; at += 4 + records.readUInt16LE(at + 2)) {
    const id = records.readUInt16LE(at)
    if (id === filePass) return true
    if (id === endOfRecords) return false
  }
  return false
}

function withinFile<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(damaged)
  }
}
