// 挂图, 通报, 导出, 勿扰: what is to be shown or sent, and what not (`domain.md` C8).
import { whose } from '../bulletin-picking.ts'
import { type BulletinWish, readBulletin } from '../language/bulletin.ts'
import { asksQuiet } from '../language/quiet-hours.ts'
import { readStretch } from '../language/until.ts'
import { type Heard, type Intent, intent, type Slots } from './intent.ts'
import { periodSlot } from './periods.ts'
import { unitSlot } from './places.ts'

/** 俺领几个老伙计看看挂图: who wants to see it says nothing of whose it is; 俺社区的 does. */
const someoneElse =
  /[我俺](?!们?(?:社区|小区|村|街道|街办|办事处|单位|这|的)|们[^,，。]{0,6}的|们\s*(?:$|[,，。挂作]))/g

function shownUnit(heard: Heard): Slots {
  const { meaning } = heard
  const text = meaning.text.replaceAll(someoneElse, ' ')
  return unitSlot({ ...heard, meaning: { ...meaning, text } }, 'chat')
}

export function boardIntent(heard: Heard): Intent {
  return intent('board.show', { ...shownUnit(heard), ...periodSlot(heard, 'back') })
}

export function exportIntent(heard: Heard): Intent {
  return intent('export.file', {
    ...shownUnit(heard),
    ...periodSlot(heard, 'back'),
    format: 'xlsx',
  })
}

const actions: Partial<Record<BulletinWish, string>> = {
  ...{ resend: 'resend', publish: 'approve', hold: 'hold', drop: 'drop', withdraw: 'withdraw' },
  ...{ edit: 'edit', erase: 'edit', body: 'edit', errata: 'errata', show: 'show', list: 'list' },
}

export function bulletinIntent(heard: Heard): Intent {
  const { meaning } = heard
  const asked = readBulletin(meaning.text, whose(meaning))
  return intent('bulletin.create', {
    ...shownUnit(heard),
    ...periodSlot(heard, 'back'),
    kind: asked.kind,
    ...{ action: actions[asked.want], number: asked.number },
    ...(asked.vague && asked.want !== 'show' && { needs_confirm: true }),
  })
}

/** 勿扰: of a person until a day, or the quiet hours of the chat. */
export function muteIntent({ meaning, today }: Heard): Intent {
  const { text } = meaning
  const hours = asksQuiet(text)
  if (hours) return intent('mute', { kind: 'quiet_hours', ...hours })
  const [person] = meaning.people
  const who = person && !/我|俺|咱/.test(text.slice(person.end)) ? person.candidates[0]?.name : undefined
  const { until } = readStretch(text, today)
  return intent('mute', { person: who ?? '@me', until })
}
