import { createClient } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { waitForServer } from "@strudel-agent/client/wait-for-server"
import { type FoundInput, findInputFiles } from "@strudel-agent/importer/find-input-files"
import type { FolderProject } from "@strudel-agent/importer/find-projects"
import { importInputFiles } from "@strudel-agent/importer/import-input-files"
import { wordsOf } from "#shared/words/reasons.ts"
import type { Asked, FoundSummary, ImportMessage } from "./import-messages.ts"

/** Milliseconds that a call waits for a server that is away. */
const timeout = 20_000

const stop = new AbortController()
let found: FoundInput | undefined

const post = (message: ImportMessage) => self.postMessage(message)

function inWords(error: unknown): string {
  const reason = reasonOf(error)
  if (reason !== undefined) return wordsOf(reason)
  return error instanceof Error ? error.message : String(error)
}

async function hasIndex({ folder, listing }: FolderProject): Promise<boolean> {
  if (listing) return false
  return (await folder.list()).children.some(({ name }) => name === "index.md")
}

async function summaryOf({ projects, code, transcripts, failed }: FoundInput): Promise<FoundSummary> {
  return {
    projects: await Promise.all(
      projects.map(async (project) => ({
        id: project.id,
        renamedFrom: project.renamedFrom,
        hasIndex: await hasIndex(project),
      })),
    ),
    code: code.map(({ path }) => path),
    conversations: transcripts.map(({ fileName, conversations }) => ({ fileName, count: conversations.length })),
    failed,
  }
}

async function obey(asked: Asked): Promise<void> {
  if (asked.type === "cancel") return stop.abort()
  if (asked.type === "find") {
    found = await findInputFiles(asked.given, (name) => post({ type: "reading", name }))
    return post({ type: "found", found: await summaryOf(found) })
  }
  if (!found) return
  // Every call may be made twice: messages have client ids, sessions ids, and a file that is imported again is unchanged.
  const retries = waitForServer({ milliseconds: timeout, isOver: () => stop.signal.aborted })
  const report = await importInputFiles(createClient({ url: self.location.origin, retries }), found, {
    ...asked,
    signal: stop.signal,
    progress: { show: (done, total, words) => post({ type: "progress", done, total, words }) },
    tell: inWords,
  })
  post({ type: "done", report })
}

self.onmessage = ({ data }: MessageEvent<Asked>) => {
  obey(data).catch((error: unknown) => post({ type: "failed", why: inWords(error) }))
}
