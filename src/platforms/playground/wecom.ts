// The playground's WeCom: sealed callbacks to a smart-robot adapter of its own, answers in the response or by response_url.
import { randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { call } from '../../http.ts'
import type { PlatformTools } from '../../platform.ts'
import { readJson } from '../dingtalk/inbound.ts'
import { readBody, single } from '../webhook.ts'
import { seal, unseal } from '../wecom/crypto.ts'
import { wecomRobot } from '../wecom/robot.ts'
import { type SentFiles, sealedAddress, serveSealed } from './sent-files.ts'
import { type Arrived, mustBeTaken, returnWays, type Said, type Side, taken } from './side.ts'

const callbackPath = '/playground/webhooks/wecom'
const responsePath = '/playground/cgi-bin/aibot/response'
const responseMs = 3_600_000
const maxContentBytes = 20_480
const botId = 'playground'

const envelope = z.object({
  encrypt: z.string(),
  msgsignature: z.string(),
  timestamp: z.coerce.string(),
  nonce: z.string(),
})
const content = z.looseObject({ content: z.string().min(1) })
const markdown = z.looseObject({ msgtype: z.literal('markdown'), markdown: content })
const passive = z.union([
  z.looseObject({ msgtype: z.literal('stream'), stream: content }),
  z.looseObject({ msgtype: z.literal('text'), text: content }),
])

/** @param origin where the playground itself is reached */
export function wecomSide(
  { origin, files }: { origin: string; files: SentFiles },
  tools: PlatformTools,
  arrived: Arrived,
): Side {
  const credentials = {
    token: randomBytes(16).toString('hex'),
    aesKey: randomBytes(32).toString('base64').slice(0, 43),
    receiver: '',
  }
  const responses = returnWays(tools.clock, responseMs)
  const { token, aesKey } = credentials
  const adapter = wecomRobot({ token, aesKey, botId, apiBase: origin, path: callbackPath }, tools)

  return {
    listen(router, hear) {
      router.post(responsePath, async (ctx) => {
        const bytes = await readBody(ctx)
        if (!bytes) return
        const code = single(ctx, 'response_code')
        const said = responses.find(code)
        const payload = markdown.safeParse(readJson(bytes)).data
        if (!said) ctx.body = { errcode: 40035, errmsg: 'invalid response_code' }
        else if (!payload) ctx.body = { errcode: 40008, errmsg: 'invalid message type' }
        else if (Buffer.byteLength(payload.markdown.content) > maxContentBytes)
          ctx.body = { errcode: 40058, errmsg: 'exceed max length 20480' }
        else {
          responses.close(code)
          arrived(said, payload, said.group && said.text)
          ctx.body = taken
        }
      })
      serveSealed(router, files, aesKey)
      return adapter.listen(router, hear)
    },
    async deliver(said) {
      const timestamp = String(Math.floor(tools.clock.now().getTime() / 1000))
      const nonce = randomBytes(8).toString('hex')
      const responseUrl = `${origin}${responsePath}?response_code=${responses.add(said)}`
      const packet = JSON.stringify({ ...callback(said, origin), response_url: responseUrl })
      const { encrypt, signature } = seal(credentials, packet, { timestamp, nonce })
      const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce })
      const answer = await call(`${origin}${callbackPath}?${query}`, { encrypt })
      mustBeTaken(answer)
      // An empty answer: the bot says nothing, or will answer by response_url.
      if (answer.json === undefined) return
      const { msgsignature, ...box } = envelope.parse(answer.json)
      const reply: unknown = JSON.parse(unseal(credentials, { ...box, signature: msgsignature }))
      arrived(said, passive.parse(reply))
    },
  }
}

function callback({ group, person, text, file }: Said, origin: string) {
  return {
    ...(file
      ? { msgtype: 'file', file: { url: sealedAddress(origin, file.id) } }
      : { msgtype: 'text', text: { content: text } }),
    msgid: randomUUID(),
    aibotid: botId,
    from: { userid: person.id },
    ...(group ? { chattype: 'group', chatid: group.id } : { chattype: 'single' }),
  }
}
