// The address of a page in a reply, made fit for every place in which it may stand.

const longest = 1_000

/**
 * @returns the address with everything encoded that ends a Markdown link, is markup, or could pass for a mention;
 * undefined for what is not a web page
 */
export function pageAddress(link: string | undefined): string | undefined {
  if (!link || !URL.canParse(link)) return undefined
  const { protocol, username, password, href } = new URL(link)
  if (!/^https?:$/.test(protocol) || username || password) return undefined
  const encoded = href.replace(
    /[()[\]<>@*`|\\^{}"'~]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return encoded.length <= longest ? encoded : undefined
}

/** What the link is called. */
export const pageName = '查看详情'

/** A picture where none can be shown. */
export const pictureLine = (alt: string): string => `［图］${alt}`

/** A file where none can be sent. */
export const fileLine = (name: string): string => `［文件］${name}`
