// The two things the page does with elements: find them and make them. Text only ever becomes text.

/** @throws Error when the page has no such element */
export function part<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id)
  if (found instanceof kind) return found
  throw new Error(`the page has no ${kind.name} called ${id}`)
}

/** An element with attributes and children; strings become text nodes. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}

/** A button that does something. */
export function button(attributes: Record<string, string>, label: Node | string, act: () => void) {
  const element = make('button', { type: 'button', ...attributes }, label)
  element.addEventListener('click', act)
  return element
}

/** Replaces what a list holds; the focus stays on the button with the same `data-key`. */
export function refill(list: HTMLElement, children: Node[]): void {
  const focused = document.activeElement
  const key = focused instanceof HTMLElement && list.contains(focused) ? focused.dataset['key'] : undefined
  list.replaceChildren(...children)
  if (key !== undefined) list.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus()
}
