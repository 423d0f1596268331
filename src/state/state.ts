// Short-lived state of conversations, shared by all replicas: what is asked, who works on which chat, tokens.

export interface State {
  /** Remembers `value` for `seconds`. */
  put(key: string, value: string, seconds: number): Promise<void>
  get(key: string): Promise<string | undefined>
  /** Reads and forgets in one step: of two takers one gets it. */
  take(key: string): Promise<string | undefined>
  /** Remembers `value` unless something is there already. @returns whether it did */
  claim(key: string, value: string, seconds: number): Promise<boolean>
  /**
   * Runs `work` while nobody else, in this process or another, runs under the same key. Waiters are served in the
   * order in which they came within a process.
   */
  exclusively<T>(key: string, work: () => Promise<T>): Promise<T>
  /** Resolves when the store answers. @throws StoreDown */
  ping(): Promise<void>
  close(): Promise<void>
}
