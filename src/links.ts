// Addresses of pages for one person or group and for a short time: signed with SECRET_KEY, opened without a password.
import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from './clock.ts'
import type { Keyring } from './crypt.ts'

const id = z.number().int().positive()

/** What a link opens. The words are short, because the whole of it stands in the address. */
const pass = z.discriminatedUnion('use', [
  /** The board of a unit, as a group sees it (`chat`, by database id) or a person. */
  z.object({
    use: z.literal('board'),
    campaign: id,
    unit: id,
    chat: id.optional(),
    person: id.optional(),
  }),
  /** The first opening of a named screen: it opens once, and then in that browser only. */
  z.object({ use: z.literal('opening'), campaign: id, screen: id }),
  /** The board on a named screen once it is open. No address ever carries it. */
  z.object({ use: z.literal('screen'), campaign: id, screen: id }),
  /** The clerk's page. `once` tells two links apart: each opens once, and then in that browser only. */
  z.object({ use: z.literal('desk'), campaign: id, person: id, once: z.string() }),
  /** The clerk's page once it is open: since when (in seconds), and by which link. No address ever carries it. */
  z.object({ use: z.literal('session'), campaign: id, person: id, once: z.string(), since: id }),
  /** One file to download, by the id of its message in the outbox. */
  z.object({ use: z.literal('file'), campaign: id, file: id, person: id.optional() }),
  /** The pictures of one message in the outbox. */
  z.object({ use: z.literal('picture'), campaign: id, message: id }),
])
export type Pass = z.infer<typeof pass>
export type PassFor<Use extends Pass['use']> = Extract<Pass, { use: Use }>

const sealed = z.tuple([pass, z.number().int()])

export interface Links {
  /** @returns an address that opens `path` for `forMs`, for whoever has it */
  make(path: string, pass: Pass, forMs: number): string
  /** @returns a token without an address, for a cookie */
  token(pass: Pass, forMs: number): string
  /** What a token opens; undefined when it was not made here or not for this use, 'expired' when its time is over. */
  read<Use extends Pass['use']>(use: Use, token: string | undefined): PassFor<Use> | 'expired' | undefined
  /** For how many milliseconds a token that was read still opens. */
  left(token: string): number
}

/** Longer ones are not ours. */
const longest = 600

/**
 * @param base where people reach the bot, as in `https://guatu.example.cn`
 * @param clock real time: how long a link lives has nothing to do with the bot's clock
 */
export function createLinks({
  keyring,
  base,
  clock,
}: {
  keyring: Keyring
  base: string
  clock: Clock
}): Links {
  const signature = (body: string) => keyring.mark(`link ${body}`)
  const token = (pass: Pass, forMs: number): string => {
    const until = Math.floor((clock.now().getTime() + forMs) / 1000)
    const body = Buffer.from(JSON.stringify([pass, until])).toString('base64url')
    return `${body}.${signature(body)}`
  }
  return {
    token,
    make: (path, pass, forMs) => `${base.replace(/\/+$/, '')}${path}?k=${token(pass, forMs)}`,
    read(use, given) {
      const [body = '', sign = '', ...more] = (given ?? '').slice(0, longest).split('.')
      if (more.length > 0 || !isSame(sign, signature(body))) return undefined
      const [opened, until] = opening(body)
      if (opened.use !== use) return undefined
      return clock.now().getTime() < until * 1000 ? (opened as PassFor<typeof use>) : 'expired'
    },
    left: (given) => opening(given)[1] * 1000 - clock.now().getTime(),
  }
}

const opening = (token: string) =>
  sealed.parse(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8')))

/** In a time that does not tell how much of it is the same. */
export function isSame(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)]
  return one.length === other.length && timingSafeEqual(one, other)
}
