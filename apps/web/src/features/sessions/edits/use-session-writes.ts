"use client"

import type { Inputs } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import type { SessionStatus } from "@strudel-agent/contract/session"
import { api } from "#shared/api/trpc.ts"
import { inBatches } from "#shared/collection/batches.ts"
import { showToast, toastError } from "#shared/ui/toast.tsx"
import { deleteLater } from "#shared/ui/undo.ts"
import { countOf } from "#shared/words/count.ts"
import { wordsOf } from "#shared/words/reasons.ts"
import { sessionTags } from "../facts/session-facts.ts"
import { type BulkOutcome, edited, type ListedSession, type SessionEdit, sessionPatches } from "./session-edits.ts"

/** What each change of status is called, as done to sessions. */
const statusDone: Record<SessionStatus, string> = { active: "Activated", idle: "Made idle", terminated: "Terminated" }

/** Offline, a change fails in sight instead of waiting unseen for the connection. */
const atOnce = { networkMode: "always" } as const

/** A name that a session gets; null lets go of it. */
export interface Renamed {
  session: ListedSession
  name: string | null
}

/** What came of an edit: the sessions that were changed, and in words why no more were. */
interface Attempt {
  changed: ReadonlySet<string>
  problem: string | undefined
}

const inWords = (error: unknown): string => wordsOf(reasonOf(error) ?? "INTERNAL")

const idsOf = (sessions: ListedSession[]) => sessions.map(({ id }) => id)

const sessionsInWords = (sessions: ListedSession[]): string =>
  sessions.length === 1 ? `“${sessions[0]?.displayName}”` : countOf(sessions.length, "session")

interface Deed {
  /** What was done, given to which sessions. */
  done: (what: string) => string
  undo: () => Promise<void>
}

/** Says what was done, of all sessions or of some, with the way back; or why nothing was. */
function tell(asked: ListedSession[], { changed, problem }: Attempt, { done, undo }: Deed): void {
  const back = { name: "Undo", run: () => void undo() }
  if (problem !== undefined && changed.size === 0) toastError(`Not changed. ${problem}`)
  else if (problem !== undefined)
    toastError(`${done(`${changed.size} of ${countOf(asked.length, "session")}`)}. ${problem}`, back)
  else if (changed.size > 0) showToast(`${done(sessionsInWords(asked.filter(({ id }) => changed.has(id))))}.`, back)
}

