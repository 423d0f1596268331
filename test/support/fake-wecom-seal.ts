// How WeCom seals its callbacks and opens the answers (protocols/wecom.md §1.3): cryptography of its own, so that a
// mistake in the bot's is not mirrored here.
import { createCipheriv, createDecipheriv, createHash, randomBytes, randomUUID } from 'node:crypto'

/** What the operator typed into WeCom's console. `receiver`: the CorpID for an app, empty for a smart robot. */
export interface FakeCredentials {
  token: string
  aesKey: string
  receiver: string
}

export interface CallbackAnswer {
  status: number
  headers: Headers
  /** As it came; empty when nothing was answered. */
  body: string
  /** The decrypted passive reply: JSON of a robot, XML elements of an app. */
  reply?: Record<string, unknown>
}

export interface Stamp {
  timestamp?: string
  nonce?: string
  signature?: string
}

/** Seals `plain`, POSTs what `form` makes of it, opens the answer. */
export async function deliver(
  url: string,
  plain: string,
  credentials: FakeCredentials,
  form: Form,
  stamp: Stamp,
): Promise<CallbackAnswer> {
  const query = signed(credentials, sealText(credentials, plain), stamp)
  const response = await fetch(`${url}?${new URLSearchParams(query.parameters)}`, {
    method: 'POST',
    headers: { 'content-type': form.type },
    body: form.wrap(query.encrypt),
  })
  const body = await response.text()
  const answer: CallbackAnswer = { status: response.status, headers: response.headers, body }
  if (body === '' || response.status !== 200) return answer
  const box = form.unwrap(body)
  if (sha1(credentials.token, box.timestamp, box.nonce, box.encrypt) !== box.signature)
    throw new Error('the passive reply is not signed right')
  if (form === json && box.nonce !== query.parameters.nonce) throw new Error("not the callback's nonce")
  return { ...answer, reply: form.read(openText(credentials, box.encrypt)) }
}

/** How a platform's bodies look from outside. */
export interface Form {
  type: string
  wrap(encrypt: string): string
  unwrap(body: string): { encrypt: string; signature: string; timestamp: string; nonce: string }
  read(plain: string): Record<string, unknown>
}
export const json: Form = {
  type: 'application/json',
  wrap: (encrypt) => JSON.stringify({ encrypt }),
  unwrap(body) {
    const { encrypt, msgsignature, timestamp, nonce } = JSON.parse(body)
    return { encrypt, signature: msgsignature, timestamp: String(timestamp), nonce }
  },
  read: (plain) => JSON.parse(plain),
}
export const xml: Form = {
  type: 'text/xml',
  wrap: (encrypt) =>
    `<xml><ToUserName><![CDATA[outer]]></ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`,
  unwrap(body) {
    const { Encrypt = '', MsgSignature = '', TimeStamp = '', Nonce = '' } = elements(body)
    return { encrypt: Encrypt, signature: MsgSignature, timestamp: TimeStamp, nonce: Nonce }
  },
  read: elements,
}

export function element([name, value]: [string, string]): string {
  const content = /^\d+$/.test(value) ? value : `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
  return `<${name}>${content}</${name}>`
}

/** Flat XML as the bot writes it; sections that were split are joined again. */
function elements(document: string): Record<string, string> {
  const inner = document.replace(/^<xml>|<\/xml>$/g, '')
  const found = inner.matchAll(/<(\w+)>((?:<!\[CDATA\[[\s\S]*?\]\]>|[^<])*)<\/\1>/g)
  return Object.fromEntries(
    [...found].map(([, name = '', value = '']) => [name, value.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, '$1')]),
  )
}

export function signed(
  { token }: FakeCredentials,
  encrypt: string,
  { timestamp = '', nonce = randomUUID(), signature }: Stamp,
) {
  const msg_signature = signature ?? sha1(token, timestamp, nonce, encrypt)
  return { encrypt, parameters: { msg_signature, timestamp, nonce } }
}

export function sha1(...parts: string[]): string {
  return createHash('sha1').update(parts.sort().join('')).digest('hex')
}

export function sealText({ aesKey, receiver }: FakeCredentials, plain: string): string {
  const message = Buffer.from(plain)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(message.length)
  const raw = Buffer.concat([randomBytes(16), length, message, Buffer.from(receiver)])
  return encryptRaw(
    aesKey,
    Buffer.concat([raw, Buffer.alloc(32 - (raw.length % 32), 32 - (raw.length % 32))]),
  )
}

/** Encrypts blocks as they are, for packets that no honest sender would make. */
export function encryptRaw(aesKey: string, padded: Buffer): string {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64')
}

export function openText({ aesKey, receiver }: FakeCredentials, encrypt: string): string {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(encrypt, 'base64'), decipher.final()])
  const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0))
  const end = 20 + plain.readUInt32BE(16)
  if (plain.subarray(end).toString() !== receiver) throw new Error('sealed for another receiver')
  return plain.toString('utf8', 20, end)
}
