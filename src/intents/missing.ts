// 谁没报, 催报: whose numbers are missing, of what and since when.
import { type Heard, type Intent, intent } from './intent.ts'
import { periodSlot } from './periods.ts'
import { indicatorSlot, unitSlot } from './places.ts'

const levels: [RegExp, string][] = [
  [/区级|区直|区一级/, 'district'],
  [
    /(?:哪些?|哪几个|哪个|几个|多少个?|所有|各个?|没[报交](?:数|\p{Script=Han}{2,8})?的)(?:的)?社区|[报送交](?:数据?|数字)?的社区/u,
    'community',
  ],
  [
    /(?:哪些?|哪几个|哪个|几个|多少个?|所有|各个?|没[报交]数?的)(?:的)?村|[报送交](?:数据?|数字)?的村/,
    'village',
  ],
  [
    /(?:哪些?|哪几个|哪个|几个|多少个?|所有|各个?|没[报交]数?的)(?:的)?街道|[报送交](?:数据?|数字)?的街道/,
    'street',
  ],
]

export function missingIntent(heard: Heard, action?: 'nudge'): Intent {
  const { text } = heard.meaning
  return intent('report.missing', {
    ...unitSlot(heard, 'chat'),
    ...indicatorSlot(heard),
    ...periodSlot(heard, 'back'),
    unit_level: levels.find(([pattern]) => pattern.test(text))?.[1],
    action,
    agg: !action && /几[个家]|多少/.test(text) && !/哪几/.test(text) ? 'count' : undefined,
  })
}
