import { keyring } from '../../src/crypt.ts'

/** What the tests seal and mark with. */
export const testKeys = keyring('a secret key for tests, long enough')
