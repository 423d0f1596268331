// Sealed callbacks and answers: `@wecom/crypto` behind the checks it does not make itself (protocols/wecom.md §1).
import { timingSafeEqual } from 'node:crypto'
import { decrypt, encrypt, getSignature } from '@wecom/crypto'

export interface Credentials {
  token: string
  /** EncodingAESKey: 43 characters. */
  aesKey: string
  /** Who the callbacks are meant for: the CorpID for an app, the empty string for a smart robot (§1.1). */
  receiver: string
}

/** What arrives from outside: nothing about the types is taken for granted. */
export interface Sealed {
  signature: unknown
  timestamp: unknown
  nonce: unknown
  encrypt: unknown
}

/** Not ours, tampered with, or malformed. The message tells an operator which; it never contains a value. */
export class SealError extends Error {
  override name = 'SealError'
}

const aesKeyForm = /^[A-Za-z0-9+/]{43}$/
const signatureForm = /^[0-9a-f]{40}$/

/**
 * Verifies the signature, decrypts, and checks padding, length, UTF-8 and receiver (§1.2, §1.3, §1.6).
 * @returns the message
 * @throws SealError for everything that is not exactly what the holder of the credentials would have sent
 */
export function unseal({ token, aesKey, receiver }: Credentials, sealed: Sealed): string {
  const { signature, timestamp, nonce, encrypt: box } = sealed
  if (!filled(token) || !filled(timestamp) || !filled(nonce) || !filled(box))
    throw new SealError('unsigned: token, timestamp, nonce or ciphertext is missing')
  if (typeof signature !== 'string' || !signatureForm.test(signature))
    throw new SealError('the signature is not 40 hex digits')
  const expected = getSignature(token, timestamp, nonce, box)
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(expected)))
    throw new SealError('the signature does not match (-40001): another Token?')
  const { message, id } = opened(aesKey, box)
  if (id !== receiver) throw new SealError('meant for another receiver (-40005)')
  return message
}

/**
 * Encrypts and signs an answer (§1.2, §1.3).
 * @param stamp `timestamp` in seconds; `random`: 16 bytes, only for test vectors
 * @throws SealError when the credentials or `random` are malformed
 */
export function seal(
  { token, aesKey, receiver }: Credentials,
  message: string,
  stamp: { timestamp: string; nonce: string; random?: Buffer },
): { encrypt: string; signature: string } {
  if (!aesKeyForm.test(aesKey)) throw new SealError('EncodingAESKey must be 43 characters (-40004)')
  if (stamp.random && stamp.random.length !== 16) throw new SealError('random must be 16 bytes')
  if (!filled(token) || !filled(stamp.timestamp) || !filled(stamp.nonce))
    throw new SealError('nothing to sign with: token, timestamp or nonce is missing')
  const box = encrypt(aesKey, message, receiver, stamp.random)
  return { encrypt: box, signature: getSignature(token, stamp.timestamp, stamp.nonce, box) }
}

/** Sealing again what was opened must give back what came: this refuses wrong keys, padding, lengths, base64, UTF-8. */
function opened(aesKey: string, box: string): { message: string; id: string } {
  if (!aesKeyForm.test(aesKey)) throw new SealError('EncodingAESKey must be 43 characters (-40004)')
  try {
    const { message, id, random } = decrypt(aesKey, box)
    if (random.length === 16 && encrypt(aesKey, message, id, random) === box) return { message, id }
  } catch {
    // The library throws several kinds of error for malformed ciphertext; all of them mean the same here.
  }
  throw new SealError('cannot be decrypted (-40007): another EncodingAESKey?')
}

function filled(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
