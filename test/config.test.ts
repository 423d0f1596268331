import { describe, expect, it } from 'vitest'
import { readConfig, variables } from '../src/config.ts'

const aesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
const mistakesIn = (environment: Record<string, string>) => {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    return error instanceof Error
      ? error.message
          .split('\n')
          .slice(1)
          .map((row) => row.trim())
      : []
  }
}

describe('the configuration', () => {
  it('is complete with nothing set', () => {
    expect(readConfig({})).toMatchObject({
      ...{ BOT_NAME: '小图', HOST: '127.0.0.1', PORT: 3000, DATA_DIR: './data', LOG_LEVEL: 'info' },
      ...{ DATABASE_URL: '', REDIS_URL: '', SECRET_KEY: '', DINGTALK_MODE: 'webhook', WECOM_MODE: 'webhook' },
      DINGTALK_API_BASE: 'https://api.dingtalk.com',
      WECOM_API_BASE: 'https://qyapi.weixin.qq.com',
    })
  })

  it('takes an empty or blank value for none', () => {
    expect(readConfig({ PORT: '', BOT_NAME: '  ', DATABASE_URL: ' ', DINGTALK_API_BASE: '' })).toEqual(
      readConfig({}),
    )
  })

  it('ignores what is not ours', () => {
    expect(readConfig({ PATH: '/bin', DINGTALK_UNKNOWN: 'x' })).toEqual(readConfig({}))
  })

  it('trims values, and slashes at the end of an address', () => {
    const config = readConfig({
      BOT_NAME: ' 小张 ',
      WECOM_API_BASE: 'https://wx.gov.cn/proxy//',
      PORT: ' 8080 ',
    })
    expect(config).toMatchObject({ BOT_NAME: '小张', WECOM_API_BASE: 'https://wx.gov.cn/proxy', PORT: 8080 })
  })

  it.each([
    ['DATABASE_URL', 'postgres://user:pass@host/db'],
    ['DATABASE_URL', 'postgresql://host/db'],
    ['REDIS_URL', 'redis://host:6379/0'],
    ['REDIS_URL', 'rediss://:pass@host'],
    ['REDIS_URL', 'redis+sentinel://h1:26379/mymaster?node=h2:26379'],
    ['REDIS_URL', 'redis+cluster://h1:7000?node=h2:7000'],
    ['PUBLIC_URL', 'https://guatu.gov.cn'],
    ['PORT', '0'],
    ['PORT', '65535'],
    ['SECRET_KEY', 'x'.repeat(32)],
    ['LOG_LEVEL', 'silent'],
    ['LLM_API_KEY', 'sk-1'],
  ])('takes %s=%s', (name, value) => {
    expect(mistakesIn({ [name]: value })).toEqual([])
  })

  it.each([
    ['DATABASE_URL', 'mysql://host/db'],
    ['DATABASE_URL', 'host=localhost'],
    ['REDIS_URL', 'http://host'],
    ['PUBLIC_URL', 'guatu.gov.cn'],
    ['PUBLIC_URL', 'ftp://guatu.gov.cn'],
    ['LLM_BASE_URL', 'file:///etc/passwd'],
    ['WECOM_API_BASE', 'http://'],
    ['DINGTALK_API_BASE', 'javascript:alert(1)'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3000.5'],
    ['PORT', 'http'],
    ['SECRET_KEY', 'too-short'],
    ['LOG_LEVEL', 'loud'],
    ['DINGTALK_MODE', 'carrier pigeon'],
    ['WECOM_BOT_AES_KEY', 'too-short-for-a-key'],
  ])('refuses %s=%s, without saying the value', (name, value) => {
    const mistakes = mistakesIn({ [name]: value })
    expect(mistakes.some((row) => row.startsWith(`${name}: `))).toBe(true)
    if (value.length > 4) expect(mistakes.join('\n')).not.toContain(value)
  })

  it('reports all mistakes together, one a line', () => {
    const mistakes = mistakesIn({
      ...{ PORT: 'http', DATABASE_URL: 'mysql://x', SECRET_KEY: 'short', LOG_LEVEL: 'loud' },
      ...{ DINGTALK_CLIENT_ID: 'only-this', WECOM_BOT_TOKEN: 'only-that' },
    })
    expect(mistakes).toHaveLength(6)
    for (const name of [
      'PORT',
      'DATABASE_URL',
      'SECRET_KEY',
      'LOG_LEVEL',
      'DINGTALK_CLIENT_SECRET',
      'WECOM_BOT_AES_KEY',
    ])
      expect(mistakes.filter((row) => row.startsWith(`${name}: `))).toHaveLength(1)
    expect(mistakes.join('\n')).not.toMatch(/only-th|short|mysql|loud/)
  })

  it('takes half a platform for a mistake, not for a platform that is off', () => {
    const wecom = { WECOM_CORP_ID: 'corp', WECOM_APP_TOKEN: 'token' }
    expect(mistakesIn(wecom)).toEqual(['WECOM_APP_AES_KEY: missing, but WECOM_CORP_ID, WECOM_APP_TOKEN set'])
    expect(mistakesIn({ LLM_MODEL: 'm' })).toEqual(['LLM_BASE_URL: missing, but LLM_MODEL set'])
    expect(mistakesIn({ ...wecom, WECOM_APP_AES_KEY: aesKey })).toEqual([])
  })

  it('knows every variable by its name, once', () => {
    expect(new Set(variables).size).toBe(variables.length)
    for (const name of ['DATABASE_URL', 'REDIS_URL', 'SECRET_KEY', 'PORT']) expect(variables).toContain(name)
  })
})
