// What the bot sent, read as the platform's app reads it.
import type { Look, SaidByBot } from '../../../platforms/playground/entry.ts'
import type { Dialect } from './inline.ts'

export type Shown = {
  /** What it says in words; empty for what the app would not show. */
  text: string
} & (
  | { kind: 'text' | 'markdown' }
  /** `media` = the picture's id. */
  | { kind: 'picture'; media: string }
  /** `size` in bytes. */
  | { kind: 'file'; media: string; name: string; size: number }
  | { kind: 'card'; card: unknown }
)

/** Also reads the messages of DingTalk's new API, whose parameters are JSON within JSON. */
export function shownOf(payload: unknown): Shown {
  const key = word(field(payload, 'msgKey'))
  if (key) {
    const parameters: unknown = JSON.parse(word(field(payload, 'msgParam')) || '{}')
    if (key === 'sampleImageMsg') return picture(field(parameters, 'photoURL'))
    if (key === 'sampleFile') return file(parameters, 'mediaId', 'fileName')
    return { kind: key === 'sampleText' ? 'text' : 'markdown', text: wordsOf(parameters) }
  }
  const type = word(field(payload, 'msgtype'))
  const body = field(payload, type)
  if (type === 'image') return picture(field(body, 'media_id'))
  if (type === 'file') return file(body, 'media_id', 'name')
  if (type === 'template_card') return { kind: 'card', card: body, text: '' }
  return { kind: type === 'text' ? 'text' : 'markdown', text: wordsOf(body) }
}

/** @param names of everybody, by account id */
export function dialectOf(
  look: Look,
  { to, payload }: Pick<SaidByBot, 'to' | 'payload'>,
  { names, me }: { names: Map<string, string>; me: string },
): Dialect {
  if (look === 'dingtalk') {
    const at = field(payload, 'at')
    const called = [...list(field(at, 'atUserIds')), ...(field(at, 'isAtAll') === true ? [everybody] : [])]
    return { ...dingtalk, me, names: new Map(called.map((id) => [id, names.get(id) ?? id])) }
  }
  // A group's robot and an app speak an older markdown than the robot that answers.
  const isOld = to === undefined && field(payload, 'msgtype') !== 'markdown_v2'
  return { ...(isOld ? oldWecom : wecom), me, names }
}

/** Whom a text of WeCom calls besides those who stand in it. */
export function calledBeside(payload: unknown): string[] {
  return list(field(field(payload, 'text'), 'mentioned_list')).map((id) => (id === '@all' ? everybody : id))
}

const everybody = '所有人'

type Markup = Omit<Dialect, 'names' | 'me'>
const dingtalk: Markup = {
  ...{ tables: false, code: false, rules: false, lists: true, nestedLists: false, italics: true },
  ...{ quoteDepth: 1, breaks: false, colours: false, mentions: 'bare' },
}
const wecom: Markup = {
  ...{ tables: true, code: true, rules: true, lists: true, nestedLists: true, italics: true },
  ...{ quoteDepth: 3, breaks: false, colours: false, mentions: 'none' },
}
const oldWecom: Markup = {
  ...{ tables: false, code: true, rules: false, lists: false, nestedLists: false, italics: false },
  ...{ quoteDepth: 1, breaks: true, colours: true, mentions: 'tags' },
}

const picture = (media: unknown): Shown => ({ kind: 'picture', media: word(media), text: '' })
const file = (body: unknown, media: string, name: string): Shown => ({
  ...{ kind: 'file', media: word(field(body, media)), name: word(field(body, name)), text: '' },
  size: Number(field(body, 'size') ?? 0),
})
const wordsOf = (body: unknown): string => word(field(body, 'content')) || word(field(body, 'text'))
const word = (value: unknown): string => (typeof value === 'string' ? value : '')
const list = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
