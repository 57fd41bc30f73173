import type { Client } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import type { JsonValue } from "@strudel-agent/contract/json"
import { UsageError } from "../failure.ts"
import type { Run } from "../run.ts"
import { editText } from "../things/edit-text.ts"
import { itemKeyOf, nameOfKey } from "../things/item-name.ts"
import { keepText } from "../things/keep-text.ts"
import { readText } from "../things/read-text.ts"
import { shellWord } from "../things/shell.ts"
import { type Clip, findClip } from "./find-clip.ts"
import { printHeard } from "./hear-code.ts"

export interface NewOptions {
  file?: string
  name?: string
  tags?: string[]
  bpm?: number
  metadata?: Record<string, JsonValue>
  json?: boolean
}

export async function newClip(run: Run, name: string, options: NewOptions): Promise<void> {
  const key = itemKeyOf("clip", name)
  const code = await readText(run, options.file)
  if (code.trim() === "") throw new UsageError("There is no code: the file or the pipe is empty.")
  const client = await run.connect({ writes: "once" })
  const { tags, bpm } = options
  const metadata = {
    ...options.metadata,
    ...(tags === undefined ? {} : { tags }),
    ...(bpm === undefined ? {} : { bpm }),
  }
  const clip = await client.clip.create.mutate({ ...key, name: options.name ?? key.id, code, metadata })
  await printStored(run, client, clip)
}

async function printStored(run: Run, client: Client, clip: Pick<Clip, "projectId" | "id" | "version" | "code">) {
  const heard = await printHeard(run, client, clip.code)
  run.print({ json: () => ({ clip, heard }), text: () => `${nameOfKey(clip)} version ${clip.version}\n` })
}

export interface EditOptions {
  file?: string
  expect?: number
  json?: boolean
}

/** Stores another code of a clip where nobody changed it meanwhile. */
async function store(run: Run, client: Client, { clip, code, version }: { clip: Clip; code: string; version: number }) {
  const { projectId, id } = clip
  const key = { projectId, id }
  try {
    return await client.clip.update.mutate({ ...key, code, expectedVersion: version })
  } catch (error) {
    if (reasonOf(error) === "CLIP_CHANGED") {
      run.warn(
        `${nameOfKey(key)} was changed meanwhile: \`strudel-agent clips diff ${nameOfKey(key)} ${version}\` shows how. ` +
          `Put both together and store it with \`strudel-agent clips edit ${nameOfKey(key)} --file <file>\`.`,
      )
    }
    throw error
  }
}

export async function editClip(run: Run, name: string, { file, expect }: EditOptions): Promise<void> {
  const given = file === undefined ? undefined : await readText(run, file)
  const client = await run.connect({ writes: "once" })
  const clip = await findClip(client, name)
  const version = expect ?? clip.version
  const save = async (code: string) => store(run, client, { clip, code, version })
  const stored =
    given === undefined
      ? await editText(run, { file: `${clip.id}.js`, text: clip.code }, save)
      : given === clip.code
        ? undefined
        : await save(given)
  if (stored) return printStored(run, client, stored)
  run.note("Nothing changed: nothing is stored.")
  run.print({ json: () => ({ clip, heard: null }), text: () => "" })
}

export async function restoreClip(run: Run, name: string, version: number): Promise<void> {
  const client = await run.connect({ writes: "once" })
  const { projectId, id } = await findClip(client, name)
  const clip = await client.clip.restore.mutate({ projectId, id, version })
  run.note(`Version ${version} is the newest one again.`)
  run.print({ json: () => ({ clip }), text: () => `${nameOfKey(clip)} version ${clip.version}\n` })
}

export async function renameClip(run: Run, name: string, to: string): Promise<void> {
  const client = await run.connect({ writes: "once" })
  const { projectId, id } = await findClip(client, name)
  const clip = await client.clip.update.mutate({ projectId, id, name: to })
  run.print({ json: () => ({ clip }), text: () => `${nameOfKey(clip)} version ${clip.version}\n` })
}

/** The command that makes a deleted clip again, with its code in a file. */
export async function howToMakeAgain({ projectId, id, name, code, metadata }: Clip): Promise<string> {
  const path = await keepText(`${id}.js`, code)
  const options = ["--name", name, "--metadata", JSON.stringify(metadata), "--file", path].map(shellWord)
  return `strudel-agent clips new ${projectId}/${id} ${options.join(" ")}`
}
