import type { SessionStatus } from "@strudel-agent/api/schema/session"
import type { Outputs } from "@strudel-agent/client/client"
import { textsOf } from "../ui/metadata.ts"

export type ListedSession = Outputs["session"]["list"]["items"][number]

/** A change of sessions that is shown before the server has answered. */
export interface SessionEdit {
  ids: ReadonlySet<string>
  status?: SessionStatus
  name?: string | null
  add?: string[]
  remove?: string[]
  seen?: boolean
}

function edited(session: ListedSession, { status, name, add = [], remove = [], seen }: SessionEdit): ListedSession {
  const tags = textsOf(session.metadata.tags).filter((tag) => !remove.includes(tag))
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

/** Calls for so many ids at a time as one call takes, one after the other. */
export async function inPortions<T>(ids: string[], most: number, call: (ids: string[]) => Promise<T>): Promise<T[]> {
  const answers: T[] = []
  for (let start = 0; start < ids.length; start += most) answers.push(await call(ids.slice(start, start + most)))
  return answers
}
