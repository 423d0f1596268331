// On a narrow screen the panel is a drawer over the chat.
import { part } from './dom.ts'

/** @returns closes the drawer, if it is open */
export function drawer(): () => void {
  const opener = part('open-panel', HTMLButtonElement)
  const closer = part('close-panel', HTMLButtonElement)
  const phone = part('phone', HTMLElement)

  const set = (open: boolean) => {
    document.body.classList.toggle('open', open)
    opener.setAttribute('aria-expanded', String(open))
    // While the drawer covers the chat, nothing behind it can be reached.
    phone.inert = open
  }
  const close = () => {
    if (!document.body.classList.contains('open')) return
    set(false)
    opener.focus()
  }
  opener.addEventListener('click', () => {
    set(true)
    closer.focus()
  })
  closer.addEventListener('click', close)
  part('backdrop', HTMLButtonElement).addEventListener('click', close)
  document.addEventListener('keydown', ({ key }) => key === 'Escape' && close())
  // A window that became wide shows both.
  window.matchMedia('(min-width: 701px)').addEventListener('change', () => set(false))
  return close
}
