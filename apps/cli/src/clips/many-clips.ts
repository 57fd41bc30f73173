import { count } from "@strudel-agent/importer/count"
import type { Run } from "../run.ts"
import { agree } from "../things/agree.ts"
import { nameOfKey } from "../things/item-name.ts"
import { tellFailed } from "../things/tell-bulk.ts"
import { findClip } from "./find-clip.ts"
import { howToMakeAgain } from "./write-clip.ts"

/** Puts tags on a clip, or takes them off. */
export async function tagClip(run: Run, name: string, tags: { add: string[]; remove: string[] }): Promise<void> {
  const client = await run.connect({ writes: "once" })
  const { projectId, id } = await findClip(client, name)
  const { failed } = await client.clip.tagMany.mutate({ keys: [{ projectId, id }], ...tags })
  if (failed.length > 0) return tellFailed(run, failed, nameOfKey)
  const clip = await client.clip.byId.query({ projectId, id })
  run.print({ json: () => ({ clip }), text: () => `${nameOfKey(clip)} version ${clip.version}\n` })
}

export interface DeleteOptions {
  yes?: boolean
  dryRun?: boolean
}

/** Deletes clips, and tells of each the command that makes it again. */
export async function deleteClips(run: Run, names: string[], { yes, dryRun = false }: DeleteOptions): Promise<void> {
  const client = await run.connect({ writes: "once" })
  const clips = await Promise.all(names.map((name) => findClip(client, name)))
  const called = clips.map(nameOfKey)
  const answer = { deleted: called, dryRun }
  const text = () => called.map((name) => `${name}\n`).join("")
  if (dryRun) {
    run.note(`This would delete ${count(clips.length, "clip")} with all versions:`)
    return run.print({ json: () => answer, text })
  }
  await agree(run, { what: `Delete ${called.join(", ")} with all versions`, yes })
  const undo = await Promise.all(clips.map(howToMakeAgain))
  const keys = clips.map(({ projectId, id }) => ({ projectId, id }))
  const { failed } = await client.clip.deleteMany.mutate({ keys })
  const left = new Set(failed.map(nameOfKey))
  const gone = called.filter((name) => !left.has(name))
  const ways = undo.filter((_, index) => !left.has(called[index] ?? ""))
  if (failed.length > 0) {
    for (const way of ways) run.warn(`To undo: ${way}`)
    return tellFailed(run, failed, nameOfKey)
  }
  run.print({ json: () => ({ deleted: gone, dryRun, undo: ways }), text })
  for (const way of ways) run.note(`To undo, without its former versions: ${way}`)
}
