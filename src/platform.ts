// What a platform is: something that hears messages and answers them. One factory per platform in `platforms/`.
import type { Router } from '@koa/router'
import type { Logger } from 'pino'
import type { Clock } from './clock.ts'
import type { Hear, PlatformName } from './message.ts'
import type { State } from './state/state.ts'

export interface Platform {
  name: PlatformName
  /**
   * Starts hearing: adds its callback routes to `router` (or opens a socket).
   * @returns a function that stops hearing and resolves when what was heard has been answered
   */
  listen(router: Router, hear: Hear): Promise<() => Promise<void>>
}

/** What every platform is given besides its own credentials. */
export interface PlatformTools {
  /** Without the leading @, to strip it from what people type. */
  botName: string
  log: Logger
  /** Short-lived shared state: access tokens. */
  state: State
  /** Real time: signature windows and token lifetimes never follow the demo's clock. */
  clock: Clock
}
