import { stat } from "node:fs/promises"
import { type ConversationsReport, importFile } from "@strudel-agent/importer/transcript/import-file"
import type { Transcript } from "@strudel-agent/importer/transcript/transcript"
import { conversationsInLines } from "@strudel-agent/importer/transcript/transcript-lines"
import { isComplete } from "@strudel-agent/importer/transcript/transcript-report"
import type { ImportSessionOptions } from "../commands/import-session.ts"
import { UsageError } from "../failure.ts"
import type { Run } from "../run.ts"
import { hints } from "../terminal/hints.ts"
import { readTranscripts } from "./read-transcript.ts"

const fold = (text: string): string => text.normalize("NFKC").toLowerCase()

/** The conversations that the user means; throws a usage error where an option does not fit their number. */
function choose(conversations: Transcript[], { only, id, name }: ImportSessionOptions): Transcript[] {
  const words = fold(only ?? "")
  const chosen = conversations.filter(({ title, firstWords }) =>
    fold(`${title ?? ""}\n${firstWords ?? ""}`).includes(words),
  )
  if (chosen.length === 0 && conversations.length > 0) {
    throw new UsageError(
      `None of the ${conversations.length} conversations has the words "${only}" in its title or beginning.`,
    )
  }
  const [option] = [...(id === undefined ? [] : ["--id"]), ...(name === undefined ? [] : ["--name"])]
  if (option && chosen.length > 1) {
    throw new UsageError(
      `The file holds ${chosen.length} conversations, but ${option} is for one: --only <words> chooses.`,
    )
  }
  return chosen
}

/** Stores the conversations of a file as sessions, and reports what became of each. */
export async function importSession(run: Run, file: string, options: ImportSessionOptions): Promise<void> {
  const { id, name, project, item, agent, model, tags = [], dryRun = false, branches } = options
  const fromStdin = file === "-"
  const path = fromStdin ? file : run.path(file)
  const read = await readTranscripts(path, run.io.stdin)
  const transcripts = choose(read, options)
  const fileTime = fromStdin ? undefined : (await stat(path)).mtime
  const client = await run.connect()
  const progress = await run.progress()
  const session = { id, name, projectId: project, agentName: agent, modelName: model, tags, ...item }
  const signal = run.interruptible()
  try {
    const settings = { session, dryRun, fileTime, branches: branches === "all", signal, progress }
    const report = await importFile(client, transcripts, settings)
    progress.clear()
    printReport(run, report, transcripts.length > 1)
  } finally {
    progress.clear()
  }
}

function printReport(run: Run, file: ConversationsReport, several: boolean): void {
  const { conversations, failed, empty, interrupted, error } = file
  const [only] = conversations
  if (error !== undefined && !only) throw error
  run.report({
    json: () =>
      several
        ? {
            conversations,
            failed: failed.map(({ name, error }) => ({ name, error: run.describeFailure(error) })),
            empty,
            interrupted,
          }
        : { ...only },
    lines: () => conversationsInLines(file, { several, tell: (error) => run.describeFailure(error).message, hints }),
    complete: failed.length === 0 && conversations.every(isComplete),
    interrupted,
    error,
  })
}
