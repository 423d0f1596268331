// Every job the bot does by itself. What is due at one moment runs in this order.
import type { Job } from '../src/job.ts'
import deadlineAlerts from './deadline-alerts.ts'
import deliveryNote from './delivery-note.ts'
import handovers from './handovers.ts'
import reminders from './reminders.ts'
import tidy from './tidy.ts'
import weeklyRanking from './weekly-ranking.ts'

export const jobs: Job[] = [handovers, reminders, deadlineAlerts, weeklyRanking, deliveryNote, tidy]
