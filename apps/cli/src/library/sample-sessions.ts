import { isRecord } from "@strudel-agent/contract/is-record"
import type { SessionOptions } from "@strudel-agent/importer/transcript/conversation-options"
import { isSafePath } from "@strudel-agent/project-folder/paths"
import { itemArgument, slugArgument, uuidArgument } from "../commands/arguments.ts"
import { Failure } from "../failure.ts"

export interface SampleSession extends SessionOptions {
  /** The transcript's name in the folder of the index. */
  file: string
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined)

/** Reads the index of the sample sessions; throws a failure that names the entry which is wrong. */
export function readSampleSessions(json: string): SampleSession[] {
  const entries = parse(json)
  if (!Array.isArray(entries)) throw new Failure("The index of the sessions is no array.")
  return entries.map((entry: unknown, index) => {
    try {
      return readEntry(entry)
    } catch (error) {
      throw new Failure(`Session ${index + 1} of the index: ${error instanceof Error ? error.message : String(error)}`)
    }
  })
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw new Failure("The index of the sessions is no JSON.")
  }
}

function readEntry(entry: unknown): SampleSession {
  if (!isRecord(entry)) throw new Failure("is no object")
  const file = textOf(entry.file)
  if (file === undefined || !isSafePath(file)) throw new Failure("its file is not within the folder")
  const id = textOf(entry.id)
  const project = textOf(entry.project)
  const item = textOf(entry.item)
  return {
    file,
    id: id === undefined ? undefined : uuidArgument(id),
    name: textOf(entry.name),
    projectId: project === undefined ? undefined : slugArgument(project),
    agentName: textOf(entry.agentName),
    modelName: textOf(entry.modelName),
    tags: Array.isArray(entry.tags) ? entry.tags.filter((tag) => typeof tag === "string") : [],
    ...(item === undefined ? {} : itemArgument(item)),
  }
}
