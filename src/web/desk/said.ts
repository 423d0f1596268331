// What came of a click: kept for some minutes, so that it is told on the next page, and told again to a second click.
import { z } from 'zod'
import type { State } from '../../state/state.ts'

const problem = z.object({
  sheet: z.string(),
  row: z.number(),
  column: z.string().optional(),
  message: z.string(),
})

const said = z.object({
  /** The page that tells it. */
  to: z.string(),
  isWrong: z.boolean().default(false),
  lines: z.array(z.string()),
  /** What is wrong in a workbook. */
  problems: z.array(problem).optional(),
  /** How many there are in all. */
  count: z.number().optional(),
  /** The workbook with that in it can be had, under this name. */
  marked: z.string().optional(),
})
/** `to` is a path below /desk/. */
export type Said = z.infer<typeof said>

const saidSeconds = 15 * 60
const doneSeconds = 9 * 3600
const saidKey = (session: string, number: string) => `desk:said:${session}:${number}`
const doneKey = (session: string, number: string) => `desk:done:${session}:${number}`

/** @returns undefined for what was never said, or is forgotten */
export async function saidUnder(state: State, session: string, number: string): Promise<Said | undefined> {
  const kept = await state.get(saidKey(session, number))
  return kept === undefined ? undefined : said.safeParse(JSON.parse(kept)).data
}

/**
 * Does it for the form with this number, once: a second click waits for the first, and gets its answer.
 * @returns undefined when it was done, and nobody knows any more what came of it
 */
export function once(
  state: State,
  session: string,
  number: string,
  work: () => Promise<z.input<typeof said>>,
): Promise<Said | undefined> {
  return state.exclusively(`desk:${session}`, async () => {
    if (!(await state.claim(doneKey(session, number), '1', doneSeconds)))
      return saidUnder(state, session, number)
    try {
      const done = said.parse(await work())
      await state.put(saidKey(session, number), JSON.stringify(done), saidSeconds)
      return done
    } catch (error) {
      // Nothing was done: the same click may be tried again.
      await state.take(doneKey(session, number))
      throw error
    }
  })
}
