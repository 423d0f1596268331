// A reply that many people get (the same street's progress) is drawn once.
import type { Reply } from '../message.ts'

/** @param draw pure; its result is kept for as long as the reply itself is */
export function oncePerReply<T>(draw: (reply: Reply) => T): (reply: Reply) => T {
  const drawn = new WeakMap<Reply, T>()
  return (reply) => {
    const known = drawn.get(reply)
    if (known !== undefined) return known
    const made = draw(reply)
    drawn.set(reply, made)
    return made
  }
}
