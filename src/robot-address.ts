// A group's push robot as people paste it: a whole address or a bare token, with or without its secret, in any order.
import type { Robot } from './channel.ts'
import { UserError } from './errors.ts'
import type { PlatformName } from './message.ts'

export interface Given {
  platform: PlatformName
  robot: Robot
}

const names: Record<PlatformName, string> = { dingtalk: '钉钉', wecom: '企业微信' }
const param: Record<PlatformName, string> = { dingtalk: 'access_token', wecom: 'key' }

const whole: Record<PlatformName, string> = {
  dingtalk: 'https://oapi.dingtalk.com/robot/send?access_token=…（加签的话后面再空一格写 SEC…）',
  wecom: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…',
}
/** How to say it. */
export const howTo = (platform: PlatformName): string => `请这样说：绑定机器人 ${whole[platform]}`

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i
const hex64 = /^[\da-f]{64}$/i
/** Words that people or addresses put before the key itself. */
const labels = /^(?:https?|access_token|token|key|secret|webhook|url|robot|send|timestamp|sign)$/i
const longestKey = 128

/**
 * The robot that a sentence names (`protocols/dingtalk.md` §11: the whole address pasted as a token).
 * @param here the platform that is meant when the key could be either's
 * @throws UserError that says what is wrong with it, without quoting it
 */
export function readRobot(text: string, here: PlatformName): Given {
  const secrets = [...text.matchAll(/(?<![\w-])SEC[\w-]+/g)].map(([secret]) => secret)
  const bare = secrets.reduce((rest, secret) => rest.replace(secret, ' '), text)
  const keyed = /(access_token|(?<![\w-])key)=([\w-]*)/g
  if (secrets.length > 1 || [...bare.matchAll(keyed)].length > 1)
    throw new UserError('一次只绑一个机器人，请只发一个地址。')
  const address = keyed.exec(bare)
  const words = wordsOf(address ? bare.replace(/\S*(?:access_token|key)=\S*/, ' ') : bare)
  if (address) {
    const [, name, key = ''] = address
    const platform = name === 'key' ? 'wecom' : 'dingtalk'
    if (key === '') throw new UserError(`地址不完整，${param[platform]}= 后面是空的。${howTo(platform)}`)
    if (words.length > 0) throw new UserError(`地址或密钥里多了空格或别的字，请整段复制。${howTo(platform)}`)
    return { platform, robot: robotOf(platform, key, secrets[0]) }
  }
  refuseAddress(text, here)
  const [key, another] = words
  if (another) throw new UserError(`密钥里多了空格或别的字，请整段复制。${howTo(here)}`)
  if (!key)
    throw new UserError(`${secrets.length > 0 ? '只有加签密钥，还缺机器人的地址。' : ''}${howTo(here)}`)
  const platform = uuid.test(key) ? 'wecom' : hex64.test(key) || secrets[0] ? 'dingtalk' : here
  return { platform, robot: robotOf(platform, key, secrets[0]) }
}

/** @throws UserError when it is the other platform's robot, or no robot at all */
export function demandPlatform({ platform }: Given, here: PlatformName): void {
  if (platform !== here)
    throw new UserError(`这是${names[platform]}机器人的，这里是${names[here]}群。${howTo(here)}`)
}

/** Half an address, or somebody else's. */
function refuseAddress(text: string, here: PlatformName): void {
  const host = /(?:https?:\/\/)?([a-z\d-]+(?:\.[a-z\d-]+)+)/i.exec(text)?.[1]
  if (!host) return
  if (/dingtalk/i.test(host)) throw new UserError(`地址不完整，少了 access_token=…。${howTo('dingtalk')}`)
  if (/weixin|wecom/i.test(host)) throw new UserError(`地址不完整，少了 key=…。${howTo('wecom')}`)
  throw new UserError(`这不是钉钉或企业微信群机器人的地址。${howTo(here)}`)
}

const wordsOf = (text: string): string[] =>
  (text.match(/[\w-]{4,}/g) ?? []).filter((word) => !labels.test(word) && !/^\d{1,12}$/.test(word))

/** Real keys have a fixed form: of what looks like one, a part is refused. Others are those of test platforms. */
function robotOf(platform: PlatformName, key: string, secret: string | undefined): Robot {
  const isWhole =
    platform === 'wecom'
      ? uuid.test(key) || !/^[\da-f-]+$/i.test(key)
      : hex64.test(key) || !/^[\da-f]+$/i.test(key)
  if (!isWhole || key.length < 8 || key.length > longestKey)
    throw new UserError(`${param[platform]} 不对，可能没有复制全。${howTo(platform)}`)
  if (platform === 'wecom') {
    if (secret) throw new UserError('企业微信的机器人没有 SEC 密钥，只发地址就行。')
    return { key }
  }
  if (secret && (secret.length > longestKey || (/^SEC[\da-f]*$/i.test(secret) && secret.length !== 67)))
    throw new UserError(`SEC 密钥不对，可能没有复制全。${howTo('dingtalk')}`)
  return { token: key, ...(secret && { secret }) }
}

/** Whether two bindings are one robot: the secret may have been made anew. */
export function isSame(one: Robot, other: Robot): boolean {
  if ('key' in one) return 'key' in other && one.key === other.key
  return 'token' in other && one.token === other.token
}
