// Whose place or work a question is about, where no unit is said or only where to look (`domain.md` C3.9).
import { ours, pickUnit, strangerInPrivate, unit } from './args.ts'
import type { Arg } from './command.ts'
import type { Unit } from './database/roster.ts'
import { UserError } from './errors.ts'
import { ownUnit, type Turn } from './turn.ts'

/** 我们在全区为什么排第五 is about us, 我们街道 about our street; without a word of us it is the group's unit. */
export function ranked(): Arg<Unit> {
  return (turn) => {
    const [spot] = turn.meaning.units.filter(({ candidates }) =>
      candidates.some(({ id }) => id !== turn.roster.root.id),
    )
    if (spot) return pickUnit(turn, spot)
    return unit('chat')(ours.test(turn.meaning.text) ? unsaid(turn) : turn)
  }
}

/** The unit that is said, else one's own; of people without one, the group's. */
export function own(): Arg<Unit> {
  return (turn) => {
    const [spot] = turn.meaning.units
    if (spot) return pickUnit(turn, spot)
    const meant = ownUnit(turn) ?? turn.chatUnit ?? (turn.person && turn.roster.root)
    if (!meant) throw new UserError(strangerInPrivate)
    return meant
  }
}

const unsaid = (turn: Turn): Turn => ({ ...turn, meaning: { ...turn.meaning, units: [] } })
