import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyring } from '../src/crypt.ts'

const keys = keyring('a secret key for this test, long enough')
const other = keyring('another secret key for this test, long')

describe('a sealed text', () => {
  it('opens again, whatever is in it', () => {
    return fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(keys.open(keys.seal(text))).toBe(text)
      }),
    )
  })

  it('never looks the same twice, and shows nothing of what is in it', () => {
    const sealed = keys.seal('13900000000')
    expect(keys.seal('13900000000')).not.toBe(sealed)
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('139')
  })

  it('does not open with another key', () => {
    expect(() => other.open(keys.seal('13900000000'))).toThrow()
  })

  it('does not open when a single bit was changed', () => {
    const sealed = Buffer.from(keys.seal('13900000000'), 'base64')
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => keys.open(changed.toString('base64'))).toThrow()
    }
  })

  it('does not open when it was cut, not even down to a few bytes', () => {
    for (const text of ['', '13900000000']) {
      const sealed = Buffer.from(keys.seal(text), 'base64')
      for (let length = 0; length < sealed.length; length++)
        expect(() => keys.open(sealed.subarray(0, length).toString('base64'))).toThrow()
    }
  })

  it.each(['', 'not sealed at all', '13900000000', '====', '手机号'])('%j is none', (text) => {
    expect(() => keys.open(text)).toThrow()
  })
})

describe('a mark', () => {
  it('is the same for the same text, and another for another text or key', () => {
    expect(keys.mark('13900000000')).toBe(keys.mark('13900000000'))
    expect(keys.mark('13900000000')).not.toBe(keys.mark('13900000001'))
    expect(keys.mark('13900000000')).not.toBe(other.mark('13900000000'))
  })

  it('is the same after a restart with the same key', () => {
    expect(keyring('a secret key for this test, long enough').mark('x')).toBe(keys.mark('x'))
  })

  it('shows nothing of the text', () => {
    expect(keys.mark('13900000000')).toMatch(/^[\w-]{43}$/)
  })
})
