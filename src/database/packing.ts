// Columns of whole numbers as the database keeps them: big-endian, as its own int8send, int4send and int2send write them.

export function packInts(column: Int32Array): Buffer {
  return Buffer.from(Buffer.from(bytesOf(column))).swap32()
}

export function packShorts(column: Uint16Array): Buffer {
  return Buffer.from(Buffer.from(bytesOf(column))).swap16()
}

export function packIds(ids: Float64Array): Buffer {
  const packed = Buffer.allocUnsafe(ids.length * 8)
  for (const [at, id] of ids.entries()) packed.writeBigInt64BE(BigInt(id), at * 8)
  return packed
}

export function unpackInts(packed: Uint8Array): Int32Array {
  const bytes = Buffer.from(packed)
  bytes.swap32()
  return new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
}

export function unpackShorts(packed: Uint8Array): Uint16Array {
  const bytes = Buffer.from(packed)
  bytes.swap16()
  return new Uint16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
}

export function unpackIds(packed: Uint8Array): Float64Array {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.length)
  return Float64Array.from({ length: bytes.length / 8 }, (_, at) => Number(bytes.readBigInt64BE(at * 8)))
}

export const bytesOf = ({
  buffer,
  byteOffset,
  byteLength,
}: Float64Array | Uint16Array | Int32Array | Uint8Array) => new Uint8Array(buffer, byteOffset, byteLength)
