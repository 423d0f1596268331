// A group's custom robot as a way out: signed webhook, 20 messages a minute (`protocols/dingtalk.md` §2, §6).
import type { Logger } from 'pino'
import type { Channel } from '../../channel.ts'
import type { Clock } from '../../clock.ts'
import type { PlatformError } from '../../errors.ts'
import { call } from '../../http.ts'
import { webhookRefusal } from './refusal.ts'
import { webhookBodies } from './render.ts'
import { sign } from './signature.ts'

/** 18 a minute at most, never 20 (§6.6). */
const gapMs = 3_400

/** @param clock real time */
export function customRobot(
  { token, secret }: { token: string; secret?: string },
  { oapiBase, clock, log }: { oapiBase: string; clock: Clock; log: Logger },
): Channel {
  /** Made anew for every call: a sign is good for an hour. Both parameters are encoded once, by URLSearchParams. */
  const addressAt = (at: Date): string => {
    const query = new URLSearchParams({ access_token: token })
    if (secret) {
      const timestamp = String(at.getTime())
      query.set('timestamp', timestamp)
      query.set('sign', sign(timestamp, secret))
    }
    return `${oapiBase}/robot/send?${query}`
  }

  return {
    gapMs,
    parts: webhookBodies,
    async send(part, uuid) {
      const post = (at: Date) => call(addressAt(at), { ...(part as object), msgUuid: uuid }, { dated: true })
      const judge = (answer: Awaited<ReturnType<typeof call>>) =>
        webhookRefusal(answer, 'robot/send', [token, secret ?? ''])
      const answer = await post(clock.now())
      let refusal = judge(answer)
      if (secret && refusal && isStale(refusal)) {
        // Our clock is wrong, or was a moment ago: once more, by theirs.
        const theirs = answer.date ?? clock.now()
        log.warn(
          { secondsOff: (theirs.getTime() - clock.now().getTime()) / 1000 },
          'DingTalk refused our time',
        )
        refusal = judge(await post(theirs))
      }
      if (refusal) throw refusal
    },
  }
}

const isStale = ({ code, message }: PlatformError): boolean =>
  code === '310000' && /timestamp|时间戳/i.test(message)
