// Whether a sentence of inspection asks, says that something was put right, or records a visit (`domain.md` C9). Pure.

import { isDemanded } from './due.ts'

export type InspectionKind = 'query' | 'resolve' | 'report'

const question =
  /[?？]|(?:吗|么|没|没有|了没|呢|不)[\p{P}\s]*$|(?<![好十])(?:几个|几处|几条|几项|几次|几回|几趟|几家)|多少|哪些?|哪个|哪里|哪儿|谁(?!家)|啥(?!问题)|什么(?!问题)|有没有|是不是|列(?:出来|一下|个|表|一?列|出)|查(?:一下|查|询)|看看|清单|名单|汇总|统计|咋样|怎么样|情况(?:呢|$)|覆盖/u
/** 啥问题没有: no question either. */
const none = /(?<!有)(?:啥|什么|任何)大?(?:问题|毛病|隐患)(?:都|也)?没(?:有|发现)?/g
/** 没啥问题, 没发现什么问题: no question. */
const denied = /(?:没|没有|未|无)(?:发现|看到|查到)?(?:出|到)?(?:啥|什么)/g
const asksFor = /(?:超期|逾期|未|没)(?:有)?(?:整改|改|销号)的?(?:问题|清单|隐患)?[\p{P}\s]*$/u
const record =
  /^(?:\s|[,，:])*(?:督导|督查|巡查|暗访|走访|检查|记录)(?:记录|发现|反馈)?[\s:,，]|限(?:期|时)?.{0,8}(?:整改|改|清|处理|解决|天|日|周|前|内)|(?:前|内|之前|必须|务必|要求|责令|立即|马上|立刻|下?周[一二三四五六日天]|[明后]天)[^,，。]{0,6}(?:整改|改|清理?|处理|解决|拆|修)(?:完|好|到位|正|掉)?|发现|看到|(?:没|无|未)(?:有|发现|啥|什么|看到)*(?:啥|什么)?问题|较重|严重|一切正常/
const over =
  /(?:整改|改|清理?|处理|处置|解决|弄|搞|拆|修|换|搬|撤|收拾|打扫|清运|疏通|补|装|更新)(?:得|的)?(?:差不多)?(?:完|好|干净|到位|掉|走|彻底|完毕|完成|合格)|(?:已|已经|都|全部)(?:经)?(?:改(?!成|为|到)|整改|解决|销号|处理|清理|闭环|拆除|更换|修复|恢复)|销号|闭环|整改(?:了|完|到位|合格|完成|报告)|(?:都|全|已经?)(?:给)?(?:清|拆|修|换|搬|补|改)了|没问题了|办结|了结|结案|(?:整改|解决|处理|清理|拆除|修复|搞定|消除|排除|销|恢复)了|(?:退回|打回)|重(?:整|改|新整改|新改)|返工|(?:不|没)(?:有)?(?:清|改|弄|整改|处理)?(?:合格|到位|干净|彻底|通过)|反弹/

/** 已销号的问题, 超期的隐患, 没走到的社区: what is called by its state is asked for, and nothing is said of it. */
const called =
  /(?:超期|逾期|过期)(?:问题|隐患)[\p{P}\s]*$|(?:销号|整改|解决|办结|闭环|改|处理|清理|超期|逾期|过期|到期|拖着|遗留|挂着)(?:完成?|好|到位|完毕)?(?:了|过)?的(?:督导)?(?:毛病|问题|隐患|单子|清单|名单|有)?(?:情况)?[\p{P}\s]*$|(?:没|未)(?:有)?(?:去|跑|走|到|覆盖|督导|检查|查)[过到]?的?(?:那?[几个些]+)?(?:街道|社区|村|单位|地方)(?:名单)?[\p{P}\s]*$/u

/** 请报送超期问题, 请提供清单. */
const demandsList = /^\s*(?:请|烦请|麻烦|帮我|给我)?(?:报送|反馈|提供|统计|汇总|列|告知|查|看)(?![:：,，])/

export function kindOf(text: string): InspectionKind {
  const asks =
    question.test(text.replaceAll(none, '没问题').replaceAll(denied, '没')) ||
    asksFor.test(text) ||
    called.test(text) ||
    demandsList.test(text)
  if (rejection.test(text) && !(asks && /[?？吗]|多少|几|哪/.test(text))) return 'resolve'
  if (isDemanded(text) && !wants.test(text)) return 'report'
  if (asks) return 'query'
  if (over.test(text)) return 'resolve'
  if (record.test(text)) return 'report'
  return bare.test(text) ? 'query' : 'report'
}

const rejection =
  /退回|打回|重(?:整|改|新整改|新改|新弄)|返工|不合格|没(?:有)?(?:通过|改好|整改好|清干净|改到位|整改到位)(?![没吗?？])/
/** What is asked for even where a day is named: 周五前没改完的有几个. */
const wants = /[?？吗]|多少|(?<![好十])(?:几个|几条|几处)|哪些|哪个|列一?下|列一?列|列个|列出|清单|名单/

/** 督导情况, 督导问题: a word alone asks for the list. */
const bare =
  /^(?:[^,，。\s]{0,10})?(?:督导|督查|整改|隐患)(?:的)?(?:情况|问题|清单|台账|进度|进展|记录|统计|汇总|结果|表|率)?[\p{P}\s]*$/u
