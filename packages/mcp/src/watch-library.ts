import type { Client } from "@strudel-agent/client/client"
import { type Thing, uriOf } from "@strudel-agent/tools/uri"

export interface LibraryListener {
  /** Something that an address names is not as it was. */
  onChange(uri: string): void
  /** Something came or went. */
  onList(): void
}

interface Change {
  kind: string
  projectId: string | null
  id: string
}

function thingsOf({ kind, projectId, id }: Change): Thing[] {
  if (kind === "session" || kind === "project") return [{ kind, id }]
  if ((kind === "clip" || kind === "song" || kind === "playlist") && projectId !== null) {
    return [
      { kind, projectId, id },
      { kind: "project", id: projectId },
    ]
  }
  return []
}

/** Follows the live feed of the library until the answer is called. */
export function watchLibrary(client: Client, { onChange, onList }: LibraryListener): () => void {
  const watching = client.live.watch.subscribe(
    { library: true },
    {
      onData({ data }) {
        if (data.type !== "changes") return
        for (const change of data.changes) for (const thing of thingsOf(change)) onChange(uriOf(thing))
        if (data.changes.some(({ removed }) => removed)) onList()
      },
    },
  )
  return () => watching.unsubscribe()
}
