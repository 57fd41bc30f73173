import { count } from "@strudel-agent/importer/count"
import type { Run } from "../run.ts"
import { agree } from "../things/agree.ts"
import { deleteEach } from "../things/delete-each.ts"
import { nameOfKey } from "../things/item-name.ts"
import { reportFailed } from "../things/report-failed.ts"
import { findClip } from "./find-clip.ts"
import { howToMakeAgain } from "./write-clip.ts"

/** Puts tags on a clip, or takes them off. */
export async function tagClip(run: Run, name: string, tags: { add: string[]; remove: string[] }): Promise<void> {
  const client = await run.connect({ writes: "once" })
  const { projectId, id } = await findClip(client, name)
  const { failed } = await client.clip.tagMany.mutate({ keys: [{ projectId, id }], ...tags })
  if (failed.length > 0) return reportFailed(run, failed, nameOfKey)
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
  const found = await Promise.all(names.map((name) => findClip(client, name)))
  const clips = new Map(found.map((clip) => [nameOfKey(clip), clip]))
  const called = [...clips.keys()]
  if (dryRun) {
    run.note(`This would delete ${count(called.length, "clip")} with all versions:`)
    return run.print({
      json: () => ({ deleted: called, dryRun }),
      text: () => called.map((name) => `${name}\n`).join(""),
    })
  }
  await agree(run, { what: `Delete ${called.join(", ")} with all versions`, yes })
  const deletions = Array.from(clips, ([name, clip]) => ({
    name,
    keep: () => howToMakeAgain(clip),
    remove: () => client.clip.delete.mutate({ projectId: clip.projectId, id: clip.id, expectedVersion: clip.version }),
  }))
  await deleteEach(run, deletions)
}
