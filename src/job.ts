// What a job is: something the bot does by itself, at times that a cron expression names.
import type { Db } from './database/connection.ts'

export interface Job {
  /** Unique; the history in `job_run` is kept under it. */
  name: string
  /** Five fields, Asia/Shanghai. */
  cron: string
  /** `due` is the moment it runs for, which may be a little ago: never ask for the time inside. */
  run(context: { due: Date; db: Db }): Promise<void>
}

export const job = (definition: Job): Job => definition
