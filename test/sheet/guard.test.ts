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
    expect(() => checkWorkbook(file)).not.toThrow()
  })

  it('passes with stored and with deflated parts, and as a view into a larger buffer', () => {
    const file = zip(parts.map((part, index) => ({ ...part, method: index % 2 === 0 ? 0 : 8 })))
    expect(() => checkWorkbook(file)).not.toThrow()
    const larger = Buffer.concat([Buffer.from('before'), file, Buffer.from('after')])
    expect(() => checkWorkbook(larger.subarray(6, 6 + file.length))).not.toThrow()
  })

  it('passes with a remark at the end of the archive', () => {
    const remark = Buffer.from('made by hand')
    const file = zip(parts, { tail: remark })
    file.writeUInt16LE(remark.length, file.length - remark.length - 2)
    expect(() => checkWorkbook(file)).not.toThrow()
  })

  it('passes at just under the limit', () => {
    const file = withPart({ name: 'xl/media/image1.bin', data: zeros(60 * megabyte) })
    expect(() => checkWorkbook(file)).not.toThrow()
  })
})

describe('what is no workbook is refused in words', () => {
  const cases: [string, Buffer, RegExp][] = [
    ['an empty file', Buffer.alloc(0), /不是 Excel 文件/],
    ['one byte', Buffer.from('P'), /不是 Excel 文件/],
    [
      'a text file renamed to .xlsx',
      Buffer.from('单位,指标,数值\n'),
      /不是 Excel 文件（.xlsx）.*另存为 .xlsx/,
    ],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), /不是 Excel 文件/],
    ['an old .xls', Buffer.from('d0cf11e0a1b11ae1000000000000', 'hex'), /旧版 Excel（.xls）或加了密码/],
    ['a zip of something else', zip([{ name: 'readme.txt', data: 'hello' }]), /不是 Excel 文件/],
    [
      'a Word document',
      zip([
        { name: '[Content_Types].xml', data: '' },
        { name: 'word/document.xml', data: '' },
      ]),
      /不是 Excel/,
    ],
    ['a binary workbook', withPart({ name: 'xl/workbook.bin', data: 'x' }), /\.xlsb/],
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
  it.each(cases)('%s', (_what, file, words) => {
    expect(() => checkWorkbook(file)).toThrow(UserError)
    expect(() => checkWorkbook(file)).toThrow(words)
  })

  it('whatever byte of a good file is damaged, the answer is yes or words, never another error', () => {
    const file = zip(parts)
    for (let at = 0; at < file.length; at += 3) {
      const damaged = Buffer.from(file)
      damaged[at] = (damaged[at] ?? 0) ^ 0xff
      try {
        checkWorkbook(damaged)
      } catch (error) {
        expect(error).toBeInstanceOf(UserError)
      }
    }
  })
})

describe('bombs', () => {
  it('refuses one part that inflates beyond the limit', () => {
    const bomb = withPart({ name: 'xl/worksheets/sheet9.xml', data: zeros(65 * megabyte) })
    expect(bomb.length).toBeLessThan(megabyte)
    expect(() => checkWorkbook(bomb)).toThrow('文件解开后太大')
  })

  it('refuses parts that only together inflate beyond the limit', () => {
    const many = Array.from({ length: 5 }, (_, n) => ({ name: `xl/media/${n}`, data: zeros(15 * megabyte) }))
    expect(() => checkWorkbook(zip([...parts, ...many]))).toThrow('文件解开后太大')
  })

  it('refuses a part that claims to be small and is not, without inflating it', () => {
    const liar = withPart({ name: 'xl/worksheets/sheet9.xml', data: zeros(200 * megabyte), size: 10 })
    const started = performance.now()
    expect(() => checkWorkbook(liar)).toThrow(UserError)
    expect(performance.now() - started).toBeLessThan(1000)
  })

  it('refuses a part that claims to be larger than it is', () => {
    expect(() => checkWorkbook(withPart({ name: 'x', data: 'small', size: 1000 }))).toThrow('不完整或已损坏')
  })

  it('refuses thousands of parts', () => {
    const many = Array.from({ length: 600 }, (_, n) => ({ name: `xl/${n}`, data: '' }))
    expect(() => checkWorkbook(zip([...parts, ...many]))).toThrow('文件解开后太大')
  })
})

function broken(): Buffer {
  const file = withPart({ name: 'xl/noise', data: 'some text that is packed, some text that is packed' })
  const at = file.indexOf('xl/noise') + 'xl/noise'.length
  file.fill(0xff, at, at + 8)
  return file
}
