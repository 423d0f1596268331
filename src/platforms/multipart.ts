// A file as the upload calls of both platforms want it: multipart/form-data with a part that has a file name.

/** What is uploaded, under the name that people see. */
export interface UploadFile {
  name: string
  type: string
  bytes: Buffer
}

export interface Upload {
  headers: Record<string, string>
  body: Buffer
}

/** A picture needs a name, but nobody sees it. */
export const pictureFile = (png: Buffer): UploadFile => ({
  ...{ name: 'picture.png', type: 'image/png', bytes: png },
})

/** What kind of file it is, the platforms go by its name. */
export const namedFile = (name: string, bytes: Buffer): UploadFile => ({
  ...{ name, type: 'application/octet-stream', bytes },
})

/**
 * @param part its name; what else the call wants to know goes into its address
 * @param boundary must not occur in the file: 32 random characters will not
 */
export function multipart(part: string, { name, type, bytes }: UploadFile, boundary: string): Upload {
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${part}"; filename="${quoted(name)}"\r\nContent-Type: ${type}\r\n\r\n`
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  }
}

/** As browsers do: UTF-8, and of what would end the name or the line its code. */
const quoted = (name: string): string =>
  name.replace(/[\r\n"]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
