// A busy Sunday for the clerk's page: messages with every ending, and sentences that nobody understood.

import { PlatformError } from '../../src/errors.ts'
import type { Push } from '../../src/push.ts'
import type { Demo } from '../support/demo.ts'
import { dispatchOn, say as push, scriptedWay, wallClock } from '../support/pushes.ts'

/** Sends what was queued for an hour, in these moods: taken, refused, limited, without an answer; the last still waits. */
export async function sendAll({ db }: Demo): Promise<void> {
  const time = wallClock('2026-11-22T08:00:00+08:00')
  const way = scriptedWay(time.clock)
  const out = dispatchOn(db, time, way.channels)
  const put = async (text: string, over: Partial<Push> & { chatId?: string } = {}) => {
    await push(db, out, time.clock.now(), [text], over)
    await out.outbox.sendDue()
    time.clock.pass(60)
  }
  const zhou = await db.selectFrom('person').where('name', '=', '周敏').select('id').executeTakeFirstOrThrow()
  // What has waited for more than a day is given up.
  await push(db, out, new Date('2026-11-20T09:00:00+08:00'), ['上周五的例会提醒：请各社区带上台账'], {
    kind: 'reminder',
  })
  way.moods.push(
    'take',
    new PlatformError('x', 40058),
    'take',
    'take',
    new PlatformError('x', 45009, 3600, 'limit'),
    'lost-answer',
  )
  await put('明天上午九点开专班例会，请各社区书记带上本周台账和问题清单，会上逐项过')
  await put('长'.repeat(300), { chatId: 'wr-ruhelu' })
  await put('请把红色物业的进度报上来', { to: { person: zhou.id } })
  await put('<img src=x onerror=alert(1)> 网格长例会改到十点', { chatId: 'wr-zhongyuan' })
  await put('下午三点前报示范楼院的照片', { chatId: 'wr-ruhelu' })
  await put('共建项目明天到期，还差2个', { chatId: 'cid-zhongyuan' })
  time.clock.set('2026-11-22T09:59:00+08:00')
  await push(db, out, time.clock.now(), ['今晚八点前请各街道报齐本周的数'], { chatId: 'cid-zhongyuan' })
}

/** Short and long, with HTML in it, and one of 400 characters. */
export const nonsense = [
  ...['啊这', '吧啦吧啦', '嗯哼哈嘿', '天气真不赖呀咱们'],
  '<script>alert("没听懂")</script>',
  '<img src=x onerror=alert(1)><b>粗体</b>&amp;',
  '"><svg onload=alert(document.cookie)>',
  '蓝精灵坐着热气球去火星买豆腐脑',
  'asdf jkl qwer zxcv uiop asdf jkl qwer zxcv uiop',
  '昨儿个跟隔壁老王唠嗑，他说他家猫会后空翻，我寻思着那可真够稀罕的',
  '一二三四五，上山打老虎，老虎没打着，打着小松鼠，松鼠有几只，让我数一数',
  '云里雾里的一番话'.repeat(50),
]

export async function sayNonsense({ hear }: Demo): Promise<void> {
  for (const [at, text] of nonsense.entries())
    for (let times = 0; times <= at % 3; times++)
      await hear({
        ...{ platform: 'dingtalk', robot: 'r', id: `nonsense-${at}-${times}`, kind: 'text', text },
        ...{ chat: { id: 'zhoumin', kind: 'single' }, sender: { id: 'zhoumin', name: '周敏' } },
      })
}
