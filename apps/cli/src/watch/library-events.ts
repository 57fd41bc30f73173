import type { Client } from "@strudel-agent/client/client"

/** Milliseconds until a feed that ended is opened again. */
const pause = 1000

/** Tells when something of a project may have changed in the library, until it is closed. */
export function followLibrary(client: Client, project: string, onHint: () => void): { close(): void } {
  let feed: { unsubscribe(): void } | undefined
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  const again = () => {
    feed?.unsubscribe()
    if (isClosed || timer) return
    timer = setTimeout(() => {
      timer = undefined
      // What it missed is not known.
      onHint()
      open()
    }, pause)
  }
  const open = () => {
    feed = client.live.watch.subscribe(
      { library: true },
      {
        onData({ data }) {
          const isOurs =
            data.type === "refresh" ||
            (data.type === "changes" &&
              data.changes.some(
                ({ kind, projectId, id }) => projectId === project || (kind === "project" && id === project),
              ))
          if (isOurs) onHint()
        },
        onError: again,
        onComplete: again,
      },
    )
  }
  open()
  return {
    close() {
      isClosed = true
      clearTimeout(timer)
      feed?.unsubscribe()
    },
  }
}
