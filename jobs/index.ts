// Every job the bot does by itself.
import type { Job } from '../src/job.ts'
import deadlineAlerts from './deadline-alerts.ts'
import reminders from './reminders.ts'
import tidy from './tidy.ts'

export const jobs: Job[] = [reminders, deadlineAlerts, tidy]
