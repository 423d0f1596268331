// What a written report has around its numbers: 现将完成情况报告如下：一、…；二、…。特此报告。 三样一块儿报：… Pure.
import type { Span } from './adding.ts'

/** 现将…情况报告如下: up to here nothing is reported. */
const preface = /^[^:]{0,30}:?[^:：\d]{0,120}?(?:报告|汇报|上报|报送|反馈|填报|情况|数据|进展)?如下[:：,，]/
/** 计划完成如下, 上月完成情况如下: the numbers behind it are others. */
const otherNumbers =
  /计划|目标|任务|拟|预计|打算|准备|争取|应完成|承诺|上个?[月周季]|上一|去年|去年同期|下个?[月周]|下一步|未|没|不|差|缺|建议|要求|通知|问题/
const closing =
  /(?:特此|专此)(?:报告|汇报|上报|说明|报送|函复)|(?:请|望)(?:审阅|审核|阅示|批示|知悉|查收|领导审阅)/g
/** 三样一块儿报, 报以下两项 */
const several =
  /(?:以下|下面|这|共|就)?(?:[两二三四五六七八九十几仨俩]|\d)(?:样儿?|项|个?数|个?指标)?(?:工作|指标|数)?(?:一块儿?|一起|一并|一次|同时|一齐|都|一总)(?:报|说|上报|汇报|填报)(?:一下|了|啊)?|(?:报|汇报|上报|填报)(?:以下|下面)?(?:[两二三四五六七八九十几]|\d)(?:样|项|个数|个指标)(?=[:,，。]|$)/g
/** One way of numbering, from the first on. */
const numberings = ['一二三四五六七八九十', '123456789', '①②③④⑤⑥⑦⑧⑨⑩']

/**
 * @param text in plain words
 * @param namesIn where names stand: 淮河路社区红色物业情况如下 tells whose numbers follow
 * @returns the same, exactly as long, with blanks where nothing is reported
 */
export function withoutFrame(text: string, namesIn: (text: string) => Span[]): string {
  const blank = (part: string) => ' '.repeat(part.length)
  const plain = text.replaceAll(closing, blank).replaceAll(several, blank)
  // Rows of a list have their own numbers and heading (list-rows.ts).
  if (plain.includes('\n')) return plain
  const ahead = preface.exec(plain)?.[0]
  const isIdle = ahead !== undefined && !otherNumbers.test(ahead) && !/[\d]/.test(ahead)
  return withoutNumbering(isIdle ? kept(ahead, namesIn(ahead)) + plain.slice(ahead.length) : plain)
}

/** Blank but for these stretches. */
const kept = (text: string, stretches: Span[]): string =>
  stretches.reduce(
    (left, { start, end }) => left.slice(0, start) + text.slice(start, end) + left.slice(end),
    ' '.repeat(text.length),
  )

/** 一、红色物业3个；二、监督员4名 in one line: only where they follow each other, from the first on. */
function withoutNumbering(text: string): string {
  for (const numbers of numberings) {
    const marks: { start: number; end: number }[] = []
    const sign = numbers.startsWith('①') ? '' : '(?:[、．.)）]|是)'
    for (const number of numbers) {
      // 金苑:1、汝河小区:2、 are numbers of places.
      const ahead = marks.length === 0 ? '(?:^|[:：。;；\\n])' : '[;；,，。\\n]'
      const mark = new RegExp(`(?<=${ahead}\\s*)第?${number}${sign}(?=\\s*\\p{Script=Han})`, 'gu')
      mark.lastIndex = marks.at(-1)?.end ?? 0
      const found = mark.exec(text)
      if (!found) break
      marks.push({ start: found.index, end: found.index + found[0].length })
    }
    if (marks.length < 2) continue
    return marks.reduce(
      (left, { start, end }) => left.slice(0, start) + ' '.repeat(end - start) + left.slice(end),
      text,
    )
  }
  return text
}
