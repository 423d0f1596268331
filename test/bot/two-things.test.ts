// A number is not lost to whatever else is said in the same sentence, and a person's score is not told in a group.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventsIn, privately, type Talk, talk } from './harness.ts'

let talking: Talk
beforeAll(async () => {
  talking = await talk()
})
afterAll(() => talking.close())

it.each([
  '红色物业完成3个，明天9点提醒我',
  '今天红色物业又完成1个，排名能升不',
  '红色物业3个了，看看排名',
  '红色物业完成3个，这周有什么要交的',
])('%s', async (sentence) => {
  const before = await eventsIn(talking.db)
  expect(await talking.say(sentence)).toMatch(/^这句话里像有两件事。请分开说：先报“.*红色物业.*”/)
  expect(await eventsIn(talking.db)).toBe(before)
})

it('what has a comma and is one thing is done as ever', async () => {
  expect(await talking.say('红色物业3个，监督员3人')).toMatch(/^已记/)
  expect(await talking.say('明天上午9点提醒我，去街道开会')).toContain('去街道开会')
})

it('a score is told in private, and of the street only the mean', async () => {
  expect(await talking.say('政策掌握进度')).not.toMatch(/金苑/)
  expect(await talking.say('金苑社区政策掌握多少分')).toBe('“政策掌握”的成绩不在群里说，请私聊我问。')
  expect(await talking.say('金苑社区进度')).toMatch(/政策掌握 {2}私聊看/)
  expect(await talking.say('金苑社区政策掌握多少分', privately())).toMatch(/\d+分/)
})
