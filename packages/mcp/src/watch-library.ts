import type { Client } from "@strudel-agent/client/client"
import type { LiveChange, LiveEvent } from "@strudel-agent/contract/live"
import { type Thing, uriOf } from "@strudel-agent/tools/uri"

export interface LibraryListener {
  /** Something that an address names is not as it was. */
  onChange(uri: string): void
  /** Something came or went, or may have. */
  onList(): void
}

type LibraryEvent = Extract<LiveEvent, { type: "changes" | "refresh" }>

/** What changed, and the index of its project, which tells of it. */
function thingsOf({ kind, projectId, id }: LiveChange): Thing[] {
  if (kind === "session" || kind === "project") return [{ kind, id }]
  if (projectId === null) return []
  return [
    { kind, projectId, id },
    { kind: "project", id: projectId },
  ]
}

/** Milliseconds before a feed that ended is opened again: each time in a row twice as long, up to the longest. */
const pause = { shortest: 250, longest: 5000 }
/** Milliseconds from which back on a feed can tell what changed: of the longest it says to read everything again. */
const lookBack = { opening: 1000, longest: 60_000 }
/** Addresses that are remembered as those of what is listed. */
const mostKnown = 10_000

/** Makes what tells a listener of the live feed's events. */
function createHearing({ onChange, onList }: LibraryListener): (event: LibraryEvent) => void {
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

/** Follows the live feed of the library, and opens it again whenever it ends, until the answer is called. */
export function watchLibrary(client: Client, listener: LibraryListener): () => void {
  const hear = createHearing(listener)
  const begin = performance.now()
  let lastEventId: string | undefined
  let ends = 0
  let leave = () => {}

  /** Nothing is lost between two feeds: the next goes on behind the last event, or from where the first was to begin. */
  function from() {
    if (lastEventId !== undefined) return { lastEventId }
    if (ends === 0) return {}
    const since = Math.ceil(performance.now() - begin) + lookBack.opening
    return { lookBack: Math.min(since, lookBack.longest) }
  }

  function follow(): void {
    let isOver = false
    const end = () => {
      if (isOver) return
      isOver = true
      const timer = setTimeout(follow, Math.min(pause.shortest * 2 ** ends++, pause.longest))
      leave = () => clearTimeout(timer)
    }
    const watching = client.live.watch.subscribe(
      { library: true, ...from() },
      {
        onData({ id, data }) {
          if (isOver) return
          lastEventId = id
          ends = 0
          if (data.type === "changes" || data.type === "refresh") hear(data)
        },
        onError: end,
        onComplete: end,
      },
    )
    if (isOver) return
    leave = () => {
      isOver = true
      watching.unsubscribe()
    }
  }

  follow()
  return () => leave()
}
