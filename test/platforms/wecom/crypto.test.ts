import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Credentials,
  SealError,
  type Sealed,
  seal,
  unseal,
} from '../../../src/platforms/wecom/crypto.ts'
import { readXml } from '../../../src/platforms/wecom/xml.ts'
import { encryptRaw, openText, sealText, sha1 } from '../../support/fake-wecom.ts'
import { holds } from './harness.ts'
import { randoms, vectors } from './vectors.ts'

const { A, C, E } = vectors
const mine: Credentials = vectors.G.credentials
const stamp = { timestamp: '1760000001', nonce: '987654321' }

/** Signs a ciphertext as the holder of the token would. */
function signed(encrypt: string, token = mine.token): Sealed {
  return { ...stamp, encrypt, signature: sha1(token, stamp.timestamp, stamp.nonce, encrypt) }
}

/** A packet laid out by hand; every part can be wrong. */
function packet({
  message = Buffer.from('hello'),
  length = message.length,
  receiver = '',
  padding,
}: {
  message?: Buffer
  length?: number
  receiver?: string
  padding?: Buffer
}): string {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(length)
  const raw = Buffer.concat([randoms.robot, size, message, Buffer.from(receiver)])
  const pad = 32 - (raw.length % 32)
  return encryptRaw(mine.aesKey, Buffer.concat([raw, padding ?? Buffer.alloc(pad, pad)]))
}

function refused(sealed: Sealed, credentials = mine): void {
  expect(() => unseal(credentials, sealed)).toThrow(SealError)
}

describe('the published vectors', () => {
  test.each(Object.entries(vectors))('vector %s opens', (_, { credentials, plain, fields, ...sealed }) => {
    const message = unseal(credentials, sealed)
    if (plain !== undefined) expect(message).toBe(plain)
    if (fields) expect(readXml(message, Object.keys(fields))).toEqual(fields)
  })

  test.each(['E', 'G', 'H', 'I', 'J', 'K'] as const)('vector %s is sealed to the same bytes', (name) => {
    const { credentials, plain = '', timestamp, nonce, encrypt, signature } = vectors[name]
    const random = name === 'E' ? randoms.E : randoms.robot
    expect(seal(credentials, plain, { timestamp, nonce, random })).toEqual({ encrypt, signature })
  })

  test.each(Object.entries(vectors))(
    'vector %s is refused for another nonce',
    (_, { credentials, ...sealed }) => {
      refused({ ...sealed, nonce: `${Number(sealed.nonce) - 1}` }, credentials)
    },
  )
})

describe('what the library lets through is refused', () => {
  test('a packet that is laid out right opens, so that the refusals below mean something', () => {
    expect(unseal(mine, signed(packet({})))).toBe('hello')
  })

  test('a wrong signature', () => refused({ ...signed(packet({})), signature: '0'.repeat(40) }))
  test('a signature in capitals', () =>
    refused({ ...A, signature: A.signature.toUpperCase() }, A.credentials))
  test.each(['', 'abc', `${A.signature} `, `${A.signature}0`, undefined, null, 7, [A.signature]])(
    'a signature that is %j',
    (signature) => refused({ ...A, signature }, A.credentials),
  )
  test('a signature by another token', () => refused(signed(packet({}), 'AnotherToken')))
  test('another receiver', () => refused(signed(packet({ receiver: 'EVIL' }))))
  test('a receiver where none is expected, and none where one is', () => {
    refused(A, { ...A.credentials, receiver: '' })
    refused(signed(packet({})), { ...mine, receiver: 'ww-corp' })
  })
  test.each([6, 1000, 0x7fffffff, 0xffffffff])('a length of %i, beyond the end', (length) =>
    refused(signed(packet({ length, receiver: '' }))),
  )
  test('a length beyond the end that would make the receiver part of the message', () =>
    refused(signed(packet({ length: 1000, receiver: 'corp' })), { ...mine, receiver: '' }))
  test('a length of 0 before a message', () => refused(signed(packet({ length: 0 }))))
  test('padding whose last byte alone is right', () =>
    refused(signed(packet({ padding: Buffer.from([1, 2, 3, 4, 5, 6, 7]) }))))
  test.each([0, 33, 255])('padding of the value %i', (value) =>
    refused(signed(packet({ padding: Buffer.alloc(7, value) }))),
  )
  test('more padding than needed', () => refused(signed(packet({ padding: Buffer.alloc(39, 39) }))))
  test('a single block of nothing but padding', () =>
    refused(signed(encryptRaw(mine.aesKey, Buffer.alloc(32, 32)))))
  test('one block', () => refused(signed(encryptRaw(mine.aesKey, Buffer.alloc(16, 16)))))
  test.each(['not base64!', '中文', '====', 'QUJD', 'A'.repeat(43)])('the ciphertext %j', (encrypt) =>
    refused(signed(encrypt)),
  )
  test('no ciphertext', () => refused(signed('')))
  test.each([undefined, null, 5, {}, ['x']])('a ciphertext that is %j', (encrypt) =>
    refused({ ...stamp, signature: A.signature, encrypt }),
  )
  test('ciphertext in the alphabet for addresses, with line breaks or without its padding', () => {
    const { encrypt } = vectors.G
    expect(encrypt).toMatch(/[+/].*=/)
    for (const variant of [
      encrypt.replaceAll('+', '-').replaceAll('/', '_'),
      `${encrypt.slice(0, 20)}\n${encrypt.slice(20)}`,
      ` ${encrypt}`,
      encrypt.replace(/=+$/, ''),
      `${encrypt}=`,
    ])
      refused(signed(variant))
  })
  test('ciphertext with its plus signs turned into spaces', () =>
    refused({ ...A, encrypt: A.encrypt.replaceAll('+', ' ') }, A.credentials))
  test('a length that is not a multiple of a block', () => {
    const whole = Buffer.from(packet({}), 'base64')
    refused(signed(whole.subarray(0, 21).toString('base64')))
  })
  test('a message that is not UTF-8', () => {
    refused(signed(packet({ message: Buffer.from([0x68, 0xff, 0xfe]) })))
    refused(signed(packet({ message: Buffer.from([0xed, 0xa0, 0xbd]) })))
  })
  test.each([
    '',
    `${mine.aesKey}=`,
    `${mine.aesKey}\n`,
    ` ${mine.aesKey}`,
    mine.aesKey.slice(1),
    'é'.repeat(43),
  ])('the key %j', (aesKey) => {
    refused(vectors.G, { ...mine, aesKey })
    expect(() => seal({ ...mine, aesKey }, 'hello', stamp)).toThrow(SealError)
  })
  test('a doubled or missing parameter', () => {
    for (const nonce of [['a', 'b'], undefined, null, '', 7]) refused({ ...A, nonce }, A.credentials)
    for (const timestamp of [['1', '2'], undefined, 1409659589]) refused({ ...A, timestamp }, A.credentials)
  })
  test('an empty token', () => {
    refused(signed(packet({}), ''), { ...mine, token: '' })
    expect(() => seal({ ...mine, token: '' }, 'hello', stamp)).toThrow(SealError)
  })
  test.each([0, 15, 17])('sealing with %i random bytes', (size) =>
    expect(() => seal(mine, 'hello', { ...stamp, random: Buffer.alloc(size) })).toThrow(SealError),
  )
})

