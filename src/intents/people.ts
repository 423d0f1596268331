// Who is in charge, who holds a post, whose phone it is, where somebody works (`domain.md` §1).
import { teamIn } from '../language/inspection.ts'
import { type Heard, type Intent, intent, type Slots } from './intent.ts'
import { indicatorSlot, unitSlot } from './places.ts'

const offices =
  /组织委员|填报员|联络员|信息员|督导员|专班|领导小组办公室|办公室|党工委书记|街道书记|书记|支书|主任|分管领导|包村干部|网格员|负责人|责任人|组织员/
const where =
  /(?:是|在|属于?|归|管)?(?:哪|啥|什么|哪个|哪儿|哪里|几)(?:一)?(?:个)?(?:的|里|儿)?(?:村|社区|街道|单位|组|督导组|部门|地方)|哪儿的|哪里的|管哪|负责哪/
const phone =
  /电话|手机|号码|联系方式|(?:咋|怎么|如何).{0,8}联系|(?<![\d几第])号(?=$|[\s,?]|多少|有|发|谁|给|报|告)/

/** 红色物业归谁管, 金苑社区书记是谁, 周敏电话, 赵铁柱是哪个村的, 第三督导组都有谁. */
export function responsibleIntent(heard: Heard): Intent {
  const { text, people, units } = heard.meaning
  const person = people[0]?.candidates[0]?.name
  const field = phone.test(text) ? 'phone' : person && where.test(text) ? 'unit' : 'name'
  const team = teamIn(text)?.name
  const query = team ?? (person ? undefined : offices.exec(text)?.[0])
  const isMine = /^(?:我|俺|咱)的/.test(text)
  const place: Slots = units.length > 0 || !(person || team) ? unitSlot(heard, 'chat') : {}
  return intent('responsible.query', {
    ...place,
    ...indicatorSlot(heard),
    person: person ?? (isMine ? heard.person?.name : undefined),
    ...{ query, field },
  })
}
