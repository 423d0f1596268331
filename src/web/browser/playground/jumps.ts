// The control that lets time pass: moments worth going to, an hour, or any moment; then what ran on the way.
import type { ShownClock } from './clock.ts'
import { button, make, part, refill } from './dom.ts'
import { fieldOf, jumpsFrom, momentOf, nextHour, ranWords } from './moments.ts'
import { moveClock } from './server.ts'

const hourMs = 3_600_000

/** @param clock shows the bot's time: what can be chosen follows it */
export function jumps(clock: ShownClock): void {
  const controls = part('jumps', HTMLFieldSetElement)
  const list = part('moments', HTMLUListElement)
  const field = part('until', HTMLInputElement)
  const news = part('passed', HTMLParagraphElement)
  let listed = ''
  let isTouched = false

  const go = async (at: number | undefined) => {
    if (at === undefined || at <= clock.now()) {
      news.textContent = at === undefined ? '请先选日期和时间。' : '时间只能往前拨，请选一个更晚的时间。'
      return
    }
    const focused = controls.contains(document.activeElement) ? document.activeElement : null
    controls.disabled = true
    news.textContent = '正在过这段时间…'
    const moved = await moveClock(new Date(at).toISOString())
    controls.disabled = false
    if (typeof moved === 'string') news.textContent = moved
    else {
      isTouched = false
      clock.set(moved.now)
      news.textContent = ranWords(moved.ran)
    }
    // What is disabled loses the focus; the moment that was chosen is not there any more.
    const back =
      focused instanceof HTMLElement && focused.isConnected ? focused : list.querySelector('button')
    if (focused && document.activeElement === document.body) back?.focus()
  }

  field.addEventListener('input', () => {
    isTouched = true
  })
  part('hour', HTMLButtonElement).addEventListener('click', () => void go(clock.now() + hourMs))
  part('jump', HTMLButtonElement).addEventListener('click', () => void go(momentOf(field.value)))

  clock.onTick((now) => {
    if (!isTouched && document.activeElement !== field) field.value = fieldOf(nextHour(now))
    const choices = jumpsFrom(now)
    const shown = choices.map(({ at }) => at).join()
    if (shown === listed) return
    listed = shown
    const choice = ({ at, label, what }: (typeof choices)[number]) =>
      make(
        'li',
        {},
        button(
          { 'data-key': String(at) },
          make('span', {}, make('b', {}, label), ' ', make('small', {}, what)),
          () => void go(at),
        ),
      )
    refill(list, choices.map(choice))
  })
}