describe('whatever happens', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 200 })
  const anyKey = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((key) => {
    return Buffer.from(key).toString('base64').slice(0, 43)
  })

  test('what is sealed here opens elsewhere, and the other way round', () => {
    holds(
      fc.property(text, fc.constantFrom('', 'ww-corp'), (message, receiver) => {
        const credentials = { ...mine, receiver }
        const { encrypt, signature } = seal(credentials, message, stamp)
        expect(openText(credentials, encrypt)).toBe(message)
        expect(signature).toBe(sha1(mine.token, stamp.timestamp, stamp.nonce, encrypt))
        expect(unseal(credentials, signed(sealText(credentials, message)))).toBe(message)
      }),
    )
  })

  test('the same message never looks the same twice', () => {
    expect(seal(mine, 'hello', stamp).encrypt).not.toBe(seal(mine, 'hello', stamp).encrypt)
  })

  test('another key never opens it, with and without a receiver', () => {
    holds(
      fc.property(anyKey, (aesKey) => {
        fc.pre(aesKey.slice(0, 42) !== mine.aesKey.slice(0, 42))
        refused(vectors.H, { ...mine, aesKey })
        refused(C, { ...C.credentials, aesKey })
      }),
      { numRuns: 500 },
    )
  })

  test('a flipped byte is refused, even when it is signed again', () => {
    const whole = Buffer.from(E.encrypt, 'base64')
    holds(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const bent = Buffer.from(whole)
        bent[at] = (bent[at] ?? 0) ^ mask
        const encrypt = bent.toString('base64')
        refused({ ...E, encrypt }, E.credentials)
        // Signed again, only garbage within the message itself could pass: it is text, so a bent block shows.
        const token = E.credentials.token
        const again = { ...E, encrypt, signature: sha1(token, E.timestamp, E.nonce, encrypt) }
        try {
          expect(unseal(E.credentials, again)).not.toBe(E.plain)
        } catch (error) {
          expect(error).toBeInstanceOf(SealError)
        }
      }),
    )
  })

  test('garbage from outside throws nothing but a SealError', () => {
    const anything = fc.oneof(fc.anything(), fc.base64String(), fc.string())
    holds(
      fc.property(anything, anything, anything, anything, (signature, timestamp, nonce, encrypt) =>
        refused({ signature, timestamp, nonce, encrypt }),
      ),
    )
    holds(fc.property(fc.oneof(fc.base64String(), fc.string()), (encrypt) => refused(signed(encrypt))))
  })

  test('an error shows no secret and nothing of what arrived', () => {
    const wrong = [
      () => unseal({ ...mine, aesKey: 'short' }, vectors.G),
      () => unseal(mine, { ...vectors.G, signature: 'x' }),
      () => unseal({ ...mine, receiver: 'ww-corp' }, vectors.G),
      () => unseal({ ...mine, aesKey: A.credentials.aesKey }, vectors.G),
    ]
    for (const attempt of wrong) {
      const message = messageOf(attempt)
      for (const secret of [
        mine.token,
        mine.aesKey,
        'short',
        vectors.G.encrypt,
        vectors.G.signature,
        'ww-corp',
      ])
        expect(message).not.toContain(secret)
    }
  })
})

function messageOf(attempt: () => unknown): string {
  try {
    attempt()
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('should have been refused')
}
