import { SessionFacts } from "@strudel-agent/contract/session"
import type { SessionRow } from "@strudel-agent/database/queries/session"

/** What a name is made of. */
type Named = Pick<SessionRow, "metadata" | "itemType" | "itemId" | "projectId" | "agentName" | "createdAt">

/** A session's own name, null where it has none, and what it is called: its name, else its item, else its agent and day. */
export function namesOfSession(row: Named): { name: string | null; displayName: string } {
  const { name } = SessionFacts.parse(row.metadata)
  return { name, displayName: name || unnamed(row) }
}

function unnamed(row: Named): string {
  const item = [row.itemType, row.itemId].filter(Boolean).join(" ")
  if (item) return row.projectId ? `${item} · ${row.projectId}` : item
  return `${row.agentName} · ${row.createdAt.toISOString().slice(0, 10)}`
}
