import { join } from "node:path"
import type { Client } from "@strudel-agent/client/client"
import type { Progress } from "../terminal/progress.ts"
import type { ExportedProject, ExportReport } from "./export-report.ts"
import type { FolderWriter } from "./folder-writer.ts"
import { folderNameFor, unwritable } from "./writable-path.ts"

export interface ExportOptions {
  writer: FolderWriter
  signal?: AbortSignal | undefined
  progress: Progress
}

/** Files of at most 2 MiB each: a page of them has to fit into memory and into one JSON text. */
const filesPerPage = 25

const total = ({
  clipCount,
  songCount,
  playlistCount,
}: {
  clipCount: number
  songCount: number
  playlistCount: number
}) => clipCount + songCount + playlistCount

/**
 * Writes projects below the writer's folder, noting in `report` what became of each file as it goes: when this throws,
 * because the server went away, or ends early, because the user asked for it, the report tells how far it came.
 */
export async function exportProjects(
  client: Client,
  report: ExportReport,
  { ids, options }: { ids: AsyncIterable<string>; options: ExportOptions },
): Promise<void> {
  for await (const id of ids) {
    if (options.signal?.aborted) report.interrupted = true
    if (report.interrupted) return
    // A project that is changed meanwhile may be listed twice.
    if (report.projects.some((project) => project.id === id)) continue
    await exportProject(client, report, { id, options })
  }
}

/** The ids of all projects, page by page. */
export async function* listProjectIds(client: Client): AsyncGenerator<string> {
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await client.project.list.query({ limit: 200, cursor })
    for (const { id } of page.items) yield id
    cursor = page.nextCursor
  }
}

async function exportProject(
  client: Client,
  report: ExportReport,
  { id, options }: { id: string; options: ExportOptions },
): Promise<void> {
  const { writer, signal, progress } = options
  const project = await client.project.byId.query({ id })
  const name = folderNameFor(id)
  const own: ExportedProject = { id, folder: join(report.folder, name ?? ""), files: [] }
  report.projects.push(own)
  if (name === undefined) {
    own.why = "its id cannot be the name of a folder"
    return
  }
  for (const other of report.projects) {
    if (other === own || other.why !== undefined) continue
    if (await writer.isSameFolder(name, folderNameFor(other.id) ?? "")) {
      own.why = `this file system does not tell its folder from that of ${other.id}`
      return
    }
  }
  for (let cursor: string | null | undefined; cursor !== null; ) {
    if (signal?.aborted) {
      report.interrupted = true
      return
    }
    const page = await client.project.exportFiles.query({ projectId: id, limit: filesPerPage, cursor })
    for (const { path, content } of page.files) {
      const why = unwritable(path)
      const written = why === undefined ? writer.write(`${name}/${path}`, Buffer.from(content, "base64")) : undefined
      own.files.push({ path, ...((await written) ?? { outcome: "skipped" as const, why }) })
      progress.show(own.files.length, Math.max(own.files.length, total(project)), id)
    }
    cursor = page.nextCursor
  }
}
