import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Message } from '../../../src/message.ts'
import { readJson, readMessage } from '../../../src/platforms/dingtalk/inbound.ts'
import * as payloads from './payloads.ts'

const { groupText, singleText } = payloads
const robot = 'dingtestclientid01'

function read(payload: object): ReturnType<typeof readMessage> {
  return readMessage(payload as Record<string, unknown>, robot)
}

function message(payload: object): Message {
  const inbound = read(payload)
  if (!('message' in inbound)) throw new Error(inbound.unheard)
  return inbound.message
}

function way(payload: object) {
  const inbound = read(payload)
  if (!('way' in inbound)) throw new Error(inbound.unheard)
  return inbound.way
}

const withText = (content: unknown) => ({ ...groupText, text: { content } })

describe('a message in a group', () => {
  it('is read with its group, sender and trimmed text', () => {
    expect(message(groupText)).toEqual({
      platform: 'dingtalk',
      robot,
      id: 'msgTEST0001==',
      chat: { id: 'cidTESTgroup0001==', kind: 'group', title: '测试群' },
      sender: { id: 'staff001', name: '测试甲' },
      kind: 'text',
      text: '帮助',
    })
  })

  it('is answered through its session, or to the group', () => {
    expect(way(groupText)).toEqual({
      chat: { id: 'cidTESTgroup0001==', kind: 'group', title: '测试群' },
      staffId: 'staff001',
      sessionWebhook: groupText.sessionWebhook,
      sessionExpires: 1767231000180,
    })
  })

  it('may have no title', () => {
    expect(message({ ...groupText, conversationTitle: undefined }).chat).toEqual({
      id: 'cidTESTgroup0001==',
      kind: 'group',
    })
  })
})

describe('a one-to-one message', () => {
  it('belongs to a chat named after its sender', () => {
    expect(message(singleText).chat).toEqual({ id: 'staff001', kind: 'single' })
  })

  it('falls back to the opaque id of a sender who is not in the organisation', () => {
    const outsider = { ...singleText, senderStaffId: undefined }
    expect(message(outsider).sender.id).toBe('$:LWCP_v1:$userTEST')
    expect(message(outsider).chat.id).toBe('$:LWCP_v1:$userTEST')
    expect(way(outsider)).not.toHaveProperty('staffId')
    expect(message({ ...singleText, senderStaffId: '' }).sender.id).toBe('$:LWCP_v1:$userTEST')
  })
})

describe('the type of a message', () => {
  const { picture, video, file, unknownType } = payloads
  it.each([picture, video, file, unknownType])('$msgtype has no text', (payload) => {
    expect(message(payload)).toMatchObject({ kind: 'media', text: '' })
  })

  it('audio becomes what was understood', () => {
    expect(message(payloads.audio)).toMatchObject({ kind: 'text', text: '今天 下午 开会' })
  })

  it.each([undefined, '', '  '])('audio that was not understood (%o) has no text', (recognition) => {
    expect(message({ ...payloads.audio, content: { recognition } })).toMatchObject({
      kind: 'media',
      text: '',
    })
  })

  it('richText keeps its words, the mention included', () => {
    expect(message(payloads.richText)).toMatchObject({ kind: 'text', text: '@小图 看这张图' })
  })

  it('richText of nothing but pictures has no text', () => {
    const content = { richText: [{ type: 'picture', downloadCode: 'dlTEST' }] }
    expect(message({ ...payloads.richText, content })).toMatchObject({ kind: 'media', text: '' })
  })

  it.each([[null], ['text'], [{ richText: 'text' }], [{ richText: [null, 1, 'a', [], { text: {} }] }]])(
    'richText that is put together wrongly has no text: %j',
    (content) => {
      expect(message({ ...payloads.richText, content })).toMatchObject({ kind: 'media', text: '' })
    },
  )

  it('text in a message of unheard-of type is still read', () => {
    expect(message({ ...groupText, msgtype: 'hologram' })).toMatchObject({ kind: 'text', text: '帮助' })
    expect(message({ ...groupText, msgtype: undefined })).toMatchObject({ kind: 'text', text: '帮助' })
  })
})

describe('the text', () => {
  it.each(['', ' ', '\n'])('may be empty (%j): somebody only called the robot', (content) => {
    expect(message(withText(content))).toMatchObject({ kind: 'text', text: '' })
  })

  it('may be missing altogether', () => {
    expect(message({ ...groupText, text: undefined })).toMatchObject({ kind: 'text', text: '' })
    expect(message({ ...groupText, text: null })).toMatchObject({ kind: 'text', text: '' })
  })

  it('keeps 2,000 characters', () => {
    const text = '报'.repeat(2_000)
    expect(message(withText(text)).text).toBe(text)
    expect(message(withText('😀'.repeat(2_000))).text).toBe('😀'.repeat(2_000))
  })

  it('is cut after 2,000 characters, never inside one', () => {
    expect(message(withText('报'.repeat(2_001))).text).toBe('报'.repeat(2_000))
    expect(message(withText(`a${'😀'.repeat(500_000)}`)).text).toBe(`a${'😀'.repeat(1_999)}`)
  })

  it('may be nothing but emoji', () => {
    expect(message(withText('👨‍👩‍👧🎉')).text).toBe('👨‍👩‍👧🎉')
  })

  it('has no half characters and no NUL', () => {
    expect(message(withText('a\ud800b\udc00c\0d😀')).text).toBe('a\ufffdb\ufffdcd😀')
    expect(message({ ...groupText, senderNick: '\udfff甲' }).sender.name).toBe('\ufffd甲')
  })

  it('may be a number', () => {
    expect(message(withText(3)).text).toBe('3')
  })
})

