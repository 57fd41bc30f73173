import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Client } from "@strudel-agent/client/client"
import { count } from "@strudel-agent/importer/count"
import { printableLine } from "@strudel-agent/importer/printable"
import { exitCodes } from "../exit-code.ts"
import { exitCodeOf, Failure, Refusal } from "../failure.ts"
import { exportProjects } from "../folder/export-projects.ts"
import { type ExportReport, isComplete } from "../folder/export-report.ts"
import { FolderWriter } from "../folder/folder-writer.ts"
import type { Run } from "../run.ts"
import { agree } from "./agree.ts"
import { versionsInProject } from "./project-items.ts"
import { shellWord } from "./shell.ts"

export async function newProject(run: Run, id: string, { name = id }: { name?: string }): Promise<void> {
  const client = await run.connect({ writes: "once" })
  const project = await client.project.create.mutate({ id, name })
  run.print({ json: () => ({ project }), text: () => `${project.id}\n` })
}

export async function renameProject(run: Run, id: string, name: string): Promise<void> {
  const client = await run.connect({ writes: "once" })
  const project = await client.project.update.mutate({ id, name })
  run.print({ json: () => ({ project }), text: () => `${printableLine(project.name)}\n` })
}

async function* only(id: string): AsyncGenerator<string> {
  yield id
}

/** Writes a project's folder to a place of its own, whole or not at all; resolves to its path. */
async function keepProject(run: Run, client: Client, id: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "strudel-agent-"))
  const report: ExportReport = { folder, interrupted: false, projects: [] }
  const progress = await run.progress()
  const writer = await FolderWriter.open(folder, { overwrite: false })
  try {
    await exportProjects(client, report, { ids: only(id), options: { writer, signal: undefined, progress } })
  } finally {
    progress.clear()
  }
  if (!isComplete(report))
    throw new Failure(`Nothing is deleted: the project could not be kept in ${folder} as a whole.`)
  return join(folder, id)
}

export interface DeleteOptions {
  yes?: boolean
  dryRun?: boolean
}

/** Deletes a project with all that is in it, and keeps its folder where it can be imported from again. */
export async function deleteProject(run: Run, id: string, { yes, dryRun = false }: DeleteOptions): Promise<void> {
  const client = await run.connect({ writes: "once" })
  const { name, clipCount, songCount, playlistCount, updatedAt } = await client.project.byId.query({ id })
  const holds = [count(clipCount, "clip"), count(songCount, "song"), count(playlistCount, "playlist")].join(", ")
  const what = `Delete the project ${id} ("${printableLine(name)}") with ${holds} and all versions`
  if (dryRun) {
    run.note(`This would delete the project with ${holds}:`)
    return run.print({ json: () => ({ deleted: id, dryRun }), text: () => `${id}\n` })
  }
  await agree(run, { what, yes })
  const before = await versionsInProject(client, id)
  const kept = await keepProject(run, client, id)
  const undo = `strudel-agent import ${shellWord(kept)}`
  try {
    // The project's own moment of change tells nothing of its items. What is left is what is saved between this list and
    // the deletion right behind it, and a file that is no item.
    if ((await versionsInProject(client, id)) !== before) {
      throw new Refusal("PROJECT_CHANGED", `${id} was changed while it was kept: nothing is deleted.`)
    }
    await client.project.delete.mutate({ id, expectedUpdatedAt: updatedAt })
  } catch (error) {
    const isLeft = exitCodeOf(error) === exitCodes.conflict
    const way = `Should ${id} be deleted all the same, this makes it again, without former versions: ${undo}`
    run.warn(isLeft ? `What was kept is in ${kept}.` : way)
    throw error
  }
  run.print({ json: () => ({ deleted: id, dryRun, undo }), text: () => `${id}\n` })
  run.note(`To undo, without former versions: ${undo}`)
}
