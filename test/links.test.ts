// Signed addresses that expire.
import { describe, expect, it } from 'vitest'
import { keyring } from '../src/crypt.ts'
import { createLinks, type Pass } from '../src/links.ts'

let at = new Date('2026-11-27T10:00:00+08:00').getTime()
const clock = { now: () => new Date(at) }
const secret = 'a secret of at least thirty-two characters'
const links = createLinks({ keyring: keyring(secret), base: 'https://guatu.example.cn/', clock })
const board: Pass = { use: 'board', campaign: 1, unit: 7, chat: 3 }
const tokenOf = (address: string) => new URL(address).searchParams.get('k') ?? ''

describe('a signed link', () => {
  it('opens what it was made for, until its time is over', () => {
    const address = links.make('/board/', board, 600_000)
    expect(address).toMatch(/^https:\/\/guatu\.example\.cn\/board\/\?k=[\w-]+\.[\w-]+$/)
    expect(links.read('board', tokenOf(address))).toEqual(board)
    at += 599_000
    expect(links.read('board', tokenOf(address))).toEqual(board)
    at += 1_000
    expect(links.read('board', tokenOf(address))).toBe('expired')
  })

  it('does not open anything else', () => {
    expect(links.read('desk', links.token(board, 600_000))).toBeUndefined()
  })

  it('is refused when a letter of it is changed, or when it was signed elsewhere', () => {
    const token = links.token(board, 600_000)
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === 'A' ? 'B' : 'A'
      const forged = token.slice(0, at) + other + token.slice(at + 1)
      // The last letter of a base64 number carries bits that are not used.
      if (at < token.length - 1) expect(links.read('board', forged)).toBeUndefined()
    }
    const elsewhere = createLinks({ keyring: keyring(`${secret}!`), base: 'https://x.cn', clock })
    expect(links.read('board', elsewhere.token(board, 600_000))).toBeUndefined()
  })

  it.each([undefined, '', '.', 'a.b', 'a.b.c', '%00', '漢.字', 'x'.repeat(100_000)])(
    'is refused: %.20j',
    (token) => {
      expect(links.read('board', token)).toBeUndefined()
    },
  )
})
