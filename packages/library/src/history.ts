import type { BoundedRows } from "@strudel-agent/database/queries/sql/bounded-rows"
import type { WithOrigin } from "@strudel-agent/database/queries/version-origin"
import { namesOfSession } from "./session-name.ts"
import { createComparison } from "./version-change.ts"

/** Milliseconds that the versions of one page are compared for. */
const compareTime = 150

/**
 * Makes a history of versions that were read one row too long, the newest first: what each changed of the one before it,
 * and what the session is called that it came from. `compare` is told how many milliseconds it may take.
 */
export async function historyOf<Row extends WithOrigin<{ version: number }>, Change>(
  { rows, found }: BoundedRows<Row>,
  limit: number,
  compare: (former: Row, row: Row, timeout: number) => Change,
) {
  // The row beyond the page is what its last version changed; a page that was cut gives its last row for that.
  const isWhole = found === rows.length && rows.length <= limit
  const shown = isWhole ? rows : rows.slice(0, -1)
  const inTime = createComparison(compareTime)
  const entries = []
  for (const [place, row] of shown.entries()) {
    const former = rows[place + 1]
    const change = former ? await inTime((timeout) => compare(former, row, timeout)) : null
    const sessionName = row.session ? namesOfSession(row.session).displayName : null
    entries.push({ ...row, change, sessionName })
  }
  return { rows: entries, found }
}
