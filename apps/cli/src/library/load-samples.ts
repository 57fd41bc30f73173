import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Client } from "@strudel-agent/client/client"
import { count } from "@strudel-agent/importer/count"
import { importProjects } from "@strudel-agent/importer/import-projects"
import { emptyReport, importInLines, isComplete } from "@strudel-agent/importer/import-report"
import { lineAsText } from "@strudel-agent/importer/report-line"
import { importTranscript } from "@strudel-agent/importer/transcript/import-transcript"
import { StoredConversations } from "@strudel-agent/importer/transcript/stored-conversations"
import { isComplete as isTranscriptComplete } from "@strudel-agent/importer/transcript/transcript-report"
import { Failure } from "../failure.ts"
import { findProjects } from "../folder/find-projects.ts"
import type { Run } from "../run.ts"
import { hints } from "../terminal/hints.ts"
import { readTranscript } from "../transcript/read-transcript.ts"
import { readSampleSessions, type SampleSession } from "./sample-sessions.ts"

async function isEmpty(client: Client): Promise<boolean> {
  const [projects, sessions] = await Promise.all([
    client.project.list.query({ limit: 1 }),
    client.session.list.query({ limit: 1 }),
  ])
  return projects.items.length + sessions.items.length === 0
}

/** Fills an empty library with the samples of a folder; a dry run says with what. */
export async function loadSamples(
  run: Run,
  folder: string,
  { dryRun = false }: { dryRun?: boolean } = {},
): Promise<void> {
  const found = await findProjects([join(folder, "projects")], undefined)
  const index = await readFile(join(folder, "sessions", "index.json"), "utf8")
  const sessions = readSampleSessions(index)
  const client = await run.connect()
  if (!(await isEmpty(client))) return run.print({ json: () => ({ loaded: false }), text: () => "" })
  const progress = await run.progress()
  const report = emptyReport(dryRun)
  try {
    await importProjects(client, report, { found, options: { dryRun, overwrite: false, progress } })
    if (!isComplete(report))
      throw new Failure(importInLines(report, { verbose: false, hints }).map(lineAsText).join("\n"))
    for (const session of dryRun ? [] : sessions)
      await loadSession(client, run, { folder: join(folder, "sessions"), session })
  } finally {
    progress.clear()
  }
  const files = report.projects.flatMap((project) => project.files)
  const clips = files.filter(({ itemType }) => itemType === "clip")
  const counts = { projects: report.projects.length, clips: clips.length, sessions: sessions.length }
  const parts = [count(counts.projects, "project"), count(counts.clips, "clip"), count(counts.sessions, "session")]
  run.print({
    json: () => ({ loaded: !dryRun, ...(dryRun ? { dryRun } : {}), ...counts }),
    text: () => `${dryRun ? "Would load" : "Loaded"} the samples: ${parts.join(", ")}.\n`,
  })
}

async function loadSession(
  client: Client,
  run: Run,
  { folder, session }: { folder: string; session: SampleSession },
): Promise<void> {
  const { file, ...rest } = session
  const transcript = await readTranscript(join(folder, file), run.io.stdin)
  const options = { session: rest, dryRun: false, branches: false, progress: await run.progress() }
  const { report, error } = await importTranscript(client, new StoredConversations(client), { transcript, options })
  if (error !== undefined) throw error
  if (!isTranscriptComplete(report)) throw new Failure(`${file} was not loaded as a whole.`)
}
