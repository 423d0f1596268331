// Whose test scores may be told, and where: of somebody's own score it is the role, in private, always (`domain.md` N25).
import type { Line } from './chart.ts'
import type { Indicator, Unit } from './database/roster.ts'
import type { Chat } from './message.ts'
import { seesAll, seesPlace } from './ranking-sight.ts'
import type { Place } from './turn.ts'

/**
 * Whether people's own scores may be told: of one community or village, in private, to its own people and to who looks
 * after it; of all below a unit at once, in private, to who looks after the unit.
 */
export const seesScores = (place: Place, unit: Unit): boolean =>
  !isGroup(place) &&
  (place.roster.children(unit.id).length > 0
    ? seesAll(place, unit, { personal: true })
    : seesPlace(place, unit, { personal: true }))

/** Whether it is somebody's own score that may not be told here; means of several people are nobody's own. */
export const isPrivate = (place: Place, { unit, indicator, cell }: Line): boolean =>
  cell !== undefined && indicator.kind === 'score' && !seesScores(place, unit)

/** Why a score is not told, and what to ask instead. */
export const scoreRefusal = (place: Place, { name }: Pick<Indicator, 'name'>): string =>
  isGroup(place)
    ? `“${name}”的成绩不在群里说，请私聊我问。`
    : `“${name}”是个人成绩，只给本人和上级看。本单位的可以问“${name}进度”。`

/** What stands in a table where the score would. */
export const scoreGap = (place: Place): string => (isGroup(place) ? '私聊看' : '不公开')

/** How far one line is, where it may be told. */
export const shownTo = (place: Place, line: Line): string =>
  isPrivate(place, line) ? scoreGap(place) : line.shown

/** What is said of an indicator that is left out of a picture or a page. */
export const leftOut = (where: Chat['kind']): string =>
  where === 'group' ? '个人成绩不在群里公布' : '个人成绩只给本人和上级看'

const isGroup = ({ message }: Place): boolean => message.chat.kind === 'group'
