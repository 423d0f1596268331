// Why somebody does something: 「…，原因：重复统计」 「…，因为…」 「按区台账…」. A reason is kept, never read as numbers. Pure.

export interface Reason {
  start: number
  end: number
  reason: string
}

const behind =
  /[,，;。\s]\s*(?:原因|理由|因为|由于)(?!(?:是|为)?\s*(?:什么|啥))(?:是|为)?\s*[:：]?\s*([^\s:：][^\n]*)$/
const source = /(?:根据|依据|按照?|对照)[^,，;。\n]{0,12}?(?:台账|核查|清单|报表)(?:数据|记录|结果|情况)?/

/** The reason in a normalised sentence: what stands behind 原因 or 因为, else the record that it refers to. */
export function findReason(text: string): Reason | undefined {
  for (const pattern of [behind, source]) {
    const match = pattern.exec(text)
    if (!match) continue
    const [whole, said = whole] = match
    return { start: match.index, end: match.index + whole.length, reason: said.trim() }
  }
  return undefined
}
