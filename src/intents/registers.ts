// The registers: what stands in them and what is entered (`domain.md` C1).
import { dayIn } from '../language/due.ts'
import {
  branchIn,
  filterIn,
  personIn,
  projectIn,
  type RegisterName,
  registerIn,
  roadIn,
  yardIn,
} from '../language/registers.ts'
import { type Heard, type Intent, intent, type Slots } from './intent.ts'
import { unitSlot } from './places.ts'

const counts = /多少|几个|几家|几支|几条|几户|几处|几位|几名|总数|一共(?!有哪)/

/** 191号院跟哪个支部结对, 今天谁值班, 哪些楼院没派干部. */
export function registerIntent(heard: Heard): Intent {
  const { text, people, units, indicators } = heard.meaning
  const register = registerIn(text)
  const filter = filterIn(text)
  const person = people[0]?.candidates[0]?.name
  const day = register === '值班' ? dayIn(text, heard.now, heard.calendar) : undefined
  const key = register === '路长' ? roadIn(text) : yardIn(text)
  const place: Slots = units.length > 0 && key === undefined ? unitSlot(heard, 'chat') : {}
  return intent('register.query', {
    register: register ?? (indicators.length > 0 || filter || /支部/.test(text) ? '结对联建' : undefined),
    ...place,
    query: key ?? (register === '结对联建' && !filter ? branchIn(text) : undefined),
    ...{ person, date: day?.date, filter },
    agg: counts.test(text) ? 'count' : undefined,
    ...(!register && !filter && !/支部/.test(text) && { missing: ['query'] }),
  })
}

/** 28号值班改成王海涛, 嵩山路的路长换成吴斌. */
export function entryIntent(heard: Heard): Intent {
  const register = registerIn(heard.meaning.text)
  const read = register && fields[register]
  if (!read) return intent('register.update', { register, missing: [register ? 'value' : 'query'] })
  const { missing, ...found } = read(heard)
  const said = { ...found, ...(isOtherNamed(heard) && { needs_confirm: true }) }
  const lacks = missing as string[]
  return intent('register.update', { register, ...said, ...(lacks.length > 0 && { missing: lacks }) })
}

const fields: Partial<Record<RegisterName, (heard: Heard) => Slots>> = {
  值班: (heard) => {
    const day = dayIn(heard.meaning.text, heard.now, heard.calendar)
    const person = nameIn(heard)
    return {
      ...{ date: day?.date, person },
      // 大年三十不说，29号值班: two days of which it is not sure which is meant.
      ...((day?.isDoubtful || isOtherDay(heard, day?.date)) && { needs_confirm: true }),
      missing: [...(day ? [] : ['at']), ...(person ? [] : ['person'])],
    }
  },
  路长: (heard) => {
    const [road, person] = [roadIn(heard.meaning.text), nameIn(heard)]
    return { road, person, missing: [...(road ? [] : ['query']), ...(person ? [] : ['person'])] }
  },
  临时党支部: (heard) => {
    const [project, person] = [projectIn(heard.meaning.text), nameIn(heard)]
    return { project, person, missing: [...(project ? [] : ['query']), ...(person ? [] : ['person'])] }
  },
  结对联建: (heard) => {
    const { text } = heard.meaning
    const [yard, branch] = [yardIn(text), branchIn(text)]
    const saysCadre = /干部|包联|下沉|包保|包院|包楼|联系人|包.{0,7}院/.test(text)
    const cadre = saysCadre || /人/.test(text) ? nameIn(heard) : undefined
    // What is named and could not be told is asked about, and not left out.
    const isHalf = (!branch && /支部|党委|总支/.test(text)) || (saysCadre && !cadre)
    return {
      ...{ yard, branch, cadre },
      ...(isHalf && { needs_confirm: true }),
      missing: [...(yard ? [] : ['query']), ...(branch || cadre ? [] : ['value'])],
    }
  },
}

/** Of several names, the one that is entered stands last: 张建国换成王海涛; one that nobody knows stands by its field. */
const nameIn = ({ meaning: { text, people } }: Heard): string | undefined =>
  people.at(-1)?.candidates[0]?.name ?? personIn(text)

const isOtherDay = ({ meaning }: Heard, date: string | undefined): boolean =>
  date !== undefined && [meaning.day, meaning.otherDay].some((one) => one !== undefined && one !== date)

/** 干部是张志强，周敏报: two names of which it is not sure who is entered. */
function isOtherNamed({ meaning: { text, people } }: Heard): boolean {
  const named = personIn(text)
  const last = people.at(-1)
  return named !== undefined && last !== undefined && !named.includes(text.slice(last.start, last.end))
}
