// The directory of a zip file: where its parts are, read without trusting any of it.
import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { UserError } from '../errors.ts'
import { damaged, locked, maxInflated, tooLarge, unusual } from './refusals.ts'

const maxEntries = 500
const endMark = 0x06054b50
const directoryMark = 0x02014b50
const localMark = 0x04034b50
const inflate = promisify(inflateRaw)

export interface Part {
  name: string
  method: number
  /** Where its packed bytes are in the file. */
  start: number
  end: number
  /** The size that the directory claims; a bomb may lie here. */
  size: number
}

/** @throws UserError when it is no zip file that can be read whole */
export function zipParts(file: Buffer): Part[] {
  return withinBounds(() => directory(file))
}

function directory(file: Buffer): Part[] {
  const end = endOfDirectory(file)
  const count = file.readUInt16LE(end + 10)
  let at = file.readUInt32LE(end + 16)
  if (count === 0xffff || at === 0xffffffff) throw new UserError(unusual)
  if (count > maxEntries) throw new UserError(tooLarge)
  return Array.from({ length: count }, () => {
    if (file.readUInt32LE(at) !== directoryMark) throw new UserError(damaged)
    const part = partAt(file, at)
    at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
    return part
  })
}

/** The end record must reach the end of the file, so that no parser can find another one. */
function endOfDirectory(file: Buffer): number {
  for (let at = file.length - 22; at >= Math.max(0, file.length - 22 - 0xffff); at--)
    if (file.readUInt32LE(at) === endMark && at + 22 + file.readUInt16LE(at + 20) === file.length) return at
  throw new UserError(damaged)
}

function partAt(file: Buffer, at: number): Part {
  const encrypted = (file.readUInt16LE(at + 8) & 1) === 1
  const packedSize = file.readUInt32LE(at + 20)
  const size = file.readUInt32LE(at + 24)
  const local = file.readUInt32LE(at + 42)
  if (encrypted) throw new UserError(locked)
  if ([packedSize, size, local].includes(0xffffffff)) throw new UserError(unusual)
  if (file.readUInt32LE(local) !== localMark) throw new UserError(damaged)
  const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
  if (start + packedSize > file.length) throw new UserError(damaged)
  return {
    name: file.toString('utf8', at + 46, at + 46 + file.readUInt16LE(at + 28)),
    method: file.readUInt16LE(at + 10),
    ...{ start, end: start + packedSize },
    size,
  }
}

/**
 * Inflates every part, outside the event loop, and forgets it: then the parser may do so too.
 * @throws UserError when a part is damaged, or all together are larger than what is read
 */
export async function checkSizes(file: Buffer, parts: Part[]): Promise<void> {
  let left = maxInflated
  for (const { method, start, end, size } of parts) {
    const packed = file.subarray(start, end)
    if (size > left || packed.length > left) throw new UserError(tooLarge)
    left -= size
    if (method === 0 && packed.length === size) continue
    if (method === 0) throw new UserError(damaged)
    if (method !== 8) throw new UserError(unusual)
    // One byte more than claimed is enough to see that the claim is a lie.
    const inflated = await inflate(packed, { maxOutputLength: size + 1 }).catch(() => undefined)
    if (inflated?.length !== size) throw new UserError(damaged)
  }
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
