// How a browser is told to save what it gets, under a name in any language (RFC 6266).

/** @returns a `Content-Disposition` header; old browsers get a name without what is not ASCII */
export function disposition(name: string): string {
  const plain = name.replace(/[^\w.-]+/g, '_')
  // RFC 5987 allows less than encodeURIComponent leaves as it is.
  const encoded = encodeURIComponent(Buffer.from(name).toString()).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
