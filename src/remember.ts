// Remembers what is dear to compute, for as long as the campaign's numbers and the date stay the same.

const most = 5_000
/** For what is small to compute and large to keep. */
const fewer = 500

/** @returns a function that gives each key's value, computed again when its version is another */
export function remember() {
  const kept = new Map<string, { version: string; value: Promise<unknown> }>()
  return <T>(key: string, version: string, compute: () => Promise<T>): Promise<T> => {
    const known = kept.get(key)
    if (known?.version === version) return known.value as Promise<T>
    const value = compute()
    if (kept.size >= most) kept.clear()
    kept.set(key, { version, value })
    // A failure is not remembered: the next one tries again.
    value.catch(() => kept.delete(key))
    return value
  }
}

/** The same for what is computed at once. */
export function recall<T>() {
  const kept = new Map<string, { version: string; value: T }>()
  return (key: string, version: string, compute: () => T): T => {
    const known = kept.get(key)
    if (known?.version === version) return known.value
    const value = compute()
    if (kept.size >= fewer) kept.clear()
    kept.set(key, { version, value })
    return value
  }
}
