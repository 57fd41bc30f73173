import type { AppRouter } from "@strudel-agent/api/root"
import type { TRPCClient } from "@trpc/client"

type Watch = TRPCClient<AppRouter>["live"]["watch"]["subscribe"]
type WatchEvent = Parameters<NonNullable<Parameters<Watch>[1]["onData"]>>[0]["data"]

/** What changed in the library, or that it cannot be said what: then everything is to be read again. */
export type LibraryEvent = Extract<WatchEvent, { type: "changes" | "refresh" }>

/** Milliseconds before a feed that ended is opened again: each time in a row twice as long, up to the longest. */
const pause = { shortest: 250, longest: 5000 }
/** Milliseconds from which back on a feed can tell what changed: of the longest it says to read everything again. */
const lookBack = { opening: 1000, longest: 60_000 }

/**
 * Tells what changes in the library until the answer is called. A feed that ends or is refused is opened again for as
 * long as it takes; nothing is lost between two, for the next goes on behind the last event, or from where the first
 * was to begin.
 */
export function watchLibrary(client: TRPCClient<AppRouter>, onEvent: (event: LibraryEvent) => void): () => void {
  const begin = performance.now()
  let lastEventId: string | undefined
  let ends = 0
  let leave = () => {}

  function from() {
    if (lastEventId !== undefined) return { lastEventId }
    if (ends === 0) return {}
    const since = Math.ceil(performance.now() - begin) + lookBack.opening
    return { lookBack: Math.min(since, lookBack.longest) }
  }

  function open(): void {
    let isOver = false
    const end = () => {
      if (isOver) return
      isOver = true
      const timer = setTimeout(open, Math.min(pause.shortest * 2 ** ends++, pause.longest))
      leave = () => clearTimeout(timer)
    }
    const feed = client.live.watch.subscribe(
      { library: true, ...from() },
      {
        onData({ id, data }) {
          if (isOver) return
          lastEventId = id
          ends = 0
          if (data.type === "changes" || data.type === "refresh") onEvent(data)
        },
        onError: end,
        onComplete: end,
      },
    )
    if (isOver) return
    leave = () => {
      isOver = true
      feed.unsubscribe()
    }
  }

  open()
  return () => leave()
}
