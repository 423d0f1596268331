import { expect, it } from 'vitest'
import { PlatformError, type RefusalKind } from '../src/errors.ts'
import { endingOf } from '../src/verdict.ts'

const at = new Date('2026-11-23T09:00:00+08:00')
const fresh = { tries: 0, unknowns: 0, parts_sent: 0, state: 'queued', chat_id: 1 } as const
const refusal = (kind: RefusalKind, retryAfter?: number) => new PlatformError('why', 'code', retryAfter, kind)

it('an accepted message is over, an accepted part lets the next follow', () => {
  expect(endingOf(undefined, fresh, { parts: 1, at })).toEqual({ how: 'accepted', at })
  expect(endingOf(undefined, fresh, { parts: 3, at })).toMatchObject({ how: 'again', partsSent: 1, after: 0 })
  expect(endingOf(undefined, { ...fresh, parts_sent: 2 }, { parts: 3, at })).toEqual({ how: 'accepted', at })
})

it.each([
  ['limit', 65, fresh, { how: 'again', after: 65, laneAfter: 65 }],
  ['limit', 630, { ...fresh, tries: 9 }, { how: 'again', after: 630, laneAfter: 630 }],
  ['busy', 5, fresh, { how: 'again', after: 5 }],
  ['busy', 5, { ...fresh, tries: 3 }, { how: 'again', after: 40 }],
  ['busy', 5, { ...fresh, tries: 20 }, { how: 'again', after: 600 }],
  ['quota', undefined, fresh, { how: 'again', after: 3_600, laneAfter: 3_600 }],
  ['dead', undefined, fresh, { how: 'again', partsSent: 0 }],
  ['dead', undefined, { ...fresh, chat_id: null }, { how: 'failed', code: 'code' }],
  ['unknown', 5, fresh, { how: 'unknown', after: 30 }],
  ['unknown', 5, { ...fresh, unknowns: 1, state: 'uncertain' }, { how: 'unknown', after: null }],
  ['unknown', 5, { ...fresh, state: 'sending' }, { how: 'unknown', after: null }],
  ['refused', undefined, fresh, { how: 'failed', code: 'code' }],
] as const)('%s (%s s) of %o', (kind, wait, message, end) => {
  expect(endingOf(refusal(kind, wait), message, { parts: 1, at })).toMatchObject(end)
})
