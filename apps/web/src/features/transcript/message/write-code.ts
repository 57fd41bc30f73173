import type { Calls } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { showToast, toastError } from "#shared/ui/toast.tsx"
import { wordsOf } from "#shared/words/reasons.ts"

interface Origin {
  sessionId: string
  messageIndex: number
}

export interface WriteCode {
  clip: { projectId: string; id: string }
  code: string
  /** The other side of the change: a clip with this code is taken for one that nobody touched since. */
  expected: string | undefined
  origin: Origin
  /** The version of the clip that somebody has looked at and wants to write over. */
  overwrite: number | undefined
}

/** A clip that is not as it was expected, and what was to be written. */
export interface Conflict {
  clip: WriteCode["clip"]
  name: string
  /** The clip's code as it is, and its version. */
  current: string
  version: number
  code: string
}

const failed = (error: unknown) => toastError(`Not written. ${wordsOf(reasonOf(error) ?? "INTERNAL")}`)

/**
 * Writes a clip's code as its next version, with an offer to take that back. Answers a conflict where somebody has
 * changed the clip in the meantime: then nothing is written. Other failures are told in passing.
 */
export async function writeCode(client: Calls, wish: WriteCode): Promise<Conflict | undefined> {
  const { clip, code, expected, origin, overwrite } = wish
  try {
    const current = await client.clip.byId.query(clip)
    if (current.code === code) {
      showToast(`“${current.name}” is like this already.`)
      return undefined
    }
    const conflict: Conflict = { clip, name: current.name, current: current.code, version: current.version, code }
    const known = overwrite === undefined ? current.code === expected : current.version === overwrite
    if (!known) return conflict
    const written = await client.clip.update.mutate({ ...clip, code, expectedVersion: current.version, origin })
    offerBack(client, clip, { name: written.name, code: current.code, version: written.version })
    return undefined
  } catch (error) {
    const reason = reasonOf(error)
    if (reason === "CLIP_CHANGED") return writeCode(client, { ...wish, expected: undefined, overwrite: undefined })
    if (reason === "CLIP_NOT_FOUND") offerToCreate(client, wish)
    else failed(error)
    return undefined
  }
}

/** Says that a clip has another version, and how to have the former code again. */
function offerBack(
  client: Calls,
  clip: WriteCode["clip"],
  { name, code, version }: { name: string; code: string; version: number },
): void {
  showToast(`“${name}” is written: version ${version}.`, {
    name: "Undo",
    run: () =>
      void client.clip.update
        .mutate({ ...clip, code, expectedVersion: version })
        .then((back) => showToast(`“${name}” is as it was: version ${back.version}.`), failed),
  })
}

function offerToCreate(client: Calls, { clip, code, origin }: WriteCode): void {
  toastError(`There is no clip “${clip.id}” in ${clip.projectId}, or no longer.`, {
    name: "Create it",
    run: () =>
      void client.clip.create
        .mutate({ ...clip, name: clip.id, code, origin })
        .then(({ name }) => showToast(`“${name}” is there again.`), failed),
  })
}
