import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sign, verify, windowMs } from '../../../src/platforms/dingtalk/signature.ts'

const secret = 'test-app-secret-0001'
const at = 1767225600000
const good = 'zj5pu9DZxtlvwnuCtK0Hwzxm2fG9IXGf9rmsW24Y+Qk='

const vectors: [name: string, timestamp: string, secret: string, sign: string][] = [
  ['V1', '1577262236757', 'this is a secret', 'DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA='],
  ['V2', '1684493546276', 'client-secret-for-test', 'nwBJQmaBLv9+5/sSS/66jcFc1/kGY5wo38L88LOGfRU='],
  ['V3', String(at), secret, good],
  ['V4', String(at), `SEC${'0'.repeat(63)}1`, 'jvnZVRLOclochT/nWCSmQAg/B5hSWqdK7K2q5SVCTbA='],
  ['V5', String(at), '密钥-测试', 'jPJeCSmuVoB7GbEui5Krw3XTX+kian8J8y/XKycqoFs='],
  ['V6', '1767225600001', secret, 'ebXYpHUBm5bgfvKgwpgh6ddaRbryqvaU4hM49w6KjRw='],
]

const mistakes: [name: string, sign: string][] = [
  ['timestamp and secret as the key', 'MvLgMmXN/ENj56TliVKX2iOlqiMgnhjfPp4na8vuQ4s='],
  ['a timestamp in seconds', 'Z99QyGg+E1NYKAOYS1C5AGHSvOoPXg22hjd037R4A+g='],
  ['a backslash and an n for the newline', 'at8NpLU3qwcrR5xcXAfW9q1S+JPzKbV29WR6prjZT2s='],
  ['a newline at the end', '3YjlQouwKve7WVJvnvWJqRDeAD9LNYnn9bHMrH9tIfc='],
  ['a hex digest', 'ce3e69bbd0d9c6d96fc27b82b4ad07c33c66d9f1bd21719ff6b9ac5b6e18f909'],
  ['base64url', 'zj5pu9DZxtlvwnuCtK0Hwzxm2fG9IXGf9rmsW24Y-Qk'],
  ['base64url with padding', 'zj5pu9DZxtlvwnuCtK0Hwzxm2fG9IXGf9rmsW24Y-Qk='],
  ['the encoding of an address', 'zj5pu9DZxtlvwnuCtK0Hwzxm2fG9IXGf9rmsW24Y%2BQk%3D'],
  ['another secret', sign(at, 'test-app-secret-0002')],
]

describe('sign', () => {
  it.each(vectors)('gives the known result for %s', (_name, timestamp, key, expected) => {
    expect(sign(timestamp, key)).toBe(expected)
    expect(sign(Number(timestamp), key)).toBe(expected)
  })

  it('is encoded once by URLSearchParams', () => {
    const query = new URLSearchParams({ sign: sign('1684493546276', 'client-secret-for-test') })
    expect(query.toString()).toBe('sign=nwBJQmaBLv9%2B5%2FsSS%2F66jcFc1%2FkGY5wo38L88LOGfRU%3D')
  })
})

describe('verify', () => {
  it.each(vectors)('accepts %s at its own time', (_name, timestamp, key, signature) => {
    expect(verify(timestamp, signature, key, new Date(Number(timestamp)))).toBe('genuine')
  })

  it.each(mistakes)('refuses %s', (_name, signature) => {
    expect(verify(String(at), signature, secret, new Date(at))).not.toBe('genuine')
  })

  it.each([-1, 1])('accepts an hour of difference and not a millisecond more (direction %i)', (direction) => {
    const now = (ms: number) => new Date(at + direction * ms)
    expect(windowMs).toBe(3_600_000)
    expect(verify(String(at), good, secret, now(windowMs))).toBe('genuine')
    expect(verify(String(at), good, secret, now(windowMs + 1))).toBe('stale')
  })

  it('refuses a genuine sign under another timestamp', () => {
    expect(verify(String(at + 1), good, secret, new Date(at))).toBe('wrong')
  })

  it.each([
    ['no timestamp', undefined, good],
    ['no sign', String(at), undefined],
    ['an array of timestamps', [String(at)], good],
    ['an array of signs', String(at), [good, good]],
    ['a timestamp that is a number', at, good],
    ['a timestamp in words', 'now', good],
    ['a timestamp with a sign', `+${at}`, good],
    ['a negative timestamp', `-${at}`, good],
    ['a timestamp with an exponent', '1.7e12', good],
    ['a timestamp with a line break', `${at}\n`, good],
    ['an empty timestamp', '', good],
    ['an empty sign', String(at), ''],
    ['a short sign', String(at), good.slice(4)],
    ['a sign without padding', String(at), good.slice(0, -1)],
    ['a sign with something after it', String(at), `${good}A`],
    ['a sign with a space before it', String(at), ` ${good}`],
    ['two signs in one header', String(at), `${good}, ${good}`],
  ])('counts %s as missing', (_name, timestamp, signature) => {
    expect(verify(timestamp, signature, secret, new Date(at))).toBe('missing')
  })

  it('refuses everything when the secret is empty', () => {
    expect(verify(String(at), sign(at, ''), '', new Date(at))).toBe('wrong')
  })

  it('never throws and never takes a random pair for genuine', () =>
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (timestamp, signature) => {
        expect(verify(timestamp, signature, secret, new Date(at))).not.toBe('genuine')
      }),
    ))
})
