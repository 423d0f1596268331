// Every command, in the order in which 帮助 lists them.
import type { Command } from '../src/command.ts'
import bind from './bind.ts'
import confirm from './confirm.ts'
import help from './help.ts'
import progress from './progress.ts'
import report from './report.ts'
import undo from './undo.ts'
import whoami from './whoami.ts'

export const commands: Command[] = [progress, report, undo, confirm, bind, whoami, help]
