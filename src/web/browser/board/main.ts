// The board's page: takes what has changed from the server, lets the changed cells flash, and filters the rows.

interface Change {
  version: string
  pieces: { id: string; html: string; row?: string }[]
  /** All rows, in their order. */
  rows: string[]
  at: string
}

const { body } = document
const byId = (id: string) => document.getElementById(id)
const state = byId('state')
const over = '链接到时间了，数不再更新。请回群里对小图说“看板”，再点新的链接。'

let refilter = () => {}

follow()
filter()
// A screen that stays on fetches the page anew: so its token is renewed, and a new version of the page arrives.
setTimeout(() => location.reload(), 12 * 3600_000)

function follow(): void {
  const { unit, version } = body.dataset
  const source = new EventSource(`events?unit=${unit}&v=${version}`)
  const news = (kind: string, act: (data: string) => void) =>
    source.addEventListener(kind, (event) => act(JSON.parse((event as MessageEvent<string>).data) as string))
  source.addEventListener('change', (event) => {
    const change = JSON.parse((event as MessageEvent<string>).data) as Change
    apply(change)
    body.dataset['version'] = change.version
    isOf(change.at)
  })
  news('clock', isOf)
  news('over', () => {
    source.close()
    say(over, 'over')
  })
  news('gone', () => {
    source.close()
    goDark()
  })
  source.addEventListener('error', () => {
    say('连接断了，正在重连……', 'lost')
    // The browser connects again by itself, unless it got an answer that is no stream.
    if (source.readyState === EventSource.CLOSED) void comeBack()
  })
}

/** A link whose time is over stays over; anything else, as a server that starts anew, is tried again. */
async function comeBack(): Promise<void> {
  const answer = await fetch(location.href, { cache: 'no-store' }).catch(() => undefined)
  if (answer?.headers.get('x-link') === 'expired') say(over, 'over')
  else if (answer && [403, 404, 410].includes(answer.status)) goDark()
  else setTimeout(follow, 5_000)
}

/** What may not be seen any more does not stay: the address answers with why, and what to do. */
function goDark(): void {
  location.reload()
}

function isOf(at: string): void {
  if (!state || state.className === 'over') return
  state.className = ''
  state.innerHTML = '数据截至 <time id="at"></time>'
  const time = byId('at')
  if (time) time.textContent = at
}

function say(words: string, kind: string): void {
  if (!state) return
  state.className = kind
  state.textContent = words
}

/** The server's HTML is its own: names in it are escaped there. */
function apply({ pieces, rows }: Change): void {
  const table = byId('rows')
  if (!table) return
  for (const { id, html, row } of pieces) {
    const old = byId(id)
    if (row === undefined) {
      if (old) old.innerHTML = html
      continue
    }
    const fresh = document.createElement('tr')
    fresh.id = id
    fresh.className = row
    fresh.setAttribute('role', 'row')
    fresh.innerHTML = html
    if (old) {
      flash(old, fresh)
      old.replaceWith(fresh)
    } else table.append(fresh)
  }
  // Only what stands elsewhere is moved: what is not touched keeps its focus.
  rows.forEach((id, at) => {
    const row = byId(id)
    const there = table.children[at]
    if (row && there !== row) table.insertBefore(row, there ?? null)
  })
  while (table.children.length > rows.length) table.lastElementChild?.remove()
  refilter()
}

/** Cells that look another way than before, and nothing else. */
function flash(old: Element, fresh: Element): void {
  ;[...fresh.children].forEach((cell, at) => {
    const before = old.children[at]
    if (before && before.innerHTML !== cell.innerHTML) cell.classList.add('changed')
  })
  if (old.contains(document.activeElement)) setTimeout(() => fresh.querySelector('a')?.focus())
}

function filter(): void {
  const form = byId('filters')
  const table = document.querySelector('table')
  if (!(form instanceof HTMLFormElement) || !table || form.elements.length === 0) return
  form.hidden = false
  refilter = () => {
    const chosen = new FormData(form)
    const value = (name: string) => String(chosen.get(name) ?? '').trim()
    table.dataset['part'] = value('part')
    const [lamp, name] = [value('lamp'), value('name')]
    let shown = 0
    let heading: HTMLElement | undefined
    for (const row of table.querySelectorAll<HTMLElement>('#rows > tr')) {
      if (row.classList.contains('peers')) {
        // 社区 stands there as long as one of them does.
        heading = row
        row.hidden = true
        continue
      }
      const title = row.querySelector('.name')?.textContent ?? ''
      row.hidden = (lamp !== '' && !row.classList.contains(`has-${lamp}`)) || !title.includes(name)
      if (row.hidden) continue
      shown++
      if (heading) heading.hidden = false
    }
    const none = byId('none')
    if (none) none.hidden = shown > 0
  }
  form.addEventListener('input', () => refilter())
  form.addEventListener('submit', (event) => event.preventDefault())
  refilter()
}
