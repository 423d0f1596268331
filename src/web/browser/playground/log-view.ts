// The list of messages: grows at the end, and shows its end.
import type { Entry } from '../../../platforms/playground/entry.ts'
import { bubble, divider, type View } from './bubble.ts'
import { dayAndTime } from './clock.ts'

/** Messages further apart than this have the time between them. */
const pauseMs = 5 * 60_000
/** This far from the end counts as there. */
const nearPx = 40

export interface LogView {
  /** Nothing, until it is known what there is. */
  clear(): void
  /** Everything anew. */
  show(entries: Entry[], view: View): void
  add(entry: Entry, view: View): void
}

export function logView(list: HTMLElement): LogView {
  let last: Entry | undefined

  const append = (entry: Entry, view: View) => {
    if (!last || Date.parse(entry.at) - Date.parse(last.at) > pauseMs)
      list.append(divider(dayAndTime(Date.parse(entry.at))))
    list.append(bubble(entry, view))
    last = entry
  }
  const toEnd = () => list.scrollTo({ top: list.scrollHeight })
  // Who reads further up is left there; else the end stays in sight when chips or a keyboard take some room.
  let isAtEnd = true
  let before = 0
  list.addEventListener('scroll', () => {
    if (list.scrollHeight - list.scrollTop - list.clientHeight < nearPx) isAtEnd = true
    else if (list.scrollTop < before) isAtEnd = false
    before = list.scrollTop
  })
  new ResizeObserver(() => isAtEnd && toEnd()).observe(list)
  // A picture takes its room when it has come. The event does not bubble.
  list.addEventListener('load', () => isAtEnd && toEnd(), true)

  const clear = () => {
    list.replaceChildren()
    last = undefined
  }

  return {
    clear,
    show(entries, view) {
      // A whole log is not news: it is not to be read out.
      list.setAttribute('aria-live', 'off')
      clear()
      for (const entry of entries) append(entry, view)
      if (entries.length === 0) list.append(divider('还没有消息。点下面一句试试，或者自己写。'))
      toEnd()
      requestAnimationFrame(() => list.setAttribute('aria-live', 'polite'))
    },
    add(entry, view) {
      if (!last) list.replaceChildren()
      append(entry, view)
      toEnd()
    },
  }
}
