// Zip files made by hand, also such as no honest program would make.
import { deflateRawSync } from 'node:zlib'

export interface ZipEntry {
  name: string
  data: Buffer | string
  method?: number
  /** What the directory says about the inflated and the packed size; a lie when given. */
  size?: number
  packedSize?: number
  flags?: number
}

export function zip(entries: ZipEntry[], { tail = Buffer.alloc(0), count = entries.length } = {}): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, data, method = 8, flags = 0, ...claims } of entries) {
    const raw = Buffer.from(data)
    const packed = method === 8 ? deflateRawSync(raw) : raw
    const sizes = { packed: claims.packedSize ?? packed.length, size: claims.size ?? raw.length }
    const local = Buffer.concat([
      header(0x04034b50, 30, { method, flags, sizes, name }, 6),
      Buffer.from(name),
      packed,
    ])
    const central = header(0x02014b50, 46, { method, flags, sizes, name }, 8)
    central.writeUInt32LE(at, 42)
    directory.push(central, Buffer.from(name))
    locals.push(local)
    at += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, central, end, tail])
}

interface Facts {
  method: number
  flags: number
  sizes: { packed: number; size: number }
  name: string
}

/** A local and a directory header have the same fields, shifted by two bytes. */
function header(
  mark: number,
  length: number,
  { method, flags, sizes, name }: Facts,
  flagsAt: number,
): Buffer {
  const bytes = Buffer.alloc(length)
  bytes.writeUInt32LE(mark, 0)
  bytes.writeUInt16LE(flags, flagsAt)
  bytes.writeUInt16LE(method, flagsAt + 2)
  bytes.writeUInt32LE(sizes.packed, flagsAt + 12)
  bytes.writeUInt32LE(sizes.size, flagsAt + 16)
  bytes.writeUInt16LE(Buffer.byteLength(name), flagsAt + 20)
  return bytes
}

const mainPart = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** The parts of the smallest workbook, with one sheet of the given XML. */
export function workbookParts(sheetXml: string): ZipEntry[] {
  return [
    {
      name: '[Content_Types].xml',
      data: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${mainPart}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${mainPart}.worksheet+xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      data: `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${relation}"><sheets><sheet name="数据" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      data: `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${sheetXml}</sheetData></worksheet>`,
    },
  ]
}
