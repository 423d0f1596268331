// node scripts/no-skips.mjs FILE PROJECT…: adds up what test/support/tally.ts wrote. Fails unless each of the projects
// ran tests, all of them passed and none was skipped.
import { readFileSync } from 'node:fs'

const [file = '', ...wanted] = process.argv.slice(2)
const total = { passed: 0, failed: 0, skipped: 0 }
const ran = new Set()
for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
  const { projects, ...counts } = JSON.parse(line)
  for (const kind of Object.keys(total)) total[kind] += counts[kind]
  for (const project of projects) ran.add(project)
}
const missing = wanted.filter((project) => !ran.has(project))
if (missing.length > 0) process.stdout.write(`No test ran of: ${missing.join(', ')}\n`)
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`)
if (missing.length > 0 || total.failed + total.skipped > 0) process.exitCode = 1
