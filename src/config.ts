// Every environment variable, checked once; all mistakes are reported together. See .env.example.
import { z } from 'zod'

const text = z.string().trim().default('')
const httpUrl = z
  .string()
  .trim()
  .refine((value) => /^https?:\/\/[^\s/]+/.test(value) && URL.canParse(value), 'must be an http(s) address')
const base = (fallback: string) => httpUrl.default(fallback).transform((url) => url.replace(/\/+$/, ''))

/** A month's; 0 = no limit. */
const quota = (free: number) => z.coerce.number().int().min(0).default(free)

const official = {
  dingtalkApi: 'https://api.dingtalk.com',
  dingtalkOapi: 'https://oapi.dingtalk.com',
  wecom: 'https://qyapi.weixin.qq.com',
}
/** Where the platforms themselves are; an address that is none of these was set on purpose. */
export const officialBases: string[] = Object.values(official)

const schema = z.object({
  BOT_NAME: z.string().trim().min(1).default('小图'),
  HOST: z.string().trim().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  PUBLIC_URL: httpUrl.or(z.literal('')).default(''),
  DATABASE_URL: text.refine((v) => v === '' || /^postgres(ql)?:\/\//.test(v), 'must start with postgres://'),
  DATA_DIR: z.string().trim().min(1).default('./data'),
  REDIS_URL: text.refine(
    (v) => v === '' || /^(rediss?|redis\+sentinel|redis\+cluster):\/\//.test(v),
    'must start with redis://, rediss://, redis+sentinel:// or redis+cluster://',
  ),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  SECRET_KEY: text.refine((v) => v === '' || v.length >= 32, 'must have at least 32 characters'),

  DINGTALK_CLIENT_ID: text,
  DINGTALK_CLIENT_SECRET: text,
  DINGTALK_ROBOT_CODE: text,
  DINGTALK_MODE: z.enum(['webhook', 'stream']).default('webhook'),
  DINGTALK_WEBHOOK_QUOTA: quota(3_000),
  DINGTALK_API_QUOTA: quota(5_000),
  DINGTALK_API_BASE: base(official.dingtalkApi),
  DINGTALK_OAPI_BASE: base(official.dingtalkOapi),

  WECOM_BOT_TOKEN: text,
  WECOM_BOT_AES_KEY: text,
  WECOM_BOT_ID: text,
  WECOM_BOT_SECRET: text,
  WECOM_MODE: z.enum(['webhook', 'socket']).default('webhook'),
  WECOM_WS_URL: text,
  WECOM_CORP_ID: text,
  WECOM_AGENT_ID: text,
  WECOM_APP_SECRET: text,
  WECOM_APP_TOKEN: text,
  WECOM_APP_AES_KEY: text,
  WECOM_API_BASE: base(official.wecom),
  WECOM_FILE_BASE: httpUrl.or(z.literal('')).default(''),

  LLM_BASE_URL: httpUrl
    .or(z.literal(''))
    .default('')
    .transform((url) => url.replace(/\/+$/, '')),
  LLM_API_KEY: text,
  LLM_MODEL: text,
})

export type Config = z.infer<typeof schema>
export const variables = Object.keys(schema.shape)

/** Pairs that only work together: one without the other is a mistake, not "off". */
const together: [string, ...string[]][] = [
  ['DINGTALK_CLIENT_ID', 'DINGTALK_CLIENT_SECRET'],
  ['WECOM_BOT_TOKEN', 'WECOM_BOT_AES_KEY'],
  ['WECOM_CORP_ID', 'WECOM_APP_TOKEN', 'WECOM_APP_AES_KEY'],
  ['WECOM_AGENT_ID', 'WECOM_APP_SECRET'],
  ['LLM_BASE_URL', 'LLM_MODEL'],
]
const aesKey = /^[A-Za-z0-9+/]{43}$/

/**
 * Reads the configuration from an environment. An empty value counts as absent.
 * @throws Error listing every mistake, one a line, without any value (values may be secrets).
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()))
  const parsed = schema.safeParse(given)
  const mistakes = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  for (const names of together) {
    const present = names.filter((name) => given[name])
    if (present.length > 0 && present.length < names.length)
      mistakes.push(
        `${names.filter((name) => !given[name]).join(', ')}: missing, but ${present.join(', ')} set`,
      )
  }
  for (const name of ['WECOM_BOT_AES_KEY', 'WECOM_APP_AES_KEY'])
    if (given[name] && !aesKey.test(given[name])) mistakes.push(`${name}: must be 43 letters and digits`)
  for (const [mode, off] of [
    ['DINGTALK_MODE', 'stream'],
    ['WECOM_MODE', 'socket'],
  ] as const)
    if (given[mode] === off) mistakes.push(`${mode}: ${off} is not available yet, use webhook`)
  if (!parsed.success || mistakes.length > 0) throw new Error(`Configuration:\n  ${mistakes.join('\n  ')}`)
  return parsed.data
}
