// Steps before a message is sent: an access token, a picture that is uploaded.
import { PlatformError, StoreDown } from '../errors.ts'

/** @throws as `step` does, but never with an unknown outcome: nothing was sent, so it may simply be tried again */
export async function beforehand<T>(step: Promise<T>): Promise<T> {
  try {
    return await step
  } catch (error) {
    if (!(error instanceof PlatformError) || error.kind !== 'unknown') throw error
    throw new PlatformError(error.message, error.code, error.retryAfter, 'busy')
  }
}

/** For pushes. @throws PlatformError also when the state store is away, where the access tokens are */
export async function withState<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof StoreDown)) throw error
    throw new PlatformError('the state store is out of reach', 'state', 5, 'busy')
  }
}
