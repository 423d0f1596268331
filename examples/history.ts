// How each cell of the example came to where it stands: cumulative reports from March to 2026-11-20.
import { addDays, daysBetween } from '../src/clock.ts'
import { random } from './random.ts'
import type { Task } from './tasks.ts'

export interface ExampleReport {
  task: Task
  date: string
  value: number
  of?: number
}

const firstDay = '2026-03-05'
const lastDay = '2026-11-20'

export function history(tasks: Task[]): ExampleReport[] {
  return tasks.flatMap((task, index) => {
    if (task.standing === null) return []
    return task.indicator.kind === '得分' ? scores(task, index) : growth(task, index)
  })
}

/** Half-monthly tests since June: around the unit's level, the last one is where it stands. */
function scores(task: Task, index: number): ExampleReport[] {
  const chance = random(50_000 + index)
  const level = task.standing?.value ?? 0
  const months = ['06', '07', '08', '09', '10', '11']
  const days = months.flatMap((month) => [`2026-${month}-02`, `2026-${month}-16`])
  return days.map((date, sitting) => {
    const last = sitting === days.length - 1
    return { task, date, value: last ? level : Math.min(98, Math.max(60, level + chance.whole(-8, 5))) }
  })
}

function growth(task: Task, index: number): ExampleReport[] {
  const chance = random(90_000 + index)
  const { value: end, of } = task.standing ?? { value: 0 }
  const few = task.indicator.kind === '是否' || task.indicator.kind === '节点'
  const dates = reportDates(few ? chance.whole(2, 4) : chance.whole(7, 10), index)
  const bend = 0.7 + chance.next() * 0.5
  return dates.map((date, n) => {
    const progress = ((n + 1) / dates.length) ** bend
    const grown = task.baseline + (end - task.baseline) * progress
    const reached = task.indicator.kind === '金额' ? Math.round(grown * 10) / 10 : Math.floor(grown + 1e-9)
    // The first step is reached with the first report.
    const value = task.indicator.kind === '节点' ? Math.max(reached, 1) : reached
    return { task, date, value: n === dates.length - 1 ? end : value, ...(of !== undefined && { of }) }
  })
}

/** Roughly even, never the same day twice; most cells were heard of in the last ten days. */
function reportDates(count: number, index: number): string[] {
  const chance = random(170_000 + index)
  const from = addDays(firstDay, chance.whole(0, 25))
  const to = addDays(lastDay, -(chance.chance(0.88) ? chance.whole(0, 9) : chance.whole(14, 30)))
  const step = daysBetween(from, to) / Math.max(count - 1, 1)
  const wobble = Math.floor(step / 3)
  return Array.from({ length: count }, (_, n) => {
    const day = addDays(from, Math.round(n * step))
    return n === 0 || n === count - 1 ? day : addDays(day, chance.whole(-wobble, wobble))
  })
}
