import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/support/longest-first.ts'
import { tally } from './test/support/tally.ts'

// "main" is everything but the browser; both bring their own Redis and PostgreSQL (test/support/services.ts).
const shared = {
  globalSetup: ['test/support/services.ts'],
  testTimeout: 30_000,
  hookTimeout: 60_000,
}
export default defineConfig({
  test: {
    reporters: ['default', tally()],
    allowOnly: false,
    passWithNoTests: false,
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { ...shared, name: 'main', include: ['test/**/*.test.ts'], exclude: ['test/browser/**'] } },
      { test: { ...shared, name: 'browser', include: ['test/browser/**/*.test.ts'] } },
    ],
  },
})
