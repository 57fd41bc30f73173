import type { Client } from "@strudel-agent/client/client"
import type { LibraryEvent } from "@strudel-agent/client/watch-library"
import type { LiveChange } from "@strudel-agent/contract/live"
import { type Thing, uriOf } from "@strudel-agent/tools/uri"

export interface ResourceListener {
  /** Something that an address names is not as it was. */
  onChange(uri: string): void
  /** Something came or went, or may have. */
  onList(): void
}

/** What changed, and the index of its project, which tells of it. */
function thingsOf({ kind, projectId, id }: LiveChange): Thing[] {
  if (kind === "session" || kind === "project") return [{ kind, id }]
  if (projectId === null) return []
  return [
    { kind, projectId, id },
    { kind: "project", id: projectId },
  ]
}

/** Addresses that are remembered as those of what is listed. */
const mostKnown = 10_000

/** Makes what tells a listener of the live feed's events. */
function createHearing({ onChange, onList }: ResourceListener): (event: LibraryEvent) => void {
  const known = new Set<string>()

  /** Whether a list may be another: what is met for the first time may be new. */
  function changesLists(change: LiveChange): boolean {
    const [thing] = thingsOf(change)
    if (!thing) return false
    const uri = uriOf(thing)
    if (change.removed) known.delete(uri)
    else if (known.has(uri)) return false
    else {
      if (known.size >= mostKnown) known.clear()
      known.add(uri)
    }
    return true
  }

  return (event) => {
    if (event.type === "refresh") return onList()
    for (const change of event.changes) for (const thing of thingsOf(change)) onChange(uriOf(thing))
    if (event.changes.filter(changesLists).length > 0) onList()
  }
}

/** Tells a listener by addresses what changes in the library, until the answer is called. */
export const watchResources = (client: Client, listener: ResourceListener): (() => void) =>
  client.watchLibrary(createHearing(listener))
