// The kinds of columns that tables are made of, as both databases give them.
import type { ColumnType, Generated } from 'kysely'

export type Id = Generated<number>
/** `numeric` comes back as a decimal string on both databases, so nothing passes through a float. */
export type Decimal = ColumnType<string, string | number, string | number>
export type DecimalOrNull = ColumnType<
  string | null,
  string | number | null | undefined,
  string | number | null
>
/** Calendar date in Asia/Shanghai, `YYYY-MM-DD`. */
export type CalendarDate = string
export type Made = { created_at: Generated<Date>; created_by: string }
