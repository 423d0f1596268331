// What a job is: something the bot does by itself, at times that a cron expression names.
import type { Logger } from 'pino'
import type { Calendar } from './campaign/calendar.ts'
import type { Db } from './database/connection.ts'
import type { PlatformName } from './message.ts'
import type { Pushing } from './push.ts'

export interface JobContext {
  /** The moment it runs for, which may be a while ago: never ask for the time inside. */
  due: Date
  db: Db
  /** Workdays and days off. */
  calendar: Calendar
  /** Queues messages in the transaction that causes them. What has been queued under a key already is left out. */
  push: Pushing
  /** On which platforms people can be written to privately. */
  privately: PlatformName[]
  /** What DingTalk allows the whole organisation in a calendar month (`protocols/dingtalk.md` §10.1); 0 = no limit. */
  quotas: { webhook: number; api: number }
  log: Logger
}

export interface Job {
  /** Unique; the history in `job_run` is kept under it. */
  name: string
  /** Five fields, Asia/Shanghai. */
  cron: string
  /**
   * After downtime: `every` missed moment in order, or only the `latest` one (a job that deals with whatever has come
   * due by then).
   */
  catchUp: 'every' | 'latest'
  run(context: JobContext): Promise<void>
}

export const job = (definition: Job): Job => definition
