// 挂图, 通报, 导出, 勿扰: what is to be shown or sent, and what not (`domain.md` C8).
import { whose } from '../bulletin-picking.ts'
import { type BulletinWish, readBulletin } from '../language/bulletin.ts'
import { asksQuiet } from '../language/quiet-hours.ts'
import { readStretch } from '../language/until.ts'
import { type Heard, type Intent, intent } from './intent.ts'
import { periodSlot } from './periods.ts'
import { unitSlot } from './places.ts'

export function boardIntent(heard: Heard): Intent {
  return intent('board.show', { ...unitSlot(heard, 'chat'), ...periodSlot(heard, 'back') })
}

export function exportIntent(heard: Heard): Intent {
  return intent('export.file', {
    ...unitSlot(heard, 'chat'),
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
    ...unitSlot(heard, 'chat'),
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
