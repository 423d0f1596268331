// A file as the upload calls of both platforms want it: multipart/form-data with a part that has a file name.

export interface Upload {
  headers: Record<string, string>
  body: Buffer
}

/**
 * @param name of the part; what else the call wants to know goes into its address
 * @param boundary must not occur in the file: 32 random characters will not
 */
export function multipart(name: string, file: Buffer, boundary: string): Upload {
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="picture.png"\r\nContent-Type: image/png\r\n\r\n`
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([Buffer.from(head), file, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  }
}
