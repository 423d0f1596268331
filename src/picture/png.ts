// Packs pixels as a PNG (RFC 2083), a strip at a time, so that others have their turn between: the canvas's own way takes
// several times as long for large even areas, and holds the whole picture in memory.
import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { setImmediate as turn } from 'node:timers/promises'
import { crc32, createDeflate } from 'node:zlib'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Eight bits each of red, green, blue and opacity; no interlacing. */
const format = [8, 6, 0, 0, 0]

/** A part of a picture, as wide as all of it. */
export interface PixelStrip {
  /** In pixels. */
  height: number
  /** @returns RGBA, row by row */
  read(): Uint8ClampedArray
}

/** @param strips from top to bottom; each is read when those above it are packed */
export async function pngOf(width: number, strips: PixelStrip[]): Promise<Buffer> {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(
    strips.reduce((sum, { height }) => sum + height, 0),
    4,
  )
  head.set(format, 8)
  const packer = createDeflate({ level: 3 })
  const packed = buffer(packer)
  for (const { height, read } of strips) {
    if (!packer.write(unfiltered(read(), width, height))) await once(packer, 'drain')
    await turn()
  }
  packer.end()
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', await packed),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A zero before each row: no filter. */
function unfiltered(pixels: Uint8ClampedArray, width: number, rows: number): Buffer {
  const row = width * 4
  const strip = Buffer.alloc((row + 1) * rows)
  for (let y = 0; y < rows; y++) strip.set(pixels.subarray(y * row, (y + 1) * row), y * (row + 1) + 1)
  return strip
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const whole = Buffer.alloc(body.length + 8)
  whole.writeUInt32BE(data.length, 0)
  body.copy(whole, 4)
  whole.writeUInt32BE(crc32(body), body.length + 4)
  return whole
}
