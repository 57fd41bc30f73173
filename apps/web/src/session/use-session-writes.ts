"use client"

import { limits } from "@strudel-agent/api/schema/limits"
import type { Reason } from "@strudel-agent/api/schema/reason"
import type { SessionStatus } from "@strudel-agent/api/schema/session"
import type { Inputs } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { useState } from "react"
import { api } from "../api/trpc.ts"
import { complain, say } from "../ui/toast.tsx"
import { deleteLater } from "../ui/undo.ts"
import { countOf } from "../words/count.ts"
import { words } from "../words/reasons.ts"
import { type BulkOutcome, inPortions, type ListedSession, type SessionEdit } from "./session-edits.ts"

const statusDone: Record<SessionStatus, string> = { active: "Activated", idle: "Made idle", terminated: "Terminated" }

/** Offline, a change fails in sight instead of waiting unseen for the connection. */
const atOnce = { networkMode: "always" } as const

/** Changes sessions of a list: at once in sight, taken back with words where the server refuses. */
export function useSessionWrites(input: Inputs["session"]["list"]) {
  const utils = api.useUtils()
  const [edits, setEdits] = useState<readonly SessionEdit[]>([])
  const rename = api.session.rename.useMutation(atOnce)
  const tagMany = api.session.tagMany.useMutation(atOnce)
  const setStatusMany = api.session.setStatusMany.useMutation(atOnce)
  const deleteMany = api.session.deleteMany.useMutation(atOnce)
  const markSeen = api.session.markSeen.useMutation(atOnce)

  /** Puts what the server answered where it is shown; undefined takes a row out. */
  function keep(change: (session: ListedSession) => ListedSession | undefined) {
    utils.session.list.setInfiniteData(
      input,
      (data) =>
        data && {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            items: page.items.flatMap((session) => change(session) ?? []),
          })),
        },
    )
    // What others show of them is read again when it is next looked at; the live feed sees to what is in sight.
    return utils.session.list.invalidate(undefined, { refetchType: "none" })
  }

  async function keepSessions(sessions: BulkOutcome["sessions"]) {
    const changed = new Map(sessions.map((session) => [session.id, session]))
    for (const session of sessions) utils.session.byId.setData({ id: session.id }, session)
    await keep((session) => ({ ...session, ...changed.get(session.id) }))
  }

  /** Shows an edit while it is sent; answers the reason where nothing of it was done. */
  async function attempt(edit: SessionEdit, send: () => Promise<BulkOutcome>): Promise<Reason | "UNREACHABLE" | null> {
    setEdits((before) => [...before, edit])
    try {
      const { sessions, failed } = await send()
      await keepSessions(sessions)
      const [first] = failed
      if (first) complain(`${countOf(failed.length, "session")} not changed. ${words[first.reason]}`)
      return null
    } catch (error) {
      return reasonOf(error) ?? "INTERNAL"
    } finally {
      setEdits((before) => before.filter((one) => one !== edit))
    }
  }

  const together = (answers: BulkOutcome[]): BulkOutcome => ({
    sessions: answers.flatMap(({ sessions }) => sessions),
    failed: answers.flatMap(({ failed }) => failed),
  })

  async function setStatus(sessions: ListedSession[], status: SessionStatus) {
    const changing = sessions.filter((session) => session.status !== status)
    const ids = changing.map(({ id }) => id)
    if (ids.length === 0) return
    const reason = await attempt({ ids: new Set(ids), status }, async () =>
      together(await inPortions(ids, limits.bulk, (some) => setStatusMany.mutateAsync({ ids: some, status }))),
    )
    if (reason) return complain(`Not changed. ${words[reason]}`)
    const undo = {
      name: "Undo",
      run: async () => {
        for (const before of new Set(changing.map((session) => session.status))) {
          const former = changing.filter((session) => session.status === before)
          await setStatus(
            former.map((session) => ({ ...session, status })),
            before,
          )
        }
      },
    }
    say(`${statusDone[status]} ${countOf(ids.length, "session")}.`, undo)
  }

  return {
    edits,
    setStatus: (sessions: ListedSession[], status: SessionStatus) => void setStatus(sessions, status),

    async tag(ids: string[], change: { add?: string[]; remove?: string[] }) {
      const reason = await attempt({ ids: new Set(ids), ...change }, async () =>
        together(await inPortions(ids, limits.bulk, (some) => tagMany.mutateAsync({ ids: some, ...change }))),
      )
      if (reason) complain(`Tags not changed. ${words[reason]}`)
    },

    /** Renames a session, or lets go of its name; answers the words of what went wrong. */
    async rename(id: string, name: string | null): Promise<string | null> {
      const reason = await attempt({ ids: new Set([id]), name }, async () => ({
        sessions: [await rename.mutateAsync({ id, name })],
        failed: [],
      }))
      return reason && words[reason]
    },

    async markSeen({ id, messageCount }: ListedSession) {
      const reason = await attempt({ ids: new Set([id]), seen: true }, async () => {
        const { seenCount } = await markSeen.mutateAsync({ id, count: messageCount })
        await keep((session) => (session.id === id ? { ...session, seenCount } : session))
        return { sessions: [], failed: [] }
      })
      if (reason) complain(`Not marked as seen. ${words[reason]}`)
    },

    delete(sessions: ListedSession[]) {
      const keys = sessions.map(({ id }) => id)
      const [only] = sessions
      const what = sessions.length === 1 && only ? `“${only.displayName}”` : countOf(keys.length, "session")
      deleteLater({
        text: `Deleted ${what}.`,
        keys,
        commit: async () => {
          await inPortions(keys, limits.bulk, (ids) => deleteMany.mutateAsync({ ids }))
          const gone = new Set(keys)
          await keep((session) => (gone.has(session.id) ? undefined : session))
        },
      })
    },
  }
}

export type SessionWrites = ReturnType<typeof useSessionWrites>
