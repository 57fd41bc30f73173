/** "connecting" until the first stream is there, "away" while there is none though there should be. */
export type LiveState = "connecting" | "live" | "away"

/** What the store has to know of the page that it serves. */
export interface PageSigns {
  isHidden(): boolean
  isOnline(): boolean
  /** Milliseconds since the page was asked for: what it shows is no older. */
  age(): number
  /** Calls when either may have changed, until what it returns is called. */
  listen(changed: () => void): () => void
}

/** Milliseconds that a hidden page keeps its stream: a browser has but six connections to a server for all its tabs. */
const hiddenTimeout = 10_000
const firstRetry = 500
const longestRetry = 15_000
/** Milliseconds that a stream without an event has to last until it counts as one that works. */
const proving = 500

export interface ConnectionListener {
  /** The server has taken the stream. */
  started(): void
  /** The stream brought something. */
  proved(): void
  /** The stream is no more. */
  lost(): void
}

export interface ConnectionOptions {
  /** Opens a stream; answers what closes it. */
  open(listener: ConnectionListener): () => void
  isWanted(): boolean
  page: PageSigns
}

/** Keeps one stream open while it is wanted and the page is seen and online. */
export function createConnection({ open, isWanted, page }: ConnectionOptions) {
  const listeners = new Set<() => void>()
  let state: LiveState = "connecting"
  let close: (() => void) | undefined
  let failures = 0
  let opening: ReturnType<typeof setTimeout> | undefined
  let hiding: ReturnType<typeof setTimeout> | undefined
  let proof: ReturnType<typeof setTimeout> | undefined
  let stopListening: (() => void) | undefined

  const become = (next: LiveState) => {
    if (next === state) return
    state = next
    for (const listener of [...listeners]) listener()
  }

  const shut = () => {
    clearTimeout(opening)
    clearTimeout(proof)
    opening = undefined
    close?.()
    close = undefined
  }

  const proved = () => {
    clearTimeout(proof)
    failures = 0
    become("live")
  }

  const lost = () => {
    shut()
    become("away")
    const pause = Math.min(firstRetry * 2 ** failures, longestRetry)
    failures++
    openAfter(pause * (0.5 + Math.random() / 2))
  }

  const openAfter = (milliseconds: number) => {
    clearTimeout(opening)
    opening = setTimeout(openNow, milliseconds)
  }

  function openNow(): void {
    shut()
    if (!isWanted() || !page.isOnline() || (page.isHidden() && hiding === undefined)) return
    close = open({
      started: () => {
        proof = setTimeout(proved, proving)
      },
      proved,
      lost,
    })
  }

  const sleep = () => {
    hiding = undefined
    shut()
  }

  const look = () => {
    if (page.isHidden()) {
      hiding ??= close || opening ? setTimeout(sleep, hiddenTimeout) : undefined
    } else {
      clearTimeout(hiding)
      hiding = undefined
    }
    if (!page.isOnline()) {
      shut()
      become("away")
    } else if (!page.isHidden() && !close && isWanted()) {
      failures = 0
      openAfter(0)
    }
  }

  return {
    /** Opens the stream anew after so many milliseconds; what it follows has changed. */
    reopen(milliseconds: number) {
      if (isWanted()) {
        stopListening ??= page.listen(look)
        // While it is lost, the next try has its time.
        if (close || opening === undefined) openAfter(milliseconds)
        return
      }
      stopListening?.()
      stopListening = undefined
      clearTimeout(hiding)
      hiding = undefined
      shut()
    },
    /** Stays with the stream that is open. */
    keep() {
      if (!close) return
      clearTimeout(opening)
      opening = undefined
    },
    state: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
