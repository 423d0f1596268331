// How the page draws the markdown of the two platforms.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { usePages } from '../support/pages.ts'

const { open } = usePages()

describe('markdown', () => {
  const drawn = async (page: Page, text: string, look: 'wecom' | 'dingtalk', asAnswer = true) =>
    page.evaluate<string>(`(async () => {
      const { markdown } = await import('/playground/files/markdown.js')
      const { dialectOf } = await import('/playground/files/payload.js')
      const names = new Map([['zhangsan', '张三'], ['lisi', '李四']])
      const said = { payload: { msgtype: 'markdown', at: { atUserIds: ['zhangsan'] } }, ${asAnswer ? "to: 'lisi'" : ''} }
      const place = document.createElement('div')
      place.append(markdown(${JSON.stringify(text)}, dialectOf('${look}', said, { names, me: 'lisi' })))
      return place.innerHTML
    })()`)

  it.each([
    ['### 标题\n正文', '<p class="h3">标题</p><p>正文</p>'],
    ['一  \n二\n三\n\n四', '<p>一<br>二 三</p><p>四</p>'],
    ['**粗** *斜* \\*星\\*', '<p><strong>粗</strong> <em>斜</em> *星*</p>'],
    ['> 引用\n> 二行', '<blockquote><p>引用 二行</p></blockquote>'],
    ['- 一\n- 二', '<ul><li>一</li><li>二</li></ul>'],
    ['3. 三\n4. 四', '<ol start="3"><li>三</li><li>四</li></ol>'],
    ['[看](https://a.cn/x)', '<p><a href="https://a.cn/x" target="_blank" rel="noopener">看</a></p>'],
    ['[看](javascript:alert)', '<p><span>看 (javascript:alert)</span></p>'],
    ['<b onclick="x">&amp;</b>', '<p>&lt;b onclick="x"&gt;&amp;amp;&lt;/b&gt;</p>'],
  ])('is the same on both platforms: %j', async (text, html) => {
    const page = await open('desktop')
    for (const look of ['wecom', 'dingtalk'] as const) expect(await drawn(page, text, look)).toBe(html)
  })

  it.each([
    [
      '| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |',
      '<table><thead><tr><th>甲</th><th>乙</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>',
    ],
    ['```\n**a**\n```', '<pre>**a**</pre>'],
    ['`a`', '<code>a</code>'],
    ['- 一\n  - 二\n- 三', '<li>一<ul><li>二</li></ul></li><li>三</li>'],
    ['上\n\n---', '<p>上</p><hr>'],
    ['>> 深', '<blockquote><blockquote><p>深</p></blockquote></blockquote>'],
  ])('is richer on WeCom: %j', async (text, html) => {
    const page = await open('desktop')
    expect(await drawn(page, text, 'wecom')).toContain(html)
    expect(await drawn(page, text, 'dingtalk')).not.toContain(html)
  })

  it('calls on DingTalk whom the message lists, and on WeCom nobody in an answer', async () => {
    const page = await open('desktop')
    const text = '@zhangsan @lisi <@lisi>'
    const called = '<p><span class="at">@张三</span> @lisi &lt;@lisi&gt;</p>'
    expect(await drawn(page, text, 'dingtalk')).toBe(called)
    expect(await drawn(page, text, 'wecom')).toBe('<p>@zhangsan @lisi &lt;@lisi&gt;</p>')
  })

  it.each([
    ['一\n二', '<p>一<br>二</p>'],
    ['<@lisi><@zhangsan>', '<p><span class="at me">@李四</span><span class="at">@张三</span></p>'],
    ['<font color="info">绿**粗**</font>', '<p><span class="info">绿<strong>粗</strong></span></p>'],
    ['<font color="red">红</font>', '<p>&lt;font color="red"&gt;红&lt;/font&gt;</p>'],
    ['> 引用', '<blockquote><p>引用</p></blockquote>'],
    [
      '`a` [看](https://a.cn)',
      '<p><code>a</code> <a href="https://a.cn" target="_blank" rel="noopener">看</a></p>',
    ],
    ['- 一\n1. 二', '<p>- 一<br>1. 二</p>'],
    ['*斜*', '<p><span>*斜*</span></p>'],
    ['---', '<p>---</p>'],
    ['| 甲 |\n| --- |\n| 1 |', '<p>| 甲 |<br>| --- |<br>| 1 |</p>'],
  ])('is older and has colours in what a WeCom group robot pushes: %j', async (text, html) => {
    const page = await open('desktop')
    expect(await drawn(page, text, 'wecom', false)).toBe(html)
  })
})
