// What the playground's server tells its page. Types only: the page's scripts can import nothing from the server.

/** Whose phone app is imitated. */
export type Look = 'wecom' | 'dingtalk'

/** One message of a chat, as everybody in it sees it. */
export type Entry = { n: number /** By the bot's clock. */; at: string } & (SaidByPerson | SaidByBot)

export interface SaidByPerson {
  kind: 'person'
  person: string
  name: string
  text: string
  /** False = the platform does not tell the bot, because a group message did not mention it. */
  toBot: boolean
}

export interface SaidByBot {
  kind: 'bot'
  /** The person whose message is answered; absent = nobody asked. */
  to?: string
  /** What the platform was given; of a picture only its id, under which it can be fetched. */
  payload: unknown
  /** The message that the platform shows quoted above the answer. */
  quote?: string
}

export interface Person {
  /** Account id on both platforms. */
  id: string
  name: string
  duty: string
  /** The one-to-one chat with the bot. */
  privateChat: string
}

export interface World {
  botName: string
  campaign: string
  /** The bot's clock. */
  now: string
  /** The best known first. */
  people: Person[]
  groups: Record<Look, { id: string; title: string }[]>
  sentences: string[]
}
