// Files that people send come from the platforms' own storage, and from nowhere else.
import { createCipheriv } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PlatformError, UserError } from '../../src/errors.ts'
import type { Message } from '../../src/message.ts'
import { download } from '../../src/platforms/download.ts'
import { wecomApp } from '../../src/platforms/wecom/app.ts'
import { wecomRobot } from '../../src/platforms/wecom/robot.ts'
import { opened } from '../../src/platforms/wecom/robot-file.ts'
import { startFakeDingtalk } from '../support/fake-dingtalk.ts'
import { startFakeFiles } from '../support/fake-files.ts'
import { startFakeWecom } from '../support/fake-wecom.ts'
import { startBot as startDingtalk } from './dingtalk/setup.ts'
import { canaries, startBot as startWecom } from './wecom/harness.ts'

const workbook = Buffer.from('PK a workbook')
const { token, aesKey } = canaries

/** As WeCom seals a file: blocks of 32 bytes. */
function sealed(bytes: Buffer): Buffer {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const padding = 32 - (bytes.length % 32)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([
    cipher.update(Buffer.concat([bytes, Buffer.alloc(padding, padding)])),
    cipher.final(),
  ])
}

let files: Awaited<ReturnType<typeof startFakeFiles>>
beforeAll(async () => {
  files = await startFakeFiles({
    '/a.file': { bytes: workbook },
    '/sealed': {
      bytes: sealed(workbook),
      headers: { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('进度.xlsx')}` },
    },
    '/spoilt': { bytes: Buffer.alloc(31) },
    '/moved': { status: 302, headers: { location: '/a.file' } },
    '/huge': { bytes: Buffer.alloc((20 << 20) + 1) },
  })
})
afterAll(() => files.stop())

const fetched = (message: Message | undefined) =>
  message?.file?.fetch().then(
    (bytes) => bytes.toString(),
    (error: unknown) =>
      error instanceof PlatformError
        ? error.code
        : error instanceof UserError
          ? error.message
          : String(error),
  )

describe('an address', () => {
  it('in our own network is not called for a platform that is outside', async () => {
    const before = files.asked.length
    for (const address of [
      ...[`${files.base}/a.file`, 'http://169.254.169.254/latest', 'http://[::1]/', 'http://localhost:1/a'],
      ...[
        'http://[::ffff:127.0.0.1]/',
        'http://10.1.2.3/',
        'file:///etc/passwd',
        'http://a:b@example.com/',
        'no address',
      ],
    ])
      await expect(download(address, 'https://203.0.113.7'), address).rejects.toThrow(PlatformError)
    expect(files.asked.length).toBe(before)
  })

  it('that leads elsewhere is not followed, and no more than 20 MB are read', async () => {
    await expect(download(`${files.base}/moved`, files.base)).rejects.toMatchObject({ code: 'http-302' })
    await expect(download(`${files.base}/huge`, files.base)).rejects.toThrow('文件太大，最大 20 MB')
    await expect(download(`${files.base}/none`, files.base)).rejects.toMatchObject({ code: 'http-404' })
  })
})

describe('on DingTalk', () => {
  const callback = {
    ...{
      msgtype: 'file',
      msgId: 'm1',
      conversationType: '1',
      conversationId: 'c1',
      senderStaffId: 'zhoumin',
    },
    content: { fileName: '进度.xlsx', downloadCode: 'code-1', spaceId: '1' },
  }
  const path = '/v1.0/robot/messageFiles/download'

  it('a code is exchanged for an address, with the token', async () => {
    const fake = await startFakeDingtalk()
    const bot = await startDingtalk(fake)
    fake.next(path, { status: 401, json: { code: 'InvalidAuthentication', message: 'expired' } })
    fake.next(path, { json: { downloadUrl: `${files.base}/a.file` } })
    await bot.post(callback)
    const [message] = bot.heard
    expect([message?.kind, message?.file?.name]).toEqual(['media', '进度.xlsx'])
    expect(await fetched(message)).toBe(workbook.toString())
    const asked = fake.calls.filter((one) => one.path === path)
    expect(asked.map(({ json }) => json)).toEqual(
      Array(2).fill({ downloadCode: 'code-1', robotCode: 'dingtestclientid01' }),
    )
    fake.next(path, {
      status: 400,
      json: { code: 'invalidParameter.robotCode.downloadCode', message: 'expired' },
    })
    expect(await fetched(message)).toBe('invalidParameter.robotCode.downloadCode')
    expect(bot.lines().at(-1)).toMatchObject({ msg: 'file not fetched' })
    fake.next(path, { json: {} })
    expect(await fetched(message)).toBe('no-address')
    await bot.close()
    await fake.stop()
  })

  it('pictures and files without a code are no files', async () => {
    const fake = await startFakeDingtalk()
    const bot = await startDingtalk(fake)
    await bot.post({ ...callback, msgtype: 'picture' })
    await bot.post({ ...callback, msgId: 'm2', content: {} })
    await bot.post({ ...callback, msgId: 'm3', content: 'text' })
    expect(bot.heard.map(({ kind, file }) => [kind, file])).toEqual(Array(3).fill(['media', undefined]))
    await bot.close()
    await fake.stop()
  })
})

describe('on WeCom', () => {
  const credentials = { token, aesKey, receiver: '' }
  const robotWith = async (settings: { apiBase: string; fileBases?: string[] }) =>
    startWecom((tools) => wecomRobot({ token, aesKey, botId: '', ...settings }, tools), '/webhooks/wecom/bot')
  const sending = (url: string) => ({
    msgtype: 'file',
    chattype: 'single',
    from: { userid: 'zhoumin' },
    file: { url },
  })

  it('a robot’s file is opened with the callback’s key, and called what its storage says', async () => {
    const fake = await startFakeWecom()
    const bot = await robotWith({ apiBase: fake.base, fileBases: [files.base] })
    await fake.robotCallback(bot.url, sending(`${files.base}/sealed`), credentials)
    await fake.robotCallback(bot.url, sending(`${files.base}/spoilt`), credentials)
    const [good, spoilt] = bot.heard
    expect(await fetched(good)).toBe(workbook.toString())
    expect(good?.file?.name).toBe('进度.xlsx')
    expect(await fetched(spoilt)).toBe('file-seal')
    await bot.stop()
    await fake.stop()
  })

  it('an address from a callback that is nobody’s we know is not called', async () => {
    const fake = await startFakeWecom()
    const bot = await robotWith({ apiBase: fake.base })
    const before = files.asked.length
    await fake.robotCallback(bot.url, sending(`${files.base}/sealed`), credentials)
    expect(await fetched(bot.heard[0])).toMatch(/^企业微信放文件的地址还没有放行/)
    expect(files.asked.length).toBe(before)
    expect(bot.logs.join('')).toContain(`"origin":"${files.base}"`)
    await bot.stop()
    await fake.stop()
  })

  it('what is padded wrongly is not taken for a file', () => {
    expect(opened(sealed(workbook), aesKey)).toEqual(workbook)
    expect(() => opened(sealed(workbook), aesKey.toLowerCase())).toThrow(PlatformError)
  })

  it('an app asks for a file by its id, with a token that is renewed', async () => {
    const fake = await startFakeWecom()
    const account = { corpId: 'ww-corp', agentId: '1000002', secret: 'app-secret' }
    const bot = await startWecom(
      (tools) => wecomApp({ ...account, token, aesKey, apiBase: fake.base }, tools),
      '/webhooks/wecom/app',
    )
    const fields = {
      ToUserName: 'ww-corp',
      FromUserName: 'zhoumin',
      CreateTime: '1760000000',
      MsgId: '1',
      AgentID: '1000002',
    }
    const sealedFor = { token, aesKey, receiver: 'ww-corp' }
    await fake.appCallback(bot.url, { ...fields, MsgType: 'file', MediaId: 'media-1' }, sealedFor)
    fake.next('/media/get', { json: { errcode: 42001, errmsg: 'expired' } })
    fake.next('/media/get', { text: 'PK a workbook' })
    expect(await fetched(bot.heard[0])).toBe(workbook.toString())
    fake.next('/media/get', { json: { errcode: 40007, errmsg: 'invalid media_id' } })
    expect(await fetched(bot.heard[0])).toBe('40007')
    await bot.stop()
    await fake.stop()
  })
})
