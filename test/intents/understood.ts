// What `npm run understand` prints for sentences, as objects.
import { commands } from '../../handlers/index.ts'
import { understandCli } from '../../src/cli/understand.ts'
import type { Command } from '../../src/command.ts'
import type { Intent } from '../../src/intents/intent.ts'

/** @param options of the command line: `--sender`, `--chat` */
export function understood(
  sentences: string[],
  options: string[] = [],
  known: Command[] = commands,
): Intent[] {
  const lines: string[] = []
  const args = ['--fixture', 'test/exam/fixture.json', '--now', '2026-11-22T10:00:00+08:00', ...options]
  const code = understandCli(args, {
    out: (line) => lines.push(line),
    err: (line) => {
      throw new Error(line)
    },
    input: () => sentences.join('\n'),
    commands: known,
    botName: '小图',
  })
  if (code !== 0) throw new Error(`exit code ${code}`)
  return lines.map((line) => JSON.parse(line) as Intent)
}

/** Sentence, intent, and the slots that matter. */
export type Row = [said: string, intent: string, slots: Record<string, unknown>]
