// Every job the bot does by itself. What is due at one moment runs in this order.
import type { Job } from '../src/job.ts'
import bulletins from './bulletins.ts'
import deadlineAlerts from './deadline-alerts.ts'
import deliveryNote from './delivery-note.ts'
import handovers from './handovers.ts'
import nudges from './nudges.ts'
import reminders from './reminders.ts'
import tidy from './tidy.ts'
import vetoDays from './veto-days.ts'
import weeklyBulletin from './weekly-bulletin.ts'
import weeklyRanking from './weekly-ranking.ts'

export const jobs: Job[] = [
  ...[vetoDays, handovers, reminders, nudges, deadlineAlerts, weeklyRanking, weeklyBulletin, bulletins],
  ...[deliveryNote, tidy],
]
