// Callback bodies as DingTalk sends them, with invented values (`protocols/dingtalk.md` §4.1).

/** The moment the payloads were made, in milliseconds. */
export const madeAt = 1767225600000

export const groupText = {
  senderPlatform: 'Mac',
  conversationId: 'cidTESTgroup0001==',
  atUsers: [{ dingtalkId: '$:LWCP_v1:$botTEST' }],
  chatbotCorpId: 'dingcorp0001',
  chatbotUserId: '$:LWCP_v1:$botTEST',
  msgId: 'msgTEST0001==',
  senderNick: '测试甲',
  isAdmin: false,
  senderStaffId: 'staff001',
  sessionWebhookExpiredTime: 1767231000180,
  createAt: madeAt,
  senderCorpId: 'dingcorp0001',
  conversationType: '2',
  senderId: '$:LWCP_v1:$userTEST',
  conversationTitle: '测试群',
  isInAtList: true,
  sessionWebhook: 'https://oapi.dingtalk.com/robot/sendBySession?session=canary-session-0001',
  text: { content: ' 帮助' },
  robotCode: 'dingtestclientid01',
  msgtype: 'text',
}

/** Without what only groups have, and without the text. */
const common = {
  ...groupText,
  atUsers: undefined,
  conversationTitle: undefined,
  isInAtList: undefined,
  text: undefined,
}

export const singleText = { ...common, conversationType: '1', text: { content: '帮助' } }

/** One-to-one messages of the other types: put together like `singleText`, with another body. */
export const picture = {
  ...common,
  conversationType: '1',
  msgtype: 'picture',
  content: { downloadCode: 'dlTEST', pictureDownloadCode: 'pdlTEST' },
}
export const audio = {
  ...picture,
  msgtype: 'audio',
  content: { duration: 4000, downloadCode: 'dlTEST', recognition: '今天 下午 开会' },
}
export const video = {
  ...picture,
  msgtype: 'video',
  content: { duration: 4000, downloadCode: 'dlTEST', videoType: 'mp4' },
}
export const file = {
  ...picture,
  msgtype: 'file',
  content: { fileName: '报告.pdf', downloadCode: 'dlTEST', spaceId: '1', fileId: '2' },
}
export const richText = {
  ...common,
  msgtype: 'richText',
  content: {
    richText: [
      { text: '@小图 ' },
      { text: '看这张图' },
      { type: 'picture', downloadCode: 'dlTEST', pictureDownloadCode: 'pdlTEST' },
    ],
  },
}
export const unknownType = { ...picture, msgtype: 'unknownMsgType', content: { unknownMsgType: '…' } }
export const quotaUsedUp = { ...common, errorCode: 20001, errorMessage: '额度已用完' }
export const encrypted = { encrypt: 'AAAA' }

export const everyFixture = {
  groupText,
  singleText,
  picture,
  audio,
  video,
  file,
  richText,
  unknownType,
  quotaUsedUp,
  encrypted,
}
