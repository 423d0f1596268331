import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readXml, writeXml, XmlError } from '../../../src/platforms/wecom/xml.ts'
import { holds } from './harness.ts'

const read = (inner: string) => readXml(`<xml>${inner}</xml>`, ['Content', 'MsgId', 'FromUserName'])
const refused = (document: string) => expect(() => readXml(document, ['Content'])).toThrow(XmlError)

describe('reading', () => {
  test.each([
    ['<![CDATA[007]]>', '007'],
    ['<![CDATA[ 1e3 ]]>', ' 1e3 '],
    ['<![CDATA[0x1F]]>', '0x1F'],
    ['<![CDATA[true]]>', 'true'],
    ['9007199254740993', '9007199254740993'],
    ['<![CDATA[a]]]]><![CDATA[>b]]>', 'a]]>b'],
    ['<![CDATA[<b>&amp;</b>]]>', '<b>&amp;</b>'],
    ['<![CDATA[第一行\n第二行]]>', '第一行\n第二行'],
    ['<![CDATA[]]>', ''],
    ['', ''],
    ['<![CDATA[<!DOCTYPE html><!ENTITY x>]]>', '<!DOCTYPE html><!ENTITY x>'],
    ['<![CDATA[<!-- <?php ?> -->]]>', '<!-- <?php ?> -->'],
    ['<![CDATA[😀]]>', '😀'],
  ])('%j is the text %j', (inner, text) =>
    expect(read(`<Content>${inner}</Content>`)).toEqual({ Content: text }),
  )

  test('a message id of 64 bits stays what it is', () =>
    expect(read('<MsgId>4561255354251345929</MsgId>').MsgId).toBe('4561255354251345929'))
  test('fields that are not asked for may repeat and nest', () => {
    const options =
      '<SelectedItems><SelectedItem><OptionId>1</OptionId><OptionId>2</OptionId></SelectedItem></SelectedItems>'
    expect(read(`${options}${options}<MsgId>1</MsgId>`)).toEqual({ MsgId: '1' })
  })
  test('white space between elements, a declaration and a byte order mark do no harm', () =>
    expect(
      readXml('<?xml version="1.0" encoding="UTF-8"?>\n<xml>\n  <Content>x</Content>\n</xml>\n', ['Content']),
    ).toEqual({
      Content: 'x',
    }))
  test('an empty document has no fields', () => {
    expect(readXml('<xml></xml>', ['Content'])).toEqual({})
    expect(readXml('<xml/>', ['Content'])).toEqual({})
  })
})

describe('refusing', () => {
  test.each([
    '<!DOCTYPE xml [<!ENTITY a "b">]><xml><Content>&a;</Content></xml>',
    '<!doctype xml><xml/>',
    '<xml><!DOCTYPE x><Content>x</Content></xml>',
    '<xml><!ENTITY a "b"></xml>',
    '<!-- <![CDATA[ --><!DOCTYPE x [<!ENTITY a "b">]><!-- ]]> --><xml><Content>&a;</Content></xml>',
    '<?x <![CDATA[ ?><!DOCTYPE x><?x ]]> ?><xml/>',
    '<xml a="<![CDATA["><!DOCTYPE x><b c="]]>"></b></xml>',
    '<xml><Content a="1">x</Content></xml>',
    '<xml><!-- note --><Content>x</Content></xml>',
    '<xml><?php ?></xml>',
  ])('%s', refused)

  test.each([
    '',
    ' ',
    'hello',
    '{"encrypt":"x"}',
    '<xml>',
    '<xml><Content>x</xml>',
    '<xml><Content>x</Content>',
    '<xml><Content><![CDATA[x</Content></xml>',
    '<xml><Content>x</Content></xml><xml/>',
    '<xml></xml>rest',
    '<html><Content>x</Content></html>',
    '<xml><__proto__>x</__proto__></xml>',
    '<xml><constructor>x</constructor></xml>',
    '< xml></xml>',
    '<xml',
    'xml>',
  ])('what is not an <xml> document: %j', refused)

  test('a field that stands there twice', () =>
    refused('<xml><Content>alice</Content><Content>root</Content></xml>'))
  test('a field that holds elements', () => refused('<xml><Content><b>x</b></Content></xml>'))
  test('more elements than any callback has', () => refused(`<xml>${'<b/>'.repeat(1_000)}</xml>`))
  test.each([
    ['sections opened and never closed', `<xml>${'<![CDATA['.repeat(110_000)}`],
    ['elements opened and never closed', '<a>'.repeat(300_000)],
    ['a tag without end', `<xml><Content ${' '.repeat(1_000_000)}`],
  ])('a megabyte of %s without taking long', (_, document) => {
    const start = performance.now()
    refused(document)
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})

describe('writing', () => {
  test('texts go into CDATA, numbers stand bare', () =>
    expect(writeXml({ MsgType: 'text', CreateTime: 1760000101 })).toBe(
      '<xml><MsgType><![CDATA[text]]></MsgType><CreateTime>1760000101</CreateTime></xml>',
    ))
  test('a section end in the text is spread over two sections', () =>
    expect(writeXml({ Content: 'a]]>b' })).toBe(
      '<xml><Content><![CDATA[a]]]]><![CDATA[>b]]></Content></xml>',
    ))
  test('what is written is read back, whatever it is', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom(']', '>', '<', '!', '[', '&', ']]>', '<![CDATA[', '中', '\n') }),
    )
    holds(
      fc.property(text, (content) => {
        // Carriage returns become line feeds: XML demands it.
        fc.pre(!content.includes('\r'))
        expect(readXml(writeXml({ Content: content, MsgId: 7 }), ['Content', 'MsgId'])).toEqual({
          Content: content,
          MsgId: '7',
        })
      }),
      { numRuns: 500 },
    )
  })
})