describe('numbers where strings should be', () => {
  it('count as their digits', () => {
    const odd = { ...groupText, conversationId: 12345, msgId: 678, senderStaffId: 9, conversationType: 2 }
    expect(message(odd)).toMatchObject({
      id: '678',
      chat: { id: '12345', kind: 'group' },
      sender: { id: '9' },
    })
    expect(message({ ...odd, conversationType: 1 }).chat).toEqual({ id: '9', kind: 'single' })
  })

  it('are accepted the other way round for times', () => {
    const odd = { ...groupText, createAt: '1767225600000', sessionWebhookExpiredTime: '1767231000180' }
    expect(way(odd).sessionExpires).toBe(1767231000180)
  })

  it.each(['', 'soon', null, {}])('leave an unreadable expiry (%j) unknown', (sessionWebhookExpiredTime) => {
    expect(way({ ...groupText, sessionWebhookExpiredTime })).not.toHaveProperty('sessionExpires')
  })
})

describe('a message nobody needs to hear', () => {
  it('is one of an exhausted quota, and the operator is told', () => {
    for (const errorCode of [20001, '20001']) {
      const inbound = read({ ...payloads.quotaUsedUp, errorCode })
      expect(inbound).toEqual({ unheard: expect.stringContaining('20001'), alarm: true })
    }
    expect(read({ errCode: 20001, errMsg: 'x' })).toMatchObject({ alarm: true })
  })

  it('is one with another error code and no text', () => {
    expect(read({ ...payloads.quotaUsedUp, errorCode: 5 })).toMatchObject({ alarm: true })
  })

  it('is not one that has text and an error code of 0', () => {
    expect(message({ ...groupText, errorCode: 0 }).text).toBe('帮助')
    expect(message({ ...groupText, errorCode: '0' }).text).toBe('帮助')
  })

  it('is an encrypted one, and the operator is told what to turn off', () => {
    expect(read(payloads.encrypted)).toEqual({ unheard: expect.stringContaining('encryption'), alarm: true })
  })

  it.each([
    ['sender', { senderId: undefined, senderStaffId: undefined }],
    ['sender', { senderId: {}, senderStaffId: [] }],
    ['sender', { senderId: 'x'.repeat(257), senderStaffId: '' }],
    ['conversationId', { conversationId: undefined }],
    ['conversationId', { conversationId: '' }],
  ])('is one without %s', (what, missing) => {
    expect(read({ ...groupText, ...missing })).toEqual({ unheard: `no ${what}`, alarm: false })
  })

  it('is an empty one', () => {
    expect(read({})).toMatchObject({ unheard: 'no sender' })
  })
})

describe('leniency', () => {
  it('lets a message without an id through', () => {
    expect(message({ ...groupText, msgId: undefined })).not.toHaveProperty('id')
    expect(message({ ...groupText, msgId: 'x'.repeat(300) })).not.toHaveProperty('id')
  })

  it('does not need the lists, names and flags', () => {
    const gone = { atUsers: undefined, senderNick: undefined, isAdmin: undefined, isInAtList: undefined }
    const bare = { ...groupText, ...gone, robotCode: undefined, openThreadId: 'new', hostingContext: {} }
    expect(message(bare).sender).toEqual({ id: 'staff001', name: '' })
  })

  it('takes an error code that has no form as text for one', () => {
    const errorCode = { toString: 1, valueOf: 1 }
    expect(read({ ...groupText, text: undefined, errorCode })).toMatchObject({ alarm: true })
  })

  it('reads any object without throwing', () => {
    const names = Object.keys({ ...groupText, content: 0, errorCode: 0, encrypt: 0 })
    const odd = fc.dictionary(fc.constantFrom(...names), fc.anything())
    return fc.assert(
      fc.property(odd, (changes) => {
        const inbound = read({ ...groupText, ...changes })
        if ('message' in inbound) expect(inbound.message.text.length).toBeLessThanOrEqual(4_000)
      }),
      { numRuns: 500 },
    )
  })
})

describe('the body', () => {
  it.each(['', ' ', 'null', '[]', '1', '"text"', '{', '{}}', '\ufeff{}', 'a=b', '<xml/>'])(
    'is not read when it is %j',
    (body) => {
      expect(readJson(Buffer.from(body))).toBeUndefined()
    },
  )

  it('is read when it is an object, whatever its bytes', () => {
    expect(readJson(Buffer.from('{"a":"\\ud800"}'))).toEqual({ a: '\ud800' })
    expect(readJson(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toEqual({ '\ufffd': 1 })
  })

  it('does not overflow the stack when it is nested deeply', () => {
    const deep = `{"a":${'['.repeat(300_000)}${']'.repeat(300_000)}}`
    const payload = readJson(Buffer.from(deep))
    expect(payload && read(payload)).not.toBeNull()
  })
})