/** Changes sessions of a list: at once in sight, taken back with words where the server refuses. */
export function useSessionWrites(input: Inputs["session"]["list"]) {
  const utils = api.useUtils()
  const renameMany = api.session.renameMany.useMutation(atOnce)
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

  /** Shows an edit while it is sent; what was done of it stays. */
  async function attempt(
    asked: ListedSession[],
    edit: SessionEdit,
    send: (ids: string[]) => Promise<BulkOutcome>,
  ): Promise<Attempt> {
    const { answers, rest, error } = await sessionPatches.change(asked, {
      patch: (session) => edited(session, edit),
      call: (batch) => send(idsOf(batch)),
      settle: ({ answers }) => keepSessions(answers.flatMap(({ sessions }) => sessions)),
    })
    const failed = answers.flatMap((answer) => answer.failed)
    const [first] = failed
    if (first) toastError(`${countOf(failed.length, "session")} not changed. ${wordsOf(first.reason)}`)
    // A call without an answer may have been carried out.
    if (rest.length > 0) void utils.session.list.invalidate()
    const problem = rest.length > 0 ? inWords(error) : undefined
    return { changed: new Set(answers.flatMap(({ sessions }) => sessions.map(({ id }) => id))), problem }
  }

  async function setStatus(sessions: ListedSession[], status: SessionStatus) {
    const changing = sessions.filter((session) => session.status !== status)
    if (changing.length === 0) return
    const outcome = await attempt(changing, { status }, (ids) => setStatusMany.mutateAsync({ ids, status }))
    const changed = changing.filter(({ id }) => outcome.changed.has(id))
    const undo = async () => {
      for (const before of new Set(changed.map((session) => session.status))) {
        const former = changed.filter((session) => session.status === before)
        await setStatus(
          former.map((session) => ({ ...session, status })),
          before,
        )
      }
    }
    tell(changing, outcome, { done: (what) => `${statusDone[status]} ${what}`, undo })
  }

  const sendTags = (sessions: ListedSession[], change: { add?: string[]; remove?: string[] }) =>
    attempt(sessions, change, (ids) => tagMany.mutateAsync({ ids, ...change }))

  async function tag(sessions: ListedSession[], change: { add?: string[]; remove?: string[] }) {
    const { add = [], remove = [] } = change
    const outcome = await sendTags(sessions, change)
    const changed = sessions.filter(({ id }) => outcome.changed.has(id))
    const bearing = (tag: string, yes: boolean) =>
      changed.filter(({ metadata }) => sessionTags(metadata).includes(tag) === yes)
    const undo = async () => {
      const back = [
        ...add.map((tag) => ({ some: bearing(tag, false), change: { remove: [tag] } })),
        ...remove.map((tag) => ({ some: bearing(tag, true), change: { add: [tag] } })),
      ]
      for (const { some, change } of back) {
        const { problem } = some.length > 0 ? await sendTags(some, change) : {}
        if (problem) return toastError(`Tags not changed back. ${problem}`)
      }
    }
    const done = (what: string) =>
      [...add.map((tag) => `Tagged ${what} with ${tag}`), ...remove.map((tag) => `Took ${tag} off ${what}`)].join(", ")
    tell(sessions, outcome, { done, undo })
  }

  function sendNames(renamed: Renamed[]) {
    const names = new Map(renamed.map(({ session, name }) => [session.id, name]))
    const asked = renamed.map(({ session }) => session)
    return attempt(asked, { names }, (ids) =>
      renameMany.mutateAsync({ names: ids.map((id) => ({ id, name: names.get(id) ?? null })) }),
    )
  }

  /** Gives sessions names; answers the words of what went wrong where none was given. */
  async function rename(renamed: Renamed[]): Promise<string | undefined> {
    const outcome = await sendNames(renamed)
    if (outcome.problem && outcome.changed.size === 0) return outcome.problem
    const changed = renamed.filter(({ session }) => outcome.changed.has(session.id))
    const undo = async () => {
      const { problem } = await sendNames(changed.map(({ session }) => ({ session, name: session.name })))
      if (problem) toastError(`Not renamed back. ${problem}`)
    }
    const [only, more] = renamed
    const done = (what: string) => {
      if (more) return `Renamed ${what}`
      return only?.name ? `Renamed ${what} to “${only.name}”` : `Took the name off ${what}`
    }
    const asked = renamed.map(({ session }) => session)
    tell(asked, outcome, { done, undo })
    return undefined
  }

  return {
    setStatus: (sessions: ListedSession[], status: SessionStatus) => void setStatus(sessions, status),
    tag: (sessions: ListedSession[], change: { add?: string[]; remove?: string[] }) => void tag(sessions, change),
    rename,

    async markSeen(asked: ListedSession) {
      const { id, messageCount } = asked
      const { problem } = await attempt([asked], { seen: true }, async () => {
        const { seenCount } = await markSeen.mutateAsync({ id, count: messageCount })
        await keep((session) => (session.id === id ? { ...session, seenCount } : session))
        return { sessions: [], failed: [] }
      })
      if (problem) toastError(`Not marked as seen. ${problem}`)
    },

    delete(sessions: ListedSession[]) {
      const keys = idsOf(sessions)
      deleteLater({
        text: `Deleted ${sessionsInWords(sessions)}.`,
        keys,
        commit: async () => {
          const { done, rest, error } = await inBatches(keys, (ids) => deleteMany.mutateAsync({ ids }))
          const gone = new Set(done)
          await keep((session) => (gone.has(session.id) ? undefined : session))
          if (rest.length === 0) return
          void utils.session.list.invalidate()
          if (done.length === 0) throw error
          toastError(`Deleted ${done.length} of ${countOf(keys.length, "session")}. ${inWords(error)}`)
        },
      })
    },
  }
}

export type SessionWrites = ReturnType<typeof useSessionWrites>
