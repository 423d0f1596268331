// A workbook in a private chat: fetched, offered with what it would change, and the problems sent back in the file itself.
import { strangerInPrivate } from './args.ts'
import { whoMay } from './campaign/permissions.ts'
import { PlatformError, UserError } from './errors.ts'
import { type ImportTools, type Offered, offer, type Refused, type Who } from './importing.ts'
import { type IncomingFile, line, lines, type Reply } from './message.ts'
import { Question } from './question.ts'
import { describeProblems } from './sheet/problems.ts'
import { mayEver, type Turn } from './turn.ts'

const mostProblems = 10
const mostLine = 160
/** Larger ones are not sent back. */
export const mostMarked = 10 << 20
const unnamed = '工作簿.xlsx'

/** @throws UserError when the file does not come, cannot be read, or may not be sent by this person */
export async function received(turn: Turn, file: IncomingFile): Promise<Reply | Question> {
  const { message, person, roster } = turn
  if (message.chat.kind !== 'single')
    return line('表格请私聊发给我：点我的头像发 .xlsx 文件，我先给您看会改什么，确认了才写入。')
  if (!person) throw new UserError(strangerInPrivate)
  if (!mayEver(turn, 'report')) throw new UserError(`表格由${whoMay('report')}导入。`)
  const bytes = await fetched(file)
  const fileName = nameOf(file)
  const { tools, who } = importingOf(turn)
  const answer = await offer(tools, { ...who, bytes, fileName, campaign: roster.campaign.id })
  if (answer.problems) return problemsIn(turn, fileName, answer)
  if (!answer.changes) return lines([`《${fileName}》${answer.lines[0]}`, ...answer.lines.slice(1)])
  return previewOf(fileName, answer)
}

/** What `importing.ts` needs of a turn. */
export function importingOf(turn: Turn): {
  tools: Required<ImportTools>
  who: Who & { person: NonNullable<Turn['person']> }
} {
  const { person, db, keyring, now, push } = turn
  if (!person) throw new UserError(strangerInPrivate)
  return { tools: { db, keys: keyring, push }, who: { person, by: person.name, now } }
}

/** The file as it would be written, and whether it shall be. */
export function previewOf(
  fileName: string,
  { id, kind, lines: changes }: Pick<Offered, 'id' | 'kind' | 'lines'>,
) {
  const head = `收到《${fileName}》（${kind}，编号${id}），还没有写入。导入后：`
  return new Question(
    [head, ...changes.map(cut)].join('\n'),
    [
      { label: '确认导入', words: `确认导入 编号${id}` },
      { label: '不导入', words: `取消导入 编号${id}` },
    ],
    { yes: true },
  )
}

/** One line of a phone's answer. */
export const cut = (text: string) => (text.length > mostLine ? `${text.slice(0, mostLine)}…` : text)

async function fetched(file: IncomingFile): Promise<Buffer> {
  try {
    return await file.fetch()
  } catch (cause) {
    if (!(cause instanceof PlatformError)) throw cause
    throw Object.assign(new UserError('文件没有取下来（可能过期了，或者平台一时忙）。请再发一次。'), {
      cause,
    })
  }
}

/** As a file may be called here and in a message: no folders, no control characters, not endless. */
export function nameOf({ name = '' }: Pick<IncomingFile, 'name'>): string {
  const plain = [...name.replace(/[\p{C}\\/:*?"<>|《》]/gu, '').trim()]
  return plain.slice(-60).join('') || unnamed
}

async function problemsIn(turn: Turn, fileName: string, { problems, annotated }: Refused): Promise<Reply> {
  const shown = describeProblems(problems.slice(0, mostProblems)).map(cut)
  const rest = problems.length - shown.length
  const isSent = annotated !== undefined && (await sendBack(turn, annotated))
  return lines([
    `《${fileName}》有 ${problems.length} 处问题，什么都没有写入：`,
    ...shown,
    ...(rest > 0 ? [`另有 ${rest} 处。`] : []),
    isSent ? '问题都标在文件里了，马上发给您；改好再发一次。' : '请改好再发一次。',
  ])
}

/** @returns whether it can be sent */
async function sendBack(
  { message, person, privately, push, db, roster, now }: Turn,
  { name, bytes }: NonNullable<Refused['annotated']>,
): Promise<boolean> {
  const { platform } = message
  if (!person || !privately.includes(platform) || bytes.length > mostMarked) return false
  const reply: Reply = { blocks: [{ kind: 'file', name, data: bytes.toString('base64') }] }
  const key = `marked:${platform}:${message.robot}:${message.id ?? now.toISOString()}`
  const to = { person: person.id, platform }
  await db
    .transaction()
    .execute((tx) => push(tx, [{ campaign: roster.campaign.id, to, kind: 'reminder', reply, key, due: now }]))
  return true
}
