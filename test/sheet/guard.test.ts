import { describe, expect, it } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { checkWorkbook } from '../../src/sheet/guard.ts'
import { smallCampaign, toFile } from './small-campaign.ts'
import { workbookParts, type ZipEntry, zip } from './zip.ts'

const parts = workbookParts('<row r="1"><c r="A1"><v>1</v></c></row>')
const megabyte = 1 << 20
const zeros = (size: number) => Buffer.alloc(size, 0x20)
const withPart = (part: ZipEntry) => zip([...parts, part])

describe('a good file', () => {
  it('passes when our own writer made it', async () => {
    const file = await toFile(smallCampaign())
    await expect(checkWorkbook(file)).resolves.toMatchObject({ kind: 'xlsx' })
  })

  it('passes with stored and with deflated parts, and as a view into a larger buffer', async () => {
    const file = zip(parts.map((part, index) => ({ ...part, method: index % 2 === 0 ? 0 : 8 })))
    await expect(checkWorkbook(file)).resolves.toMatchObject({ kind: 'xlsx' })
    const larger = Buffer.concat([Buffer.from('before'), file, Buffer.from('after')])
    await expect(checkWorkbook(larger.subarray(6, 6 + file.length))).resolves.toMatchObject({ kind: 'xlsx' })
  })

  it('passes with a remark at the end of the archive', async () => {
    const remark = Buffer.from('made by hand')
    const file = zip(parts, { tail: remark })
    file.writeUInt16LE(remark.length, file.length - remark.length - 2)
    await expect(checkWorkbook(file)).resolves.toMatchObject({ kind: 'xlsx' })
  })

  it('passes at just under the limit', async () => {
    const file = withPart({ name: 'xl/media/image1.bin', data: zeros(60 * megabyte) })
    await expect(checkWorkbook(file)).resolves.toMatchObject({ kind: 'xlsx' })
  })
})

describe('what is no workbook is refused in words', () => {
  const cases: [string, Buffer, RegExp][] = [
    ['an empty file', Buffer.alloc(0), /文件是空的/],
    ['one byte', Buffer.from('P'), /不是 Excel 文件/],
    [
      'a text file renamed to .xlsx',
      Buffer.from('单位,指标,数值\n'),
      /文本文件（如 .csv），不是 Excel 文件.*另存为 .xlsx/,
    ],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), /这是图片/],
    ['a PDF', Buffer.from('%PDF-1.7'), /这是 PDF/],
    ['a page that calls itself .xls', Buffer.from('\ufeff<html><table>'), /网页格式的表/],
    ['a table in XML', Buffer.from('<?xml version="1.0"?><Workbook/>'), /XML 格式的表/],
    ['an old .xls that was cut off', Buffer.from('d0cf11e0a1b11ae1000000000000', 'hex'), /不完整或已损坏/],
    ['a zip of something else', zip([{ name: 'readme.txt', data: 'hello' }]), /这是压缩包/],
    [
      'a Word document',
      zip([
        { name: '[Content_Types].xml', data: '' },
        { name: 'word/document.xml', data: '' },
      ]),
      /这是 Word 文档/,
    ],
    [
      'a binary workbook',
      zip([
        ...parts.filter(({ name }) => name !== 'xl/workbook.xml'),
        { name: 'xl/workbook.bin', data: 'x' },
      ]),
      /\.xlsb/,
    ],
    ['a zip that was cut off', zip(parts).subarray(0, 400), /不完整或已损坏/],
    ['an archive without entries', zip([]), /不是 Excel 文件/],
    ['something appended', zip(parts, { tail: Buffer.from('more') }), /不完整或已损坏/],
    ['a directory that promises more entries', zip(parts, { count: 9 }), /不完整或已损坏/],
    ['a part with broken compression', broken(), /不完整或已损坏/],
    [
      'a part that reaches beyond the file',
      withPart({ name: 'x', data: 'y', packedSize: megabyte }),
      /不完整或已损坏/,
    ],
    [
      'a stored part with a wrong size',
      withPart({ name: 'x', data: 'y', method: 0, size: 2 }),
      /不完整或已损坏/,
    ],
    ['a part that is encrypted', withPart({ name: 'x', data: 'y', flags: 1 }), /加了密码/],
    ['an unknown compression', withPart({ name: 'x', data: 'y', method: 12 }), /压缩方式不支持/],
    ['zip64', withPart({ name: 'x', data: 'y', size: 0xffffffff }), /压缩方式不支持/],
    ['zip64 by its number of entries', zip(parts, { count: 0xffff }), /压缩方式不支持/],
  ]
  it.each(cases)('%s', async (_what, file, words) => {
    await expect(checkWorkbook(file)).rejects.toThrow(UserError)
    await expect(checkWorkbook(file)).rejects.toThrow(words)
  })

  it('whatever byte of a good file is damaged, the answer is yes or words, never another error', async () => {
    const file = zip(parts)
    for (let at = 0; at < file.length; at += 3) {
      const damaged = Buffer.from(file)
      damaged[at] = (damaged[at] ?? 0) ^ 0xff
      try {
        await checkWorkbook(damaged)
      } catch (error) {
        expect(error).toBeInstanceOf(UserError)
      }
    }
  })
})

describe('bombs', () => {
  it('refuses one part that inflates beyond the limit', async () => {
    const bomb = withPart({ name: 'xl/worksheets/sheet9.xml', data: zeros(65 * megabyte) })
    expect(bomb.length).toBeLessThan(megabyte)
    await expect(checkWorkbook(bomb)).rejects.toThrow('文件解开后太大')
  })

  it('refuses parts that only together inflate beyond the limit', async () => {
    const many = Array.from({ length: 5 }, (_, n) => ({ name: `xl/media/${n}`, data: zeros(15 * megabyte) }))
    await expect(checkWorkbook(zip([...parts, ...many]))).rejects.toThrow('文件解开后太大')
  })

  it('refuses a part that claims to be small and is not, without inflating it', async () => {
    const liar = withPart({ name: 'xl/worksheets/sheet9.xml', data: zeros(200 * megabyte), size: 10 })
    const started = performance.now()
    await expect(checkWorkbook(liar)).rejects.toThrow(UserError)
    expect(performance.now() - started).toBeLessThan(1000)
  })

  it('refuses a part that claims to be larger than it is', async () => {
    await expect(checkWorkbook(withPart({ name: 'x', data: 'small', size: 1000 }))).rejects.toThrow(
      '不完整或已损坏',
    )
  })

  it('refuses thousands of parts', async () => {
    const many = Array.from({ length: 600 }, (_, n) => ({ name: `xl/${n}`, data: '' }))
    await expect(checkWorkbook(zip([...parts, ...many]))).rejects.toThrow('文件解开后太大')
  })
})

function broken(): Buffer {
  const file = withPart({ name: 'xl/noise', data: 'some text that is packed, some text that is packed' })
  const at = file.indexOf('xl/noise') + 'xl/noise'.length
  file.fill(0xff, at, at + 8)
  return file
}
