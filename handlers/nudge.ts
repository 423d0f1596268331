// 催报：只催没报的，一期一人只催一次；先说要催谁，回1才发。

import { command } from '../src/command.ts'
import { readCalendar } from '../src/database/calendar.ts'
import { writing } from '../src/database/writing.ts'
import { missingIntent } from '../src/intents/missing.ts'
import { line } from '../src/message.ts'
import { askedIn } from '../src/missing-asked.ts'
import { nobodyText, previewText, sentText, soFarText } from '../src/nudge-words.ts'
import { nudgingOf, planNudge, sendNudge } from '../src/nudging.ts'
import { cancelKept, nudgeLater } from '../src/nudging-later.ts'
import { Question } from '../src/question.ts'
import { demand } from '../src/turn.ts'

const urge =
  '(挨个催|催一下|催一催|催催|催下|催促|催报|督促|督促一下|催|喊一喊|喊一下|喊一声|叫一下|叫一叫|点一下|点点名|敲打|敲打一下|敲一敲)'
const tell = '(提醒|通知|叫|喊|告诉|招呼|督促|敦促|催促)'
const behind = '(没有|没|未)(上报|填报|报数|交数|报|交)'
const cancelling = /^(?:取消|撤回|撤销)|取消$/
const already = /催(?:了|过)(?:了?没有|了?没|了?吗)[？?]?$/
/** What the choice of the question adds to the sentence: it counts only when the bot offered it. */
const sure = '就这么催'

export default command<Record<string, never>>({
  name: '催报',
  aliases: ['催一下', '催促'],
  summary: '催没报的单位：只催没报的，一期一人只催一次',
  examples: ['催一下', '催一下没报的', '催催金苑和汝河小区', '催一下红色物业没报的', '提醒没报的赶紧报'],
  seldom: true,
  action: 'nudge',
  phrases: [
    '(挨个催|催一下|催一催|催催|催下|催促|催报)',
    // 催一催, where 一 was read as a number.
    '(催){amount}(催)',
    '(催)(了|过)(没有|没|吗|了吗|了没有|了没)$',
    `${urge}…${behind}(的)?`,
    `${behind}…(,|，)(都)?(给我|给)?${urge}`,
    `${behind}(的)?(都|再|赶紧|快)?${urge}`,
    `^${urge}({unit}|{person})$`,
    '^(催)$',
    '^(取消|撤回|撤销)(了)?(刚才的|排好的|排着的)?(催报|催促)(了)?$',
    '^(催报)(取消)$',
    `^(请|帮我|麻烦|再)?${tell}(一下|下)?({unit}|{indicator})?(这周|本周|{day})?(还|那些|所有)?${behind}({indicator})?(的)(单位|社区|村)?(赶紧|抓紧|尽快|快)?(报)?`,
    `(${sure})$`,
  ],
  decisive: [
    `^(请|帮我|麻烦|再)?${tell}(一下|下)?({unit}|{indicator})?(这周|本周|{day})?(还|那些|所有)?${behind}`,
  ],
  unless: [
    '别(再|老|总|去|一个劲)?(催|报|提醒|发|喊|叫)|不要|不用|甭|怎么|咋|谁|催过的|催了(我|好|几|半)|被催|提醒(我|俺|咱)',
    '明天|后天|每|下周|下午|上午|晚上|早上|中午|点前|点之前|点钟|点半',
    '{day}(前|之前|以前)',
  ],
  intent: (heard) => missingIntent(heard, 'nudge'),
  args: {},
  async run(_args, turn) {
    const { db, roster, meaning, chosen } = turn
    if (cancelling.test(meaning.text)) return line(await cancelKept(turn))
    const calendar = await readCalendar(db)
    const asked = await askedIn(turn, 'nudge', calendar)
    if (asked instanceof Question) return asked
    demand(turn, 'nudge', asked.scope, '催报')
    const nudging = nudgingOf(turn)
    if (already.test(meaning.text))
      return line(soFarText(asked, await planNudge(nudging, db, asked, calendar)))
    if (!chosen || !meaning.text.endsWith(sure)) {
      const nudge = await planNudge(nudging, db, asked, calendar)
      if (nudge.fresh.length === 0) return line(nobodyText(asked, nudge))
      const words = `${meaning.text.replace(new RegExp(`[,，]?${sure}$`), '')},${sure}`
      const options = [{ label: '催（不催回0）', words }]
      return new Question(previewText(turn, asked, nudge), options, { yes: true })
    }
    return writing(db, roster.campaign.id, async (tx) => {
      // Looked at anew: others may have reported, or nudged, since it was asked.
      const nudge = await planNudge(nudging, tx, asked, calendar)
      if (nudge.fresh.length === 0) return line(nobodyText(asked, nudge))
      if (nudge.at > turn.now) await nudgeLater(turn, tx, asked, nudge)
      else await sendNudge(nudging, tx, nudge)
      return line(sentText(turn, nudge))
    })
  },
})
