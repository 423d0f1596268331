// Every job the bot does by itself.
import type { Job } from '../src/job.ts'
import tidy from './tidy.ts'

export const jobs: Job[] = [tidy]
