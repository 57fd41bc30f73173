import type { Client } from "@strudel-agent/client/client"

/** Milliseconds before a stream that ended is opened again: each time in a row twice as long, up to the longest. */
const pause = { shortest: 250, longest: 5000 }

/** Calls `onHint` when a session may wait for an answer, until the answer is called. */
export function watchSessions(client: Client, onHint: () => void): () => void {
  let ends = 0
  let leave = () => {}

  function follow(): void {
    let isOver = false
    const end = () => {
      if (isOver) return
      isOver = true
      const timer = setTimeout(follow, Math.min(pause.shortest * 2 ** ends++, pause.longest))
      leave = () => clearTimeout(timer)
    }
    const watching = client.live.watch.subscribe(
      { library: true },
      {
        onData({ data }) {
          ends = 0
          if (data.type === "refresh") onHint()
          else if (data.type === "changes" && data.changes.some(({ kind }) => kind === "session")) onHint()
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
