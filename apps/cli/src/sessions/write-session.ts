import { randomUUID } from "node:crypto"
import type { Inputs } from "@strudel-agent/client/client"
import type { Reason } from "@strudel-agent/contract/reason"
import { count } from "@strudel-agent/importer/count"
import { printableLine } from "@strudel-agent/importer/printable"
import { UsageError } from "../failure.ts"
import type { Run } from "../run.ts"
import { agree } from "../things/agree.ts"
import { refusalOf } from "../things/delete-each.ts"
import { readText } from "../things/read-text.ts"
import { reportFailed } from "../things/report-failed.ts"

export interface AppendOptions {
  role: Inputs["message"]["append"]["messages"][number]["role"]
  clientId?: string
  file?: string
}

/** Appends a message; with the client id of a former try it is stored once. */
export async function appendMessage(run: Run, id: string, { words, ...options }: AppendOptions & { words: string[] }) {
  const { role, clientId = randomUUID(), file } = options
  const content = words.length > 0 ? words.join(" ") : (await readText(run, file)).replace(/\r?\n$/, "")
  const client = await run.connect()
  const answer = await client.message.append.mutate({ sessionId: id, messages: [{ role, content, clientId }] })
  run.print({ json: () => ({ ...answer, clientId }), text: () => `${answer.lastIndex}\n` })
}

export async function renameSession(run: Run, id: string, name: string | null): Promise<void> {
  const client = await run.connect()
  const session = await client.session.rename.mutate({ id, name })
  run.print({ json: () => ({ session }), text: () => `${printableLine(session.displayName)}\n` })
}

export async function tagSession(run: Run, id: string, tags: { add: string[]; remove: string[] }): Promise<void> {
  const client = await run.connect()
  const { sessions, failed } = await client.session.tagMany.mutate({ ids: [id], ...tags })
  if (failed.length > 0) return reportFailed(run, failed, (one) => one.id)
  run.print({ json: () => ({ session: sessions[0] }), text: () => `${id}\n` })
}

export interface ManyOptions {
  dryRun?: boolean
  yes?: boolean
}

/** The ids, each once however it is written. */
const unique = (ids: string[]): string[] => [...new Set(ids.map((id) => id.toLowerCase()))]

const lines = (ids: string[]): string => ids.map((id) => `${id}\n`).join("")

/** Ends sessions, which take no more messages then. */
export async function endSessions(run: Run, named: string[], { dryRun = false }: ManyOptions): Promise<void> {
  const ids = unique(named)
  const client = await run.connect()
  if (dryRun) {
    for (const id of ids) await client.session.byId.query({ id })
    run.note(`This would end ${count(ids.length, "session")}:`)
    return run.print({ json: () => ({ ended: ids, dryRun }), text: () => lines(ids) })
  }
  const { sessions, failed } = await client.session.setStatusMany.mutate({ ids, status: "terminated" })
  if (failed.length > 0) return reportFailed(run, failed, (one) => one.id)
  run.print({
    json: () => ({ ended: sessions.map(({ id }) => id), dryRun }),
    text: () => lines(sessions.map(({ id }) => id)),
  })
}

/**
 * Deletes sessions as they were told to whoever agreed: one with other messages by then is left as it is. Each that is gone
 * is told at once, also where a later one fails.
 */
export async function deleteSessions(run: Run, named: string[], { dryRun = false, yes }: ManyOptions): Promise<void> {
  const ids = unique(named)
  const client = await run.connect({ writes: "once" })
  const sessions = await Promise.all(ids.map((id) => client.session.byId.query({ id })))
  const messages = count(
    sessions.reduce((sum, { messageCount }) => sum + messageCount, 0),
    "message",
  )
  if (dryRun) {
    run.note(`This would delete ${count(ids.length, "session")} with ${messages}:`)
    return run.print({ json: () => ({ deleted: ids, dryRun }), text: () => lines(ids) })
  }
  const names = sessions.map(({ displayName }) => `"${printableLine(displayName)}"`).join(", ")
  await agree(run, { what: `Delete ${names} with ${messages}, which cannot be undone`, yes })
  const gone: string[] = []
  const failed: { id: string; reason: Reason }[] = []
  for (const { id, messageCount } of sessions) {
    try {
      await client.session.delete.mutate({ id, expectedMessageCount: messageCount })
      gone.push(id)
      run.warn(`Deleted ${id}.`)
    } catch (error) {
      const reason = refusalOf(error)
      if (reason === undefined) throw error
      failed.push({ id, reason })
    }
  }
  if (failed.length > 0) return reportFailed(run, failed, (one) => one.id)
  run.print({ json: () => ({ deleted: gone, dryRun }), text: () => lines(gone) })
}

export interface ForkOptions {
  at?: number
  name?: string
}

/** Makes a session of another one's messages, up to one of them: all unless told. */
export async function forkSession(run: Run, id: string, { at, name }: ForkOptions): Promise<void> {
  const client = await run.connect({ writes: "once" })
  const { messageCount } = await client.session.byId.query({ id })
  if (messageCount === 0) throw new UsageError("The session has no messages to fork.")
  const fork = {
    id,
    messageIndex: at ?? messageCount - 1,
    newId: randomUUID(),
    ...(name === undefined ? {} : { name }),
  }
  const session = await client.session.fork.mutate(fork)
  run.print({ json: () => ({ session }), text: () => `${session.id}\n` })
}
