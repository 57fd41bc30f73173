import type { Outputs } from "@strudel-agent/client/client"
import type { SessionStatus } from "@strudel-agent/contract/session"
import { createPatches } from "#shared/collection/patches.ts"
import { textsOf } from "#shared/ui/metadata.ts"

export type ListedSession = Outputs["session"]["list"]["items"][number]

export const sessionKey = ({ id }: ListedSession): string => id

/** The changes of sessions that are shown before the server has answered. */
export const sessionPatches = createPatches(sessionKey)

/** What an edit makes of a session. */
export interface SessionEdit {
  status?: SessionStatus
  /** By session; null lets go of a name. */
  names?: ReadonlyMap<string, string | null>
  add?: string[]
  remove?: string[]
  seen?: boolean
}

/** A session as an edit will make it. */
export function edited(session: ListedSession, edit: SessionEdit): ListedSession {
  const { status, names, add = [], remove = [], seen } = edit
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

/** What came of a call about many sessions. */
export interface BulkOutcome {
  sessions: Outputs["session"]["tagMany"]["sessions"]
  failed: Outputs["session"]["tagMany"]["failed"]
}
