// Which moments a job is due at: cron expressions in Asia/Shanghai, matched against any time, not only the present.
import cron from 'node-cron'
import type { Job } from './job.ts'

const minuteMs = 60_000
/** What lies further back than this is history that nobody waits for. */
const longestMs = 400 * 24 * 3600_000

export interface Slot {
  job: Job
  due: Date
}

/**
 * The moments in (`since`, `until`] at which jobs are due, in order; at one moment in the order of the list. Of a job
 * that catches up with its `latest` moment only, that one.
 * @param since for each job by name: the last moment that was dealt with
 */
export function slotsBetween(jobs: Job[], since: (job: string) => Date, until: Date): Slot[] {
  const slots = jobs.flatMap((job) => {
    const matches = matcherOf(job.cron)
    const last = Math.floor(until.getTime() / minuteMs) * minuteMs
    const first = Math.max(since(job.name).getTime(), last - longestMs)
    const found: Slot[] = []
    for (let at = last; at > first; at -= minuteMs) {
      if (!matches(at)) continue
      found.push({ job, due: new Date(at) })
      if (job.catchUp === 'latest') break
    }
    return found
  })
  const place = ({ job }: Slot) => jobs.indexOf(job)
  return slots.sort((a, b) => a.due.getTime() - b.due.getTime() || place(a) - place(b))
}

type Matcher = (at: number) => boolean
/** node-cron keeps every task that was ever made: one for each expression. */
const matchers = new Map<string, Matcher>()

/** Asia/Shanghai is eight hours ahead, always: minute and hour are known without asking node-cron, which is slow. */
function matcherOf(expression: string): Matcher {
  const known = matchers.get(expression)
  if (known) return known
  const { minute, hour } = cron.parse(expression)
  const [minutes, hours] = [new Set(minute), new Set(hour)]
  const task = cron.createTask(expression, () => undefined, { timezone: 'Asia/Shanghai' })
  const matches: Matcher = (at) =>
    minutes.has((at / minuteMs) % 60) &&
    hours.has((Math.floor(at / (60 * minuteMs)) + 8) % 24) &&
    task.match(new Date(at))
  matchers.set(expression, matches)
  return matches
}
