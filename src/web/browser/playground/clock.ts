// The bot's time as text. It may stand elsewhere than the visitor's own, and is always that of China.

const format = new Intl.DateTimeFormat('zh-CN', {
  ...{ timeZone: 'Asia/Shanghai', month: 'long', day: 'numeric', weekday: 'short' },
  ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
})

/** 11月22日周日 10:03 */
export function dayAndTime(moment: number): string {
  const parts = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]))
  return `${parts['month']}月${parts['day']}日${parts['weekday']} ${parts['hour']}:${parts['minute']}`.replace(
    '月月',
    '月',
  )
}

export interface ShownClock {
  /** Puts it right. */
  set(now: string): void
  now(): number
  /** Calls `act` every second, and when the clock was put right. */
  onTick(act: (now: number) => void): void
}

/** Keeps showing the bot's time. */
export function runClock(place: HTMLElement): ShownClock {
  const acts: ((now: number) => void)[] = []
  let ahead = 0
  const now = () => Date.now() + ahead
  const show = () => {
    place.textContent = dayAndTime(now())
    for (const act of acts) act(now())
  }
  setInterval(show, 1_000)
  return {
    now,
    set(moment) {
      ahead = Date.parse(moment) - Date.now()
      show()
    },
    onTick: (act) => void acts.push(act),
  }
}
