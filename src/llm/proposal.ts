// What a language model answered, or nothing: whatever does not have exactly the form that was asked for is no answer.
import { z } from 'zod'
import type { Command } from '../command.ts'

export type Proposal = { command: string; sentence: string } | { command: null }

const completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().max(4_000) }) })).min(1),
})

/** @param json the body of `/chat/completions` @returns undefined for anything but a proposal of a known command */
export function readProposal(json: unknown, commands: Command[]): Proposal | undefined {
  const content = completion.safeParse(json).data?.choices[0]?.message.content
  if (content === undefined) return undefined
  const proposal = z.union([
    z.object({ command: z.null() }),
    z.object({
      command: z.string().refine((name) => commands.some((command) => command.name === name)),
      sentence: z.string().trim().min(1).max(100),
    }),
  ])
  return proposal.safeParse(parse(content)).data
}

/** Some models put a fence around JSON, whatever they are told. */
function parse(content: string): unknown {
  try {
    return JSON.parse(content.trim().replace(/^```(?:json)?\s*([\s\S]*?)\s*```$/, '$1'))
  } catch {
    return undefined
  }
}
