import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"
import { Failure, UsageError } from "../failure.ts"
import type { FolderWriter } from "../folder/folder-writer.ts"

/** Hidden, so that neither an import nor a watch takes it for a file of the project. */
const stateFile = ".strudel-agent-watch.json"

const State = z.object({
  version: z.literal(1),
  url: z.string(),
  project: z.string(),
  /** Digests of the files as both sides had them last. */
  files: z.record(z.string(), z.string()),
})

interface Place {
  folder: string
  url: string
  project: string
}

/** Reads what both sides had when the folder was last in step; undefined where it never was with this library. */
export async function readState({ folder, url, project }: Place): Promise<Map<string, string> | undefined> {
  let text: string
  try {
    text = await readFile(join(folder, stateFile), "utf8")
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined
    throw error
  }
  const state = parsed(text)
  if (!state) throw new Failure(`${join(folder, stateFile)} says nothing that this program knows: remove it.`)
  if (state.project !== project) {
    throw new UsageError(`${folder} was in step with the project ${state.project}: say --project ${state.project}.`)
  }
  return state.url === url ? new Map(Object.entries(state.files)) : undefined
}

function parsed(text: string) {
  try {
    return State.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** Writes down what both sides have, as a whole. */
export async function writeState(
  writer: FolderWriter,
  { url, project }: Omit<Place, "folder">,
  files: Map<string, string>,
): Promise<void> {
  const state: z.infer<typeof State> = { version: 1, url, project, files: Object.fromEntries(files) }
  const { outcome, why } = await writer.write(stateFile, Buffer.from(`${JSON.stringify(state, null, 1)}\n`))
  if (outcome === "failed" || outcome === "skipped") throw new Failure(`${stateFile} was not written: ${why}.`)
}
