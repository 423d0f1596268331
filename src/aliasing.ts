// Giving a unit or an indicator a short name, and taking it back: who may, and what would confuse (`domain.md` C2).
import { demandActive } from './args.ts'
import { reach } from './campaign/permissions.ts'
import { type Alias, dropAlias, giveAlias, type Meant, readAliases } from './database/aliases.ts'
import { UserError } from './errors.ts'
import { commandWords } from './explained.ts'
import { type AliasSaid, readAlias } from './language/alias-said.ts'
import { type Named, type Spot, saysNothing } from './language/lexicon.ts'
import { leftovers } from './language/phrases.ts'
import { line, lines, type Reply } from './message.ts'
import { Question } from './question.ts'
import { demand, may, type Turn } from './turn.ts'

const longest = 12
const example = '“以后汝小就是汝河小区社区”'

/** 以后汝小就是汝河小区社区 gives, 汝小不是汝河小区社区的简称 takes back. */
export async function changeAlias(turn: Turn): Promise<Reply | Question> {
  const { text, units, indicators } = turn.meaning
  const spots = [...units, ...indicators]
  const said = readAlias(text, spots)
  if (!said && spots.length === 1 && spots[0]?.candidates.length === 1)
    throw new UserError(
      `要定什么简称？请说“以后…就是${nameOf(turn, spots[0].candidates[0] as Named)}”，如${example}。`,
    )
  if (!said) throw new UserError(`没看出是哪个单位、哪项指标的简称。请写全名，如${example}。`)
  if (said.name === undefined) return dropByItself(turn, said.alias)
  const spot = spots[said.name]
  const [only, ...others] = spot?.candidates ?? []
  if (!spot || !only) throw new UserError(`请写全名，如${example}。`)
  // A name that was only heard, or is short itself, is no name to give another one to.
  if (others.length > 0 || spot.how !== 'exact') return whichOf(turn, spot)
  const named = { ...only, name: nameOf(turn, only) }
  demandMay(turn, named)
  if (said.isDoubtful && !isCalled(turn, said.alias, named)) {
    refuseConfusing(turn, said.alias, named)
    return new Question(`“${said.alias}”以后就是${named.name}的简称，大家都这样说吗？`, [
      { label: '对，定这个简称', words: `以后${said.alias}就是${named.name}` },
    ])
  }
  return said.kind === 'give' ? give(turn, said, named) : drop(turn, said.alias, named)
}

async function give(turn: Turn, { alias }: AliasSaid, named: Named): Promise<Reply> {
  const { db, roster } = turn
  if (isCalled(turn, alias, named)) return line(`“${alias}”已经是${named.name}的叫法了，直接说就行。`)
  refuseConfusing(turn, alias, named)
  const indicator = roster.indicators.get(named.kind === 'indicator' ? named.id : 0)
  if (indicator) demandActive(indicator)
  if (!(await giveAlias(db, actor(turn), alias, meant(named), named.name)))
    throw new UserError(`“${alias}”刚刚有人定过了。要看都有哪些，请说“简称”。`)
  return line(
    `记下了：“${alias}”就是${named.name}，大家都可以这样说，如“${alias}进度”。不要了请说“${alias}不是${named.name}的简称”。`,
  )
}

async function drop(turn: Turn, alias: string, named: Named): Promise<Reply> {
  if (await dropAlias(turn.db, actor(turn), alias, meant(named), named.name))
    return line(`好，“${alias}”不再是${named.name}的简称。要再用请说“以后${alias}就是${named.name}”。`)
  if (isCalled(turn, alias, named))
    throw new UserError(
      `“${alias}”是名字本身或工作簿里写的，这里去不掉。要去掉请改工作簿里的“简称”，再导入一次。`,
    )
  throw new UserError(`“${alias}”本来就不是${named.name}的简称，不用去掉。要看都有哪些，请说“简称”。`)
}

/** 删除简称汝小: what it stands for is in the book. */
async function dropByItself(turn: Turn, alias: string): Promise<Reply> {
  const found = (await readAliases(turn.db, turn.roster.campaign.id)).find((one) => one.alias === alias)
  const named = found && namedBy(turn, found)
  if (!named) throw new UserError(`没有定过“${alias}”这个简称。要看都有哪些，请说“简称”。`)
  demandMay(turn, named)
  return drop(turn, alias, named)
}

/** Those that were given in a chat, of what this person may name here. */
export async function listAliases(turn: Turn): Promise<Reply> {
  const all = await readAliases(turn.db, turn.roster.campaign.id)
  const rows = all.flatMap((one) => {
    const named = namedBy(turn, one)
    if (!named || (named.kind === 'unit' && !isHere(turn, named.id))) return []
    return `${one.alias} → ${named.name}（${one.by}定的）`
  })
  const how = `加一个请说${example}，去掉请说“汝小不是汝河小区社区的简称”。`
  return rows.length > 0 ? lines(['大家定的简称', ...rows, how]) : line(`还没有定过简称。${how}`)
}

