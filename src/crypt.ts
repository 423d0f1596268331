// Keeps phone numbers and robot keys unreadable in the database, with keys derived from SECRET_KEY.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

export interface Keyring {
  /** AES-256-GCM; the same text never looks the same twice. */
  seal(text: string): string
  /** @throws Error when the text was not sealed with this key or was changed */
  open(sealed: string): string
  /** A keyed hash: equal texts have equal marks, so that a sealed text can be found. */
  mark(text: string): string
}

const ivBytes = 12
const tagBytes = 16

export function keyring(secretKey: string): Keyring {
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', secretKey, '', `guatu ${use}`, 32))
  const sealing = derive('seal')
  const marking = derive('mark')
  return {
    seal(text) {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv('aes-256-gcm', sealing, iv)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64')
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      })
      decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
      return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString(
        'utf8',
      )
    },
    mark: (text) => createHmac('sha256', marking).update(text).digest('base64url'),
  }
}
