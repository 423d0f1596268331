// Counts what really ran. With CI=true a test that was skipped, or is still to be written, fails the run.
import { appendFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

/**
 * @param environment `TEST_TALLY` = a file that gets one line with the counts
 * @param fail ends the run in failure
 */
export function tally(
  environment: Record<string, string | undefined> = process.env,
  fail: (reason: string) => void = failRun,
): Reporter {
  return {
    onTestRunEnd(modules) {
      const counts = countOf(modules)
      if (environment['TEST_TALLY']) appendFileSync(environment['TEST_TALLY'], `${JSON.stringify(counts)}\n`)
      if (environment['CI'] === 'true' && counts.skipped > 0)
        fail(`${counts.skipped} skipped: nothing may be skipped when CI=true`)
    },
  }
}

function failRun(reason: string): void {
  process.stderr.write(`${reason}\n`)
  process.exitCode = 1
}

/** @returns how many tests passed, failed and did not run, and the projects that had one that ran */
function countOf(modules: readonly TestModule[]) {
  const counts = { passed: 0, failed: 0, skipped: 0, projects: [] as string[] }
  for (const module of modules)
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      if (state === 'passed' || state === 'failed') counts[state]++
      else counts.skipped++
      if (state === 'passed' && !counts.projects.includes(module.project.name))
        counts.projects.push(module.project.name)
    }
  return counts
}
