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

/** Keeps showing the bot's time. @returns puts it right */
export function runClock(place: HTMLElement): (now: string) => void {
  let ahead = 0
  const show = () => {
    place.textContent = dayAndTime(Date.now() + ahead)
  }
  setInterval(show, 1_000)
  return (now) => {
    ahead = Date.parse(now) - Date.now()
    show()
  }
}
