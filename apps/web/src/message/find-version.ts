import type { Client } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { type ItemPath, itemPath } from "../markdown/item-link.ts"
import { complain } from "../ui/toast.tsx"
import { words } from "../words/reasons.ts"

interface Wanted {
  clip: { projectId: string; id: string }
  code: string
  origin: { sessionId: string; messageIndex: number }
}

/** Versions of a clip that are looked through, the newest first. */
const most = 200

/**
 * Finds the version of a clip that a message made: the one that says so, else the newest of the same code. Answers the
 * address that shows it; says in passing where there is none.
 */
export async function findVersion(
  client: Client,
  { clip, code, origin: { sessionId, messageIndex } }: Wanted,
): Promise<`${ItemPath}?version=${number}` | undefined> {
  try {
    const [clips, { items }] = await Promise.all([
      client.session.clipsAt.query({ id: sessionId, messageIndex }),
      client.clip.versions.query({ ...clip, limit: most }),
    ])
    const made = clips.find(
      (each) => each.projectId === clip.projectId && each.clipId === clip.id && each.messageIndex === messageIndex,
    )
    const version = made?.version ?? items.find((each) => each.code === code)?.version
    if (version !== undefined) {
      return `${itemPath({ itemType: "clip", projectId: clip.projectId, itemId: clip.id })}?version=${version}`
    }
    complain(`The library has no version of “${clip.id}” with this code.`)
  } catch (error) {
    complain(words[reasonOf(error) ?? "INTERNAL"])
  }
  return undefined
}
