// The frame of the clerk's page: who is there, the sections, what came of the last click.
import { titles } from '../../campaign/permissions.ts'
import { mayEver } from '../../turn.ts'
import { day } from '../../wording.ts'
import { type Html, html } from '../html.ts'
import { mayTeach } from './missed.ts'
import type { Said } from './said.ts'
import type { Sitting } from './session.ts'

/** A section of the page, by its address below /desk/. */
export interface Section {
  at: '' | 'bulletins' | 'deliveries' | 'chats' | 'missed'
  title: string
  body: Html
}

/** @param waiting how many bulletins wait for this person */
export function deskPage(
  sitting: Sitting,
  section: Section,
  said: Said | undefined,
  waiting: number,
): string {
  const { turn } = sitting
  const { roster, person, today } = turn
  const [duty] = person.duties
  const where = duty?.unit == null ? '' : (roster.units.get(duty.unit)?.name ?? '')
  const title = said?.lines[0] ?? section.title
  return html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · 工作台</title><link rel="stylesheet" href="/desk/files/desk.css"><link rel="stylesheet" href="/desk/files/desk-parts.css">
<script type="module" src="/desk/files/main.js"></script></head>
<body><a class="skip" href="#main">跳到正文</a>
<header><div><p class="name">工作台</p><p>${roster.campaign.name} · ${day(today)}</p></div>
<p>${person.name}（${where}${duty && titles[duty.role]}）</p>${deed(sitting, '/desk/leave', '退出', { tone: 'plain' })}</header>
<nav aria-label="栏目">${sectionsOf(sitting).map(
    ({ at, name }) =>
      html`<a href="/desk/${at}"${at === section.at && html` aria-current="page"`}>${name}${at === 'bulletins' && waiting > 0 && html` <b>${waiting}<span class="unseen">份等着签发</span></b>`}</a>`,
  )}</nav>
<main id="main">${said && said.lines.length > 0 && saidHtml(said)}<h1>${section.title}</h1>
${section.body}</main></body></html>
`.html
}

function sectionsOf({ turn }: Sitting): { at: Section['at']; name: string }[] {
  return [
    ...(mayEver(turn, 'report') ? [{ at: '' as const, name: '导入' }] : []),
    ...(mayEver(turn, 'publish_bulletin') ? [{ at: 'bulletins' as const, name: '通报' }] : []),
    ...(mayEver(turn, 'delivery') ? [{ at: 'deliveries' as const, name: '送达' }] : []),
    ...(mayEver(turn, 'bind_chat') ? [{ at: 'chats' as const, name: '群' }] : []),
    ...(mayTeach(turn) ? [{ at: 'missed' as const, name: '没听懂' }] : []),
  ]
}

function saidHtml({ lines, isWrong, problems, count = 0, marked }: Said): Html {
  const [first, ...rest] = lines
  return html`<section class="said ${isWrong ? 'wrong' : 'done'}" role="${isWrong ? 'alert' : 'status'}" tabindex="-1"><p><strong>${first}</strong></p>
${rest.map((one) => html`<p>${one}</p>`)}
${marked !== undefined && html`<p><a class="button" href="/desk/marked" download>下载标好问题的文件</a> <span>《${marked}》，改好再上传。</span></p>`}${problems && problemTable(problems, count)}</section>`
}

function problemTable(problems: NonNullable<Said['problems']>, count: number): Html {
  const rows = problems.map(
    ({ sheet, row, column, message }) =>
      html`<tr><td data-label="工作表">${sheet}</td><td data-label="行" class="number">${row > 0 && row}</td><td data-label="列">${column}</td><td data-label="问题">${message}</td></tr>`,
  )
  return html`<div class="scroll" tabindex="0" role="region" aria-label="问题"><table class="cards"><caption>有问题的地方</caption><thead><tr><th scope="col">工作表</th><th scope="col">行</th><th scope="col">列</th><th scope="col">问题</th></tr></thead><tbody>${rows}</tbody></table></div>
${count > problems.length && html`<p>只列了前 ${problems.length} 处，共 ${count} 处；文件里都标了。</p>`}`
}

/** A form of one button. @param fields what goes with it */
export function deed(
  sitting: Sitting,
  action: string,
  label: string,
  { tone = '', fields = {}, of = '' }: { tone?: string; fields?: Record<string, string>; of?: string } = {},
): Html {
  const hidden = Object.entries({ form: sitting.form(), ...fields })
  return html`<form method="post" action="${action}">${hidden.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}<button class="${tone}">${label}${of && html`<span class="unseen">${of}</span>`}</button></form>`
}

/** @param head names of the columns; '' = of what can be done */
export function table(caption: string, head: string[], rows: Html[]): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table class="cards"><caption>${caption}</caption>
<thead><tr>${head.map((one) => (one ? html`<th scope="col">${one}</th>` : html`<td></td>`))}</tr></thead><tbody>${rows}</tbody></table></div>`
}
