import type { Outputs } from "@strudel-agent/client/client"
import type { SessionStatus } from "@strudel-agent/contract/session"
import { textsOf } from "#shared/ui/metadata.ts"

export type ListedSession = Outputs["session"]["list"]["items"][number]

/** A change of sessions that is shown before the server has answered. */
export interface SessionEdit {
  ids: ReadonlySet<string>
  status?: SessionStatus
  /** By session; null lets go of a name. */
  names?: ReadonlyMap<string, string | null>
  add?: string[]
  remove?: string[]
  seen?: boolean
}

function edited(session: ListedSession, { status, names, add = [], remove = [], seen }: SessionEdit): ListedSession {
  const tags = textsOf(session.metadata.tags).filter((tag) => !remove.includes(tag))
  const name = names?.get(session.id)
  return {
    ...session,
    ...(status ? { status } : {}),
    ...(name !== undefined ? { name, displayName: name ?? session.displayName } : {}),
    ...(add.length + remove.length > 0
      ? { metadata: { ...session.metadata, tags: [...new Set([...tags, ...add])] } }
      : {}),
    ...(seen ? { seenCount: session.messageCount } : {}),
  }
}

/** Sessions as they will be; those that no edit is about stay the same objects. */
export const withEdits = (sessions: ListedSession[], edits: readonly SessionEdit[]): ListedSession[] =>
  edits.length === 0
    ? sessions
    : sessions.map((session) =>
        edits.reduce((one, edit) => (edit.ids.has(session.id) ? edited(one, edit) : one), session),
      )

/** What came of a call about many sessions. */
export interface BulkOutcome {
  sessions: Outputs["session"]["tagMany"]["sessions"]
  failed: Outputs["session"]["tagMany"]["failed"]
}
