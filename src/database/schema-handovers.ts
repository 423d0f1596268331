// The table of handovers: which duty went, or will go, from whom to whom (`domain.md` C1 Assignment, N19).
import type { Generated } from 'kysely'
import type { Role } from '../campaign/permissions.ts'
import type { CalendarDate, Id, Made } from './column-types.ts'

export interface HandoverTables {
  handover: Made & {
    id: Id
    campaign_id: number
    /** The leaver's post. */
    assignment_id: number
    from_id: number
    to_id: number
    unit_id: number | null
    team: string | null
    role: Exclude<Role, 'guest'>
    /** The successor's first day. */
    starts: CalendarDate
    ordered_by: number | null
    state: 'planned' | 'done' | 'cancelled' | 'failed'
    /** Why it failed. */
    note: Generated<string>
    done_at: Date | null
  }
}
