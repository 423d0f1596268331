// 工作台：组织委员和区专班在电脑上导入表格、签发通报、看送达的网页。
import { randomBytes } from 'node:crypto'
import { strangerInPrivate } from '../src/args.ts'
import { command } from '../src/command.ts'
import { UserError } from '../src/errors.ts'
import { line } from '../src/message.ts'

const linkMinutes = 10
const page = '(工作台|办公页|办公页面|填报页|填报页面|管理页|管理页面)'

export default command<Record<string, never>>({
  name: '工作台',
  aliases: ['办公页', '填报页', '管理页'],
  summary: '在电脑上导入表格、签发通报、看送达和群的网页',
  examples: ['工作台', '打开工作台'],
  seldom: true,
  action: 'desk',
  reads: true,
  phrases: [
    `^${page}(的)?(链接|网址|地址)?(吧|呢)?$`,
    `(打开|进|进入|登录|登陆|发|来|给|要|开)(我|一下|个|一个)?(的)?${page}`,
  ],
  decisive: [`(打开|进入|登录|登陆)${page}`],
  args: {},
  async run(_args, { message, person, links, roster }) {
    if (message.chat.kind !== 'single') throw new UserError('工作台的链接只给一个人：请私聊我说“工作台”。')
    if (!person) throw new UserError(strangerInPrivate)
    if (!links) throw new UserError('工作台还没开通：请工程师先在 .env 里设置 PUBLIC_URL。')
    const once = randomBytes(9).toString('base64url')
    const pass = { use: 'desk' as const, campaign: roster.campaign.id, person: person.id, once }
    const link = links.make('/desk/', pass, linkMinutes * 60_000)
    return {
      ...line(`您的工作台，${linkMinutes}分钟内点开有效，只能打开一次，请不要转发。在电脑上打开最方便。`),
      link,
    }
  },
})
