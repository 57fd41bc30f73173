import { isRecord } from "@strudel-agent/contract/is-record"
import type { LiveChange, LiveKind } from "@strudel-agent/contract/live"
import type { LibraryEvent } from "./live-store.ts"

/** A cached query: the router that it asks, and what its input says about which items. */
export interface QueryPlace {
  router: string
  id?: unknown
  projectId?: unknown
}

/** The routers whose answers show something of a kind. */
const shownBy: Record<LiveKind, readonly string[]> = {
  session: ["session"],
  clip: ["clip", "song", "project"],
  song: ["song", "clip", "playlist", "project"],
  playlist: ["playlist", "song", "project"],
  project: ["project"],
}

/** Procedures that list items of any project by one that is named. */
const lists: readonly string[] = ["clip.similar"]

/** Which router a cached query asks, and about which item. */
export function placeOf([path, call]: readonly unknown[]): QueryPlace {
  const [router, procedure] = Array.isArray(path) ? path.map(String) : []
  if (router === undefined) return { router: "" }
  if (lists.includes(`${router}.${procedure}`)) return { router }
  const input = isRecord(call) && isRecord(call.input) ? call.input : {}
  return { router, id: input.id, projectId: input.projectId }
}

const isText = (value: unknown): value is string => typeof value === "string"

/** Whether the answer to a query may be another one since a change. */
export function concerns({ router, id, projectId }: QueryPlace, change: LiveChange): boolean {
  if (!shownBy[change.kind].includes(router)) return false
  if (router === "project") return !isText(id) || id === change.projectId
  if (isText(projectId) && projectId !== change.projectId) return false
  // A list shows its own kind; an item shows what it is made of and where it is used.
  return router === change.kind ? !isText(id) || id === change.id : isText(id)
}

/** Whether the answer to a query tells of anything that changes are told of. */
export const isLibrary = ({ router }: QueryPlace): boolean => Object.hasOwn(shownBy, router)

export interface HintOptions {
  /** Reads again what is shown of these queries; resolves when that is done. */
  readAgain(isStale: (place: QueryPlace) => boolean): Promise<unknown>
  /** Whether something is being written, which an answer from before must not overtake. */
  isWriting(): boolean
}

/** Milliseconds between two readings, however much changes. */
const pause = 1000

/** Gathers what changed and has it read again: the first at once, later ones at most once a second. */
export function createHints({ readAgain, isWriting }: HintOptions) {
  let changes: LiveChange[] = []
  let everything = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false

  async function work(): Promise<void> {
    if (!isWriting() && (everything || changes.length > 0)) {
      const hints = everything ? undefined : changes
      changes = []
      everything = false
      await readAgain((place) => (hints ? hints.some((change) => concerns(place, change)) : isLibrary(place))).catch(
        // The query itself says what went wrong.
        () => undefined,
      )
    }
    if (stopped) return
    timer = setTimeout(() => {
      timer = undefined
      if (everything || changes.length > 0) start()
    }, pause)
  }

  // A timer that is set says that a reading was less than a second ago.
  const start = () => {
    timer ??= setTimeout(() => void work(), 0)
  }

  return {
    hear(event: LibraryEvent): void {
      if (event.type === "refresh") everything = true
      else if (!everything) changes.push(...event.changes)
      if (everything) changes = []
      if (everything || changes.length > 0) start()
    },
    stop(): void {
      stopped = true
      clearTimeout(timer)
    },
  }
}
