// The playground's page: one chat is open at a time, seen by one person.
import type { Entry, World } from '../../../platforms/playground/entry.ts'
import { runClock } from './clock.ts'
import { composer } from './composer.ts'
import { button, part } from './dom.ts'
import { drawer } from './drawer.ts'
import { jumps } from './jumps.ts'
import { logView } from './log-view.ts'
import { offersTo } from './offers.ts'
import { panel } from './panel.ts'
import { hashOf, isPrivate, moved, type Place, placeFrom } from './place.ts'
import { fetchWorld, follow, say, sendFile } from './server.ts'
import { unread } from './unread.ts'

/** Sentences offered in a chat in which nothing has been said. */
const firstSentences = 3
const lookNames = { wecom: '企业微信', dingtalk: '钉钉' }

const trouble = part('trouble', HTMLParagraphElement)
const tell = (words: string) => {
  trouble.textContent = words
  trouble.hidden = words === ''
}
const away = '连不上服务器，重新连接中…'
const found = await fetchWorld(() => tell(away))
tell('')
openPage(found)

function openPage(world: World): void {
  const log = logView(part('log', HTMLDivElement))
  const clock = runClock(part('clock', HTMLParagraphElement))
  const news = unread(() => showPanel(place))
  const closeDrawer = drawer()
  let place = placeFrom(location.hash, world)
  let entries: Entry[] = []
  let unfollow = () => {}

  const send = async (text: string): Promise<boolean> => {
    const { look: platform, chat, person } = place
    const problem = await say({ platform, chat, person, text })
    tell(problem ?? '')
    return problem === undefined
  }
  const writer = composer(send, async (file) => {
    const { look: platform, chat, person } = place
    tell((await sendFile({ platform, chat, person }, file)) ?? '')
  })
  const sayNow = (words: string, always = false) => {
    closeDrawer()
    void send(writer.addressed(words, always))
  }
  const showPanel = panel({ world, go, say: sayNow, unread: (look, chat) => news.of(`${look}/${chat}`) })
  const view = () => ({ look: place.look, me: place.person, world })

  const showOffers = () => {
    const first = world.sentences.slice(0, firstSentences).map((text) => ({ label: text, text }))
    const offers = entries.length === 0 ? first : offersTo(place.person, entries)
    const chips = offers.map(({ label, text }) => button({ class: 'chip' }, label, () => sayNow(text, true)))
    part('offers', HTMLDivElement).replaceChildren(...chips)
  }
  const showPlace = () => {
    const person = world.people.find(({ id }) => id === place.person)
    const group = world.groups[place.look].find(({ id }) => id === place.chat)
    document.body.dataset['look'] = place.look
    part('title', HTMLHeadingElement).textContent = group?.title ?? world.botName
    part('hint', HTMLParagraphElement).textContent =
      `${lookNames[place.look]} · 我是${person?.name ?? ''}（${person?.duty ?? ''}）`
    writer.setMention(isPrivate(place, world) ? undefined : world.botName)
    showPanel(place)
    history.replaceState(null, '', hashOf(place))
  }
  const showThinking = (isThinking: boolean) => {
    part('thinking', HTMLParagraphElement).textContent = isThinking ? `${world.botName}正在输入…` : ''
  }
  const followPlace = () => {
    unfollow()
    news.open(`${place.look}/${place.chat}`)
    log.clear()
    showThinking(false)
    part('offers', HTMLDivElement).replaceChildren()
    unfollow = follow(place.look, place.chat, {
      connected: (isConnected) => tell(isConnected ? '' : away),
      log(all) {
        entries = all
        log.show(all, view())
        showOffers()
      },
      entry(entry) {
        entries.push(entry)
        log.add(entry, view())
        showOffers()
      },
      thinking: showThinking,
      clock: clock.set,
      counts: news.counts,
      came: news.came,
    })
  }

  function go(change: Partial<Place>): void {
    const from = place
    place = moved(place, change, world)
    showPlace()
    if (place.chat !== from.chat || place.look !== from.look) followPlace()
    else {
      log.show(entries, view())
      showOffers()
    }
  }

  jumps(clock)
  clock.set(world.now)
  showPlace()
  followPlace()
  if (matchMedia('(min-width: 701px)').matches) writer.focus()
}
