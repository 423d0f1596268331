// What the policy says: the key words to look for in the compendium (`domain.md` §1).
import { keywordsOf } from '../language/policy.ts'
import { type Heard, type Intent, intent } from './intent.ts'

export function policyIntent({ meaning }: Heard): Intent {
  const query = keywordsOf(meaning.text)
  return intent('policy.search', query === '' ? { missing: ['query'] } : { query })
}
