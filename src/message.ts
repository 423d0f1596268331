// What comes in and what goes out: the words every platform and every command share.

/** Account directories and ways of rendering. The playground and the terminal borrow one of the two. */
export type PlatformName = 'dingtalk' | 'wecom'

export interface Chat {
  /** The platform's own id of the conversation. For one-to-one chats: the person's id. */
  id: string
  kind: 'group' | 'single'
  title?: string
}

export interface Message {
  platform: PlatformName
  /** Which robot heard it: message ids are unique only within one robot (`protocols/dingtalk.md` §3.4). */
  robot: string
  /** The platform's message id. Without one a message cannot be recognised as a repeat and is let through. */
  id?: string
  chat: Chat
  sender: {
    /** Platform account id: the identity. */
    id: string
    /** Display name: chosen by the person, never an identity. */
    name: string
  }
  /** `enter` = somebody opened the one-to-one chat; `media` = a picture, file or voice note without text. */
  kind: 'text' | 'media' | 'enter'
  /** What was typed or dictated; may still start with 「@小图」. Empty for `enter` and `media`. */
  text: string
  /** With `media`, when it is a file that can be had. */
  file?: IncomingFile
}

export interface IncomingFile {
  /** As the platform tells it, if it does; some tell it with the file only. */
  name?: string
  /** @throws UserError in words for the sender; PlatformError when the platform does not give it */
  fetch(): Promise<Buffer>
}

/**
 * One piece of an answer. Text in it is plain: renderers escape what their platform would interpret. `url` is where a
 * picture or file can be had by those who cannot be sent it.
 */
export type Block =
  | { kind: 'text'; text: string }
  /** Label and value, one a line. */
  | { kind: 'fields'; fields: [label: string, value: string][] }
  | { kind: 'table'; head: string[]; rows: string[][] }
  /** A PNG in base64, and what it shows, in words. */
  | { kind: 'image'; png: string; alt: string; url?: string }
  /** A file in base64, under the name that it is given. Only pushes carry one: answers say its name. */
  | { kind: 'file'; name: string; data: string; url?: string }

export interface Reply {
  title?: string
  blocks: Block[]
  /** Account ids to be notified, where the platform can; `everyone` for all of the group. */
  mention?: string[]
  /** Address of a page that shows more. */
  link?: string
}

/** In `mention`: everybody in the group. */
export const everyone = '@all'

/** A platform hands every message to this and sends what comes back; `undefined` = stay silent. */
export type Hear = (message: Message) => Promise<Reply | undefined>

/** The one-line answer. */
export function line(text: string): Reply {
  return { blocks: [{ kind: 'text', text }] }
}

/** Several lines, optionally under a title. */
export function lines(texts: string[], title?: string): Reply {
  return { ...(title && { title }), blocks: texts.map((text) => ({ kind: 'text', text })) }
}
