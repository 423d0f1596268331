// Test vectors of the callback cryptography: official (A, B), wechatpy (C–E), EasyWeChat (F), empty receiver (G–K).

export interface Vector {
  credentials: { token: string; aesKey: string; receiver: string }
  timestamp: string
  nonce: string
  signature: string
  encrypt: string
  /** The whole message, or some elements of its XML. */
  plain?: string
  fields?: Record<string, string>
}

const official = {
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  receiver: 'wx5823bf96d3bd56c7',
}
const wechatpy = {
  token: '123456',
  aesKey: 'kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR',
  receiver: 'wx49f0ab532d5d035a',
}
const easywechat = {
  token: 'pamtest',
  // Its last character has spare bits that are not zero: still a good key.
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  receiver: 'wxb11529c136998cb6',
}
const robot = {
  token: 'AbotTestToken01',
  aesKey: 'ZGV0ZXJtaW5pc3RpY1Rlc3RLZXlfMzJCeXRlc18wMSE',
  receiver: '',
}

export const vectors: Record<'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G' | 'H' | 'I' | 'J' | 'K', Vector> = {
  A: {
    credentials: official,
    timestamp: '1409659589',
    nonce: '263014780',
    signature: '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
    encrypt: 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==',
    plain: '1616140317555161061',
  },
  B: {
    credentials: official,
    timestamp: '1409659813',
    nonce: '1372623149',
    signature: '477715d11cdb4164915debcba66cb864d751f3e6',
    encrypt:
      'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==',
    fields: {
      ToUserName: 'wx5823bf96d3bd56c7',
      FromUserName: 'mycreate',
      CreateTime: '1409659813',
      MsgType: 'text',
      Content: 'hello',
      MsgId: '4561255354251345929',
      AgentID: '218',
    },
  },
  C: {
    credentials: wechatpy,
    timestamp: '1411443780',
    nonce: '437374425',
    signature: 'dd6b9c95b495b3f7e2901bfbc76c664930ffdb96',
    encrypt: '4ByGGj+sVCYcvGeQYhaKIk1o0pQRNbRjxybjTGblXrBaXlTXeOo1+bXFXDQQb1o6co6Yh9Bv41n7hOchLF6p+Q==',
    plain: '5927782489442352469',
  },
  D: {
    credentials: wechatpy,
    timestamp: '1411525903',
    nonce: '461056294',
    signature: '74d92dfeb87ba7c714f89d98870ae5eb62dff26d',
    encrypt:
      'RgqEoJj5A4EMYlLvWO1F86ioRjZfaex/gePD0gOXTxpsq5Yj4GNglrBb8I2BAJVODGajiFnXBu7mCPatfjsu6IHCrsTyeDXzF6Bv283dGymzxh6ydJRvZsryDyZbLTE7rhnus50qGPMfp2wASFlzEgMW9z1ef/RD8XzaFYgm7iTdaXpXaG4+BiYyolBug/gYNx410cvkKR2/nPwBiT+P4hIiOAQqGp/TywZBtDh1yCF2KOd0gpiMZ5jSw3e29mTvmUHzkVQiMS6td7vXUaWOMZnYZlF3So2SjHnwh4jYFxdgpkHHqIrH/54SNdshoQgWYEvccTKe7FS709/5t6NMxuGhcUGAPOQipvWTT4dShyqio7mlsl5noTrb++x6En749zCpQVhDpbV6GDnTbcX2e8K9QaNWHp91eBdCRxthuL0=',
    fields: { FromUserName: 'messense', Content: 'test', MsgId: '4363689963896700987', AgentID: '1' },
  },
  E: {
    credentials: wechatpy,
    timestamp: '1411525903',
    nonce: '461056294',
    signature: '407518b7649e86ef23978113f92d27afa9296533',
    encrypt:
      '9s4gMv99m88kKTh/H8IdkOiMg6bisoy3ypwy9H4hvSPe9nsGaqyw5hhSjdYbcrKk+j3nba4HMOTzHrluLBYqxgNcBqGsL8GqxlhZgURnAtObvesEl5nZ+uBE8bviY0LWke8Zy9V/QYKxNV2FqllNXcfmstttyIkMKCCmVbCFM2JTF5wY0nFhHZSjPUL2Q1qvSUCUld+/WIXrx0oyKQmpB6o8NRrrNrsDf03oxI1p9FxUgMnwKKZeOA/uu+2IEvEBtb7muXsVbwbgX05UPPJvFurDXafG0RQyPR+mf1nDnAtQmmNOuiR5MIkdQ39xn1vWwi1O5oazPoQJz0nTYjxxEE8kv3kFxtAGVRe3ypD3WeK2XeFYFMNMpatF9XiKzHo3',
    plain:
      '<xml>\n<MsgType><![CDATA[text]]></MsgType>\n<Content><![CDATA[test]]></Content>\n<FromUserName><![CDATA[wx49f0ab532d5d035a]]></FromUserName>\n<ToUserName><![CDATA[messense]]></ToUserName>\n<AgentID>1</AgentID>\n<CreateTime>1411525903</CreateTime>\n</xml>',
  },
  F: {
    credentials: easywechat,
    timestamp: '1458300676',
    nonce: '260774613',
    signature: '4f3ad57b6989f09f4eb392acce4f9e93942ed890',
    encrypt:
      'rTNFcsut4LfGuAFKEUVVpwcaCOTJzOd9twZdIW910jb3k+iicx2uvhttIZ3Qg9Qgty3BEF2xbOrz6boTfb30dMomcgrkTqdFPwnhqbk+kIQ7rZiwny9D7NUrTgA5kpX3KsZvrXzUZyP2x9YOlxbgm572lmxKvM7HAQQhIQ/p6HBmoY30bGXFK0BtIu1pW9TjhOYrLQoU18nWYjWqDA1ynkmOytpv7QRI1P1+0NoxL0q2zO1DgeSvnE8CZGo/o5Ap/WHK5W2RAsinpzN4/LjPnmB6U01I5XCoJoC0GK/yMZycd2Oh8Nq6+wBkC1U85oy0ktOY4nLvsQMLrourmMGdZHuTbqpeJ8Ao/5PRYJ+WBvRUwPfGKBL2+2IKZF49vAJqkcGWSHGE76ZN2erXeuNazf/o9o3lIE3q739o4c8t9QGPe31GT2Go/rOz1BsrASwvauNulCh+++yz+CQzBIuikA==',
    fields: { FromUserName: 'asdasdasdsadasd', Content: 'hello', MsgId: '12345' },
  },
  G: {
    credentials: robot,
    timestamp: '1760000000',
    nonce: '1234567890',
    signature: 'bb0502cb4b84ea81ac1c2129f0b96ba1b17d1c27',
    encrypt: 'kwp4DkpV8xinisO38I8jE1TeXIjH1MyR7NRxAK398+G3lAeWl4myj/NDTnOUbMbvBpvhjeVjivxeS/NER9koNA==',
    plain: '1734567890123456789',
  },
  H: {
    credentials: robot,
    timestamp: '1760000001',
    nonce: '987654321',
    signature: '34f15d93430b8107be5758ba73c1a92ad883fa8a',
    encrypt:
      'kwp4DkpV8xinisO38I8jE/0WNaElz5JOrBHPx/vGr/Wuz9lmtkNK3/f7cAkIdwI2lBj4mqZKaaJ3A+rB3iBsOBz4GNFP8hNoTmkRP+gkWOi7zlOFIB9uRh7zmgNOnIDwXtrv2y9pTwISvThCAd7CeB5s2lsRh4f+Zy5fZt7gy/jvAlCYJZIM35iQ0z4/usNwA9uf9LlFoLBzwrm66QzNJPfiivZlkuw/sVQrihvEz/2CtCsavGlFaM+aTK0DB0L6W8qhdIgCIKuDRUhPctaOn2xXY5ipPeymjxojG8UlNtWzLB5J0Mmk52ytjPG53f788oC8qDr4E97AN25roHoSGU8vl1+ymKCJZvpKa+xhCcUiNlQOgtc2I18FDRZ2xbeY',
    plain:
      '{"msgid":"MSG-0001","aibotid":"AIB0001","chatid":"CHAT01","chattype":"group","from":{"userid":"zhangsan"},"response_url":"https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=RC1","msgtype":"text","text":{"content":"@小助手 查天气"}}',
  },
  I: {
    credentials: robot,
    timestamp: '1760000002',
    nonce: '555',
    signature: '7d3c883b02fdaf38cdea34349b3a5c65774032c9',
    encrypt: 'kwp4DkpV8xinisO38I8jE7c5H0sx0kcfIjF3OrfrvadwviM88EpfYN5bvzK3+jGU6isIBW01M6+fK/jo5KLwKQ==',
    plain: 'xxxxxxxxxxxx',
  },
  J: {
    credentials: robot,
    timestamp: '1760000003',
    nonce: '777',
    signature: '9f08fb39dcf041aa35c5e014362b6ef2b82672bd',
    encrypt: 'kwp4DkpV8xinisO38I8jE0LS9pIIhMJzBoFq9Jh7z6Q=',
    plain: '',
  },
  K: {
    credentials: robot,
    timestamp: '1760000001',
    nonce: '987654321',
    signature: '4da7f59b42c7e799e293604a59a28462c9f3ccb4',
    encrypt:
      'kwp4DkpV8xinisO38I8jE9w7GRg25c9QRBoe0PamnX0zIDmPaeLlh4mXw1Q3WgGzXpw3QlzqPzh7Iqr5in4251LGTrgd35ZXKPoCRFC+jYOcylQ9n/3scPxoM/klwYURGJ0x1Gu6EhAEHJiAyUriBaLjjgLc2fv1hvdAYlmMko8=',
    plain: '{"msgtype":"stream","stream":{"id":"S1","finish":false,"content":"正在处理…"}}',
  },
}

/** The 16 bytes with which E and G–K were sealed. */
export const randoms = { E: Buffer.from('1234567890123456'), robot: Buffer.from('0123456789abcdef') }
