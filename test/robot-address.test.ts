import { describe, expect, it } from 'vitest'
import { readRobot } from '../src/robot-address.ts'

const hex = '0123456789abcdef'.repeat(4)
const uuid = '693a91f6-7a0a-4bc4-97a0-0ec2a1fa5aaa'
const dingtalk = `https://oapi.dingtalk.com/robot/send?access_token=${hex}`
const wecom = `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${uuid}`
const token = { platform: 'dingtalk', robot: { token: hex } }
const signed = { platform: 'dingtalk', robot: { token: hex, secret: `SEC${hex}` } }
const key = { platform: 'wecom', robot: { key: uuid } }

describe('a robot is read from', () => {
  it.each([
    [`绑定机器人 ${dingtalk}`, token],
    [`绑定机器人${dingtalk}`, token],
    [`绑定机器人:${dingtalk}&timestamp=1&sign=x%3D SEC${hex}`, signed],
    [`绑定机器人 SEC${hex} ${dingtalk}`, signed],
    [`绑定机器人\n${dingtalk}\n密钥:SEC${hex}`, signed],
    [`绑定机器人 ${dingtalk},SEC${hex}`, signed],
    [`绑定机器人 oapi.dingtalk.com/robot/send?access_token=${hex}`, token],
    [`绑定机器人 access_token=${hex} 加签SEC${hex}`, signed],
    [`绑定机器人 ${hex}`, token],
    [`绑定机器人 token:${hex} secret:SEC${hex}`, signed],
    [`绑定机器人 ${wecom}`, key],
    [`绑定机器人 汝河路街道 ${uuid}`, key],
    [`绑定机器人 key=${uuid}`, key],
    [
      '绑定机器人 demo-dingtalk-new SEC-demo',
      { platform: 'dingtalk', robot: { token: 'demo-dingtalk-new', secret: 'SEC-demo' } },
    ],
    [
      '绑定机器人 https://wx.gov.cn/cgi-bin/webhook/send?key=demo-wecom-new',
      { platform: 'wecom', robot: { key: 'demo-wecom-new' } },
    ],
  ])('%s', (text, given) => {
    expect(readRobot(text, 'dingtalk')).toEqual(given)
    expect(readRobot(text, given.platform as 'dingtalk')).toEqual(given)
  })

  it('a bare key of no known form, as one of the platform it is said on', () => {
    expect(readRobot('绑定机器人 demo-something-new', 'wecom').platform).toBe('wecom')
    expect(readRobot('绑定机器人 demo-something-new', 'dingtalk').platform).toBe('dingtalk')
  })
})

describe('what is no robot is refused in words, without being quoted', () => {
  it.each([
    ['绑定机器人', '请这样说'],
    ['绑定机器人 你好', '请这样说'],
    ['绑定机器人 https://oapi.dingtalk.com/robot/send', '少了 access_token'],
    ['绑定机器人 https://oapi.dingtalk.com/robot/send?access_token=', '后面是空的'],
    ['绑定机器人 https://qyapi.weixin.qq.com/cgi-bin/webhook/send', '少了 key'],
    ['绑定机器人 qyapi.weixin.qq.com', '少了 key'],
    [`绑定机器人 ${dingtalk.slice(0, -1)}`, '没有复制全'],
    [`绑定机器人 ${dingtalk}0`, '没有复制全'],
    [`绑定机器人 ${wecom.slice(0, -4)}`, '没有复制全'],
    [`绑定机器人 ${hex.slice(0, 30)} ${hex.slice(30)}`, '多了空格'],
    [`绑定机器人 ${dingtalk.slice(0, 70)} ${dingtalk.slice(70)}`, '多了空格'],
    [`绑定机器人 ${wecom.slice(0, -12)} ${wecom.slice(-12)}`, '多了空格'],
    [`绑定机器人 ${dingtalk} SEC${hex.slice(1)}`, 'SEC 密钥不对'],
    [`绑定机器人 SEC${hex}`, '还缺机器人的地址'],
    [`绑定机器人 ${dingtalk} SEC${hex} SEC${hex}`, '一次只绑一个'],
    [`绑定机器人 ${dingtalk} ${dingtalk}`, '一次只绑一个'],
    [`绑定机器人 ${dingtalk},access_token=${hex}`, '一次只绑一个'],
    [`绑定机器人 ${wecom} SEC${hex}`, '没有 SEC 密钥'],
    ['绑定机器人 https://open.feishu.cn/open-apis/bot/v2/hook/12345678', '不是钉钉或企业微信'],
    [`绑定机器人 ${'x'.repeat(2_000)}`, '没有复制全'],
    [`绑定机器人 ${'长'.repeat(2_000)}`, '请这样说'],
    ['绑定机器人 abc1234', '没有复制全'],
  ])('%s', (text, words) => {
    let said = ''
    try {
      readRobot(text, 'dingtalk')
    } catch (error) {
      said = (error as Error).message
    }
    expect(said).toContain(words)
    expect(said).not.toMatch(/[0-9a-f-]{12}|x{8}/)
    expect(said.length).toBeLessThan(160)
  })
})
