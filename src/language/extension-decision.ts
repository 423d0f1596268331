// 同意延期, 张建国的延期我不同意,时间还够: how a request is decided, and why it is refused. Pure.
import { readReason, withoutReason } from './extension.ts'

export interface Decision {
  isYes: boolean
  /** 延期 is spoken of: 同意编号1 alone may mean something else that has the number. */
  isPlain: boolean
  /** Said in words that may ask for one as well: 给我们批了延期吧. */
  isLoose: boolean
}

const no = '不同意|不批准|不批|不准|驳回|拒绝|否决'
const yes = '同意|批准|准许'
const extension = '(?:延期|宽限)(?:的)?(?:申请)?(?:的)?'
const who = '(?:我们?|咱|街道|区里|这边|都|全部|全|就|一律|一起|可以|也|给|,|\\s)*'
const over = '(?:了|吧|的)*'
const forms = [
  // 同意延期, 全部同意延期, 那就不批了; 同意绑定 is somebody else's.
  `^(?:我们?|那|就|全部|全|都|一律)*(?:(?<no>${no})|${yes})`,
  `${extension}${who}(?:(?<no>${no})|${yes})${over}$`,
  // 把延期批了
  `(?:把|给|将).*${extension}${who}(?:批|准)(?:了|掉|吧)+$`,
  `编号\\s?\\d+${who}(?:(?<no>${no})|${yes})${over}$`,
].map((source) => new RegExp(source))
/** 金苑的延期行, 延期不能批, 给金苑批了延期吧: a decision when somebody says it who decides. */
const looseForms = [
  `${extension}${who}(?:(?<no>不能批|不给批|别批|不可以|不行|不能延|不给延|不延)|能批|给批|可以|行|准|批)(?:了|吧|的)*$`,
  `(?:把|给|将).*(?:批|准)[^,，]{0,14}${extension}(?:了|吧)*$`,
].map((source) => new RegExp(source))
const asks = /[吗么呢？?]$|没$|没有$|谁/
const looselyAsks = /行不行|可不可以|能不能|批不批|(?:审|待|未|等我)批$|^(?:看|批|审)/

/** @returns undefined when nothing is decided: 延期同意了吗 */
export function readDecision(text: string): Decision | undefined {
  const said = withoutRefusal(text)
  if (asks.test(said)) return undefined
  const hitIn = (all: RegExp[]) => all.map((form) => form.exec(said)).find((hit) => hit !== null)
  const plain = hitIn(forms)
  const found = plain ?? (looselyAsks.test(said) ? undefined : hitIn(looseForms))
  if (!found) return undefined
  const isYes = found.groups?.['no'] === undefined
  return { isYes, isPlain: /延期|宽限/.test(said), isLoose: !plain }
}

/** Behind the refusal and what is refused: 不批准 编号1 时间还够. */
const behindNo = new RegExp(
  `(?:${no})${over}\\s*(?:${extension})?\\s*(?:编号\\s?\\d+)?${over}[,，;；。\\s]+(\\S.*)$`,
  's',
)

/** Why it is refused, in the person's words; undefined when it is not said. */
export function readRefusal(text: string): string | undefined {
  return (
    readReason(text) ??
    (told(text)
      ?.replace(/[\s,，。;；]+$/, '')
      .replaceAll(',', '，') ||
      undefined)
  )
}

function told(text: string): string | undefined {
  const found = behindNo.exec(text)?.[1]
  // 不同意,编号3; 不同意,金苑的延期
  return found === undefined || /^编号\s?\d+$|(?:延期|宽限)(?:申请)?$|^(?:原因|理由|因为)/.test(found)
    ? undefined
    : found
}

/** The sentence without the reason for a refusal, which may speak of anything. */
function withoutRefusal(text: string): string {
  const plain = withoutReason(text)
  const reason = told(plain)
  return (reason === undefined ? plain : plain.slice(0, plain.length - reason.length)).replace(
    /[\s,，。;；]+$/,
    '',
  )
}
