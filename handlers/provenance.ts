// 谁报的：一个数是谁、什么时候、怎么说的，谁核实过，以前是多少。

import { pickIndicator, pickUnit, strangerInGroup, strangerInPrivate } from '../src/args.ts'
import { command } from '../src/command.ts'
import { UserError } from '../src/errors.ts'
import { progressIntent } from '../src/intents/progress.ts'
import { lastNumbers, oneNumber } from '../src/provenance.ts'
import { Question } from '../src/question.ts'
import { demand, ownUnit } from '../src/turn.ts'

const by = '谁(给|帮|替)?(报|填|登记|录|录入|改|核实|写|记|输|加)(上|进)?(去|来)?(的|了|过的)'
const when = '(什么时候|啥时候|何时|几号|哪天|几时)(报|填|登记|更新|核实|录)(的|过|了)'

export default command<Record<string, never>>({
  name: '谁报的',
  aliases: ['出处', '来历'],
  summary: '看一个数是谁、什么时候、怎么报的',
  examples: ['金苑社区红色物业谁报的', '这个3谁报的', '谁报的数', '红色物业什么时候报的'],
  action: 'provenance',
  reads: true,
  numbers: true,
  seldom: true,
  phrases: [
    `(这个|那个)?(数|数字|数据)?(是)?${by}(数|数字)?`,
    `(是)?${when}`,
    '(是)?谁(给|帮|替)?(报|填|登记|录|改|写|记|输|加|弄)(上|进)(去|来)',
    '(数|数字|数据)(是)?(从)?(哪|哪儿|哪里|咋|怎么)(来)(的)',
    '{indicator}…(出处|来历|来源)',
    '(数|数字|数据)(的)?(出处|来历|来源)',
  ],
  unless: ['(没|没有|未|还没|不)报|谁还|谁没|怎么报|咋报|提醒'],
  intent: (heard) => progressIntent(heard, { agg: 'provenance' }),
  args: {},
  async run(_args, turn) {
    const { person, message, meaning, roster, chatUnit } = turn
    if (!person) throw new UserError(message.chat.kind === 'group' ? strangerInGroup : strangerInPrivate)
    const [place, what] = [meaning.units.at(-1), meaning.indicators[0]]
    const named = place && pickUnit(turn, place)
    if (named instanceof Question) return named
    const indicator = what && pickIndicator(turn, what)
    if (indicator instanceof Question) return indicator
    const own = ownUnit(turn)
    // A secretary asks about her own numbers, everybody else about those of the group.
    const isLeaf = own !== undefined && roster.children(own.id).length === 0
    const unit = named ?? (isLeaf ? own : (chatUnit ?? own)) ?? roster.root
    demand(turn, 'provenance', unit, '查数的来历')
    if (indicator && roster.children(unit.id).length === 0) return oneNumber(turn, unit, indicator)
    const amount = meaning.text.match(/\d+(?:\.\d+)?(?=\s*(?:个|家|人|户|万元)?\s*(?:是|到底)?\s*谁)/)?.[0]
    return lastNumbers(turn, unit, { indicator, value: amount })
  },
})
