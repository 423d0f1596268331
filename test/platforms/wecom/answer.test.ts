import { Writable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import type { Context } from 'koa'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { line, type Reply } from '../../../src/message.ts'
import { outstanding } from '../../../src/outstanding.ts'
import { answer } from '../../../src/platforms/wecom/answer.ts'

/** A response that is out when the test says so. */
function parted() {
  const res = new Writable({ write: (_chunk, _encoding, done) => done() })
  const after: Reply[] = []
  const ways = {
    inResponse: () => ({ type: 'text/plain', body: 'first part' }),
    afterResponse: async (reply: Reply) => void after.push(reply),
    later: async () => {},
  }
  const going = outstanding()
  const ctx = { res } as unknown as Context
  const answered = answer(ctx, Promise.resolve(line('x')), ways, {
    log: pino({ level: 'silent' }),
    going,
    withinMs: 10_000,
  })
  return { res, after, going, ctx, answered }
}

test('the rest of a reply waits until the response is out, so that it comes second', async () => {
  const { res, after, going, ctx, answered } = parted()
  await answered
  expect(ctx.body).toBe('first part')
  for (let turns = 0; turns < 5; turns++) await turn()
  expect(after).toEqual([])
  res.end()
  await going.settled()
  expect(after).toEqual([line('x')])
})

test('the rest of a reply is sent although the response broke off', async () => {
  const { res, after, going, answered } = parted()
  await answered
  res.destroy()
  await going.settled()
  expect(after).toEqual([line('x')])
})
