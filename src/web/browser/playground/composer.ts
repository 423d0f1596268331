// Where the visitor writes: Enter sends, and in a group the bot is mentioned unless that is switched off.
import { part } from './dom.ts'

export interface Composer {
  /** @param botName mentioned in what is sent; undefined in one-to-one chats, where nobody is */
  setMention(botName: string | undefined): void
  /** What is sent for some words. */
  addressed(words: string, always?: boolean): string
  focus(): void
}

/**
 * @param send resolves with whether it was sent: what was not stays in the field
 * @param sendFile sends a file; only in one-to-one chats is it offered
 */
export function composer(
  send: (text: string) => Promise<boolean>,
  sendFile: (file: File) => Promise<void>,
): Composer {
  const form = part('composer', HTMLFormElement)
  const field = part('text', HTMLTextAreaElement)
  const toggle = part('mention', HTMLButtonElement)
  const attach = part('attach', HTMLButtonElement)
  const picker = part('file', HTMLInputElement)
  let mention: string | undefined

  const addressed = (words: string, always = false) => {
    const isOn = always || toggle.getAttribute('aria-pressed') === 'true'
    return mention === undefined || !isOn || words.includes(`@${mention}`) ? words : `@${mention} ${words}`
  }
  const grow = () => {
    field.style.height = 'auto'
    field.style.height = `${field.scrollHeight}px`
  }
  const submit = async () => {
    const words = field.value.trim()
    if (words === '') return
    field.value = ''
    grow()
    if (await send(addressed(words))) return
    field.value ||= words
    grow()
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void submit()
  })
  field.addEventListener('keydown', (event) => {
    // Enter also ends the composing of Chinese characters; some browsers only tell by this key code.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    form.requestSubmit()
  })
  field.addEventListener('input', grow)
  attach.addEventListener('click', () => picker.click())
  picker.addEventListener('change', () => {
    const [file] = picker.files ?? []
    // The same file may be sent once more.
    picker.value = ''
    if (file) void sendFile(file)
  })
  toggle.addEventListener('click', () => {
    toggle.setAttribute('aria-pressed', String(toggle.getAttribute('aria-pressed') !== 'true'))
    field.focus()
  })
  return {
    setMention(botName) {
      mention = botName
      toggle.hidden = botName === undefined
      attach.hidden = botName !== undefined
      toggle.textContent = `@${botName ?? ''}`
      toggle.title = '开：机器人收得到；关：只有群里的人看得到'
    },
    addressed,
    focus: () => field.focus(),
  }
}
