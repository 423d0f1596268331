// Every command, in the order in which 帮助 lists them.
import type { Command } from '../src/command.ts'
import bind from './bind.ts'
import bindRobot from './bind-robot.ts'
import confirm from './confirm.ts'
import deadline from './deadline.ts'
import delivery from './delivery.ts'
import handover from './handover.ts'
import help from './help.ts'
import mute from './mute.ts'
import progress from './progress.ts'
import rank from './rank.ts'
import reminder from './reminder.ts'
import report from './report.ts'
import undo from './undo.ts'
import whoami from './whoami.ts'

export const commands: Command[] = [
  ...[progress, report, undo, confirm, rank, deadline, reminder, delivery],
  ...[mute, bindRobot, handover, bind, whoami, help],
]
