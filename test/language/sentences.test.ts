import { describe, expect, it } from 'vitest'
import { asked, neverReports, reported } from './sentences.ts'
import { commandOf, itemsOf, meaningOf, names } from './small.ts'

const namesOf = (spots: ReturnType<typeof meaningOf>['units']) =>
  spots[0]?.candidates.map(({ name }) => name).join('/')

describe('what people ask', () => {
  it.each(asked)('%s', (text, command, unit, indicator) => {
    const meaning = meaningOf(text)
    expect(commandOf(meaning)).toBe(command)
    expect(namesOf(meaning.units)).toBe(unit)
    expect(namesOf(meaning.indicators)).toBe(indicator)
  })
})

describe('what people report', () => {
  it.each(reported)('%s', (text, ...items) => {
    const meaning = meaningOf(text)
    expect(commandOf(meaning)).toBe('报数')
    expect(itemsOf(text)).toEqual(items)
    expect(meaning.rest.length).toBeLessThan(2)
    expect(meaning.nothingNew).toBe(items.length === 0)
  })

  it('speaks of the day that is said', () => {
    expect(meaningOf('汝河小区昨天新签了一个红色物业').day).toBe('2026-11-21')
    expect(meaningOf('今天没有新进展').day).toBe('2026-11-22')
  })
})

describe('what is no report', () => {
  it.each(neverReports)('%s', (text) => {
    expect(commandOf(meaningOf(text))).not.toBe('报数')
  })
})

it('the names of the tests are those of a small campaign, each once', () => {
  const full = names.filter(({ kind }) => kind !== 'step').map(({ name }) => name)
  expect(new Set(full).size).toBe(full.length)
})
