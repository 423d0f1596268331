// Every command, in the order in which 帮助 lists them.
import type { Command } from '../src/command.ts'
import alias from './alias.ts'
import award from './award.ts'
import bind from './bind.ts'
import bindRobot from './bind-robot.ts'
import board from './board.ts'
import bulletin from './bulletin.ts'
import compare from './compare.ts'
import confirm from './confirm.ts'
import correct from './correct.ts'
import deadline from './deadline.ts'
import delivery from './delivery.ts'
import exportFile from './export.ts'
import extend from './extend.ts'
import forecast from './forecast.ts'
import handover from './handover.ts'
import help from './help.ts'
import importFile from './import.ts'
import list from './list.ts'
import missing from './missing.ts'
import mute from './mute.ts'
import nudge from './nudge.ts'
import pending from './pending.ts'
import phone from './phone.ts'
import policy from './policy.ts'
import progress from './progress.ts'
import provenance from './provenance.ts'
import quiz from './quiz.ts'
import rank from './rank.ts'
import register from './register.ts'
import reminder from './reminder.ts'
import report from './report.ts'
import responsible from './responsible.ts'
import screen from './screen.ts'
import silence from './silence.ts'
import supervision from './supervision.ts'
import undo from './undo.ts'
import verify from './verify.ts'
import whoami from './whoami.ts'
import why from './why.ts'

export const commands: Command[] = [
  ...[progress, report, correct, undo, confirm, list, pending, verify, provenance],
  ...[rank, why, compare, forecast, missing, nudge, deadline, extend, reminder, delivery],
  ...[board, screen, exportFile, importFile],
  ...[mute, silence, bulletin, bindRobot, alias, handover, phone, bind, whoami, help],
  ...[responsible, policy, quiz, supervision, register, award],
]
