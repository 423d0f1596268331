// 三四个, 七八家: one of two numbers, and which one only the person knows. Pure.

const digits = '一二三四五六七八九'
const pair =
  /(?<![\d一二三四五六七八九十百千万第])([一二两三四五六七八])([二三四五六七八九])(?=[个家人名户处条项件栋])/

/** @returns the two numbers, when neighbours are said of one count */
export function eitherIn(text: string): [number, number] | undefined {
  const [, first = '', second = ''] = pair.exec(text) ?? []
  const [low, high] = [digits.indexOf(first.replace('两', '二')) + 1, digits.indexOf(second) + 1]
  return low > 0 && high === low + 1 ? [low, high] : undefined
}
