import { setTimeout as sleep } from "node:timers/promises"
import type { Outputs } from "@strudel-agent/client/client"
import type { ToolContext } from "./tool.ts"

/** Milliseconds between two looks for what is measured. */
const look = 500

export type ClipSound = Outputs["clip"]["audio"]

interface ClipAt {
  projectId: string
  id: string
  version?: number
}

/** What a clip sounds like, for which it waits so many milliseconds where it is yet to be measured. */
export async function soundOf(key: ClipAt, { client, signal }: ToolContext, timeout: number): Promise<ClipSound> {
  const end = Date.now() + timeout
  for (;;) {
    const found = await client.clip.audio.query(key, { signal })
    if (found.state !== "waiting" || Date.now() > end) return found
    await sleep(look, undefined, { signal })
  }
}

/** What became of a sound since the version before, in a line; undefined where either is not measured. */
export const sinceBefore = ({ before, changes }: ClipSound): string | undefined =>
  before === null ? undefined : `since version ${before}, ${changes.join(", ") || "much the same"}.`