/** @throws UserError when the person may not name this: a street's clerk only what is the street's own */
function demandMay(turn: Turn, { kind, id }: Named): void {
  const { roster, person, chatUnit } = turn
  const unit = roster.units.get(kind === 'unit' ? id : 0)
  if (unit) {
    demand(turn, 'bind_alias', unit, '定简称')
    return
  }
  if (!person?.duties.some(({ role }) => reach(role, 'bind_alias') === 'all'))
    throw new UserError('指标是全区共用的，它的简称由区专班来定。单位的简称您可以定。')
  if (chatUnit && chatUnit.id !== roster.root.id)
    throw new UserError('指标是全区共用的，它的简称请在全区的群里定，或私聊我。')
}

/** @throws UserError that says why people would be misunderstood with it */
function refuseConfusing(turn: Turn, alias: string, named: Named): void {
  const { roster, commands } = turn
  const { length } = [...alias]
  if (length < 2) throw new UserError('一个字太短，容易弄混。简称请用两个字以上。')
  if (length > longest) throw new UserError(`简称最多${longest}个字，请再短一些。`)
  const meaning = turn.read(alias)
  const numbers = `“${alias}”里有数或日子，会和报的数弄混。请换一个。`
  if (/\d/.test(alias)) throw new UserError(numbers)
  const words = commandWords(commands)
  const left = leftovers(alias, [], words).filter(({ text }) => !saysNothing(text))
  if (words.includes(alias) || everyday.test(alias) || left.length === 0)
    throw new UserError(`“${alias}”是平常办事要说的词，当了简称就听不懂别的话了。请换一个。`)
  if (meaning.items.some(({ amount }) => amount) || meaning.day !== undefined) throw new UserError(numbers)
  if (!/^[\p{Script=Han}A-Za-z]+$/u.test(alias)) throw new UserError('简称里请只用汉字和字母，不要标点。')
  // 金苑物业 would hide 金苑 in 金苑物业3个, and the number would be another unit's.
  const inside = roster.lexicon.spot(alias, () => false).filter(({ how }) => how === 'exact')
  const other = inside.find(({ candidates }) => !candidates.some((one) => isSame(one, named)))
  const shared = inside.find(({ start, end }) => start === 0 && end === alias.length)
  const taken = other ?? shared
  if (taken) {
    const whose = taken.candidates.find((one) => !isSame(one, named))
    throw new UserError(
      `“${alias.slice(taken.start, taken.end)}”已经是${whose ? nameOf(turn, whose) : '别人'}的名字，会弄混。请换一个。`,
    )
  }
  const alike = roster.lexicon.soundsLike(alias, named.kind).find((one) => !isSame(one, named))
  if (alike) throw new UserError(`“${alias}”听起来和${nameOf(turn, alike)}一样，会听错。请换一个。`)
}

/** Words that point at whoever speaks, agree or mean everybody: they are in everybody's sentences. */
const everyday =
  /^(?:[我俺咱你您他她它这那本哪谁没未不].*|收到|好的?|可以|确定|取消|不是|不对|大家|大伙|全体|所有.*|各.*|.*(?:书记|主任|支书|同志|老师|经理|会计)|其他|其它|单位|指标|书记|领导|社区|街道|今天|明天|昨天)$/

/** Every choice is the sentence with the full name in place of what was said. */
function whichOf({ meaning: { text }, ...turn }: Turn, { start, end, candidates }: Spot): Question {
  const options = candidates.map((one) => {
    const name = nameOf(turn, one)
    return { label: name, words: text.slice(0, start) + name + text.slice(end) }
  })
  return new Question('您说的是哪一个？', options)
}

const isCalled = ({ roster }: Turn, alias: string, { kind, id }: Named): boolean => {
  const unit = kind === 'unit' ? roster.units.get(id) : undefined
  const found = unit ?? roster.indicators.get(id)
  return [found?.name, unit?.short, ...(found?.aliases ?? [])].includes(alias)
}

const isSame = (one: Named, other: Named) => one.kind === other.kind && one.id === other.id
/** A step is its indicator's. */
const nameOf = ({ roster }: Pick<Turn, 'roster'>, { kind, id, name }: Named): string =>
  (kind === 'unit' ? roster.units.get(id)?.name : roster.indicators.get(kind === 'person' ? 0 : id)?.name) ??
  name
const meant = ({ kind, id }: Named): Meant => (kind === 'unit' ? { unit: id } : { indicator: id })

function namedBy({ roster }: Turn, { unit, indicator }: Alias): Named | undefined {
  const found = roster.units.get(unit ?? 0) ?? roster.indicators.get(indicator ?? 0)
  return found && { kind: unit === null ? 'indicator' : 'unit', id: found.id, name: found.name, others: [] }
}

const isHere = (turn: Turn, id: number): boolean => {
  const unit = turn.roster.units.get(id)
  const isInChat = !turn.chatUnit || turn.roster.isWithin(id, turn.chatUnit.id)
  return unit !== undefined && isInChat && may(turn, 'bind_alias', unit)
}

const actor = ({ roster, now, person }: Turn) => ({
  ...{ campaign: roster.campaign.id, at: now, actor: person?.name ?? '' },
})
