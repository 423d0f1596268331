// The form of an upload call, as both platforms read it.
import type { Call } from './fake-server.ts'

/** A file that was uploaded, under the name that people will see. */
export interface Uploaded {
  name: string
  bytes: Buffer
}

/** @returns undefined when the form has no such part, or one without a file name */
export async function uploadedIn({ headers, bytes }: Call): Promise<Uploaded | undefined> {
  const type = String(headers['content-type'])
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData()
  const file = form.get('media')
  if (!(file instanceof File) || !file.name) return undefined
  return { name: file.name, bytes: Buffer.from(await file.arrayBuffer()) }
}
