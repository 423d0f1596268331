import { expect, it } from 'vitest'
import { unnumbered } from '../../src/language/unnumbered.ts'

it.each([
  ['我的手机13800001234，记一下', '我的手机□，记一下'],
  ['138 0000 1234', '□'],
  ['138-0000-1234转', '□转'],
  ['+86 138.0000.1234', '□'],
  ['电话0371-67891234', '电话□'],
  ['打67891234', '打□'],
  ['一三八零零零零一二三四打给他', '□打给他'],
  ['幺三八，零零零零，一二三四', '□'],
  ['13八0零零0一二34', '□'],
  ['身份证41010219800101123X', '身份证□'],
  ['发到 zhang@example.com', '发到 □'],
  ['https://oapi.dingtalk.com/robot/send?access_token=abc', '□'],
  ['密钥SEC0123456789abcdefABCDEF', '密钥□'],
])('what could tell whose it is goes out of %s', (text, left) => {
  expect(unnumbered(text)).toBe(left)
})

it.each([
  '红色物业3个，监督员12人',
  '收入18.5万',
  '2026-11-30前交',
  '2026-11-30 9:00开会',
  '155000元',
  '编号123456',
])('%s stays as it is', (text) => {
  expect(unnumbered(text)).toBe(text)
})
