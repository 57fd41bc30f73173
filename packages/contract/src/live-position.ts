/**
 * How far a reader of live events has come, as the text that every event bears as its id: `moment.server` of the
 * library's feed, and for each session `;id:index` of its last message, or `;id:gone`.
 */
export interface LivePosition {
  library: LibraryPosition | undefined
  sessions: Map<string, number | "gone">
}

export interface LibraryPosition {
  /** Milliseconds since 1970 by the database's clock. */
  moment: number
  /** The server that told it. */
  server: string
}

const pattern = /^(?:(\d{1,15})\.([a-z0-9]{1,32}))?((?:;[0-9a-f-]{36}:(?:-1|\d{1,10}|gone))*)$/

/** Reads the id of an event; undefined where it is none. */
export function parsePosition(id: string): LivePosition | undefined {
  const match = pattern.exec(id)
  if (!match) return undefined
  const [, moment, server, sessions = ""] = match
  return {
    library: moment !== undefined && server !== undefined ? { moment: Number(moment), server } : undefined,
    sessions: new Map(
      sessions
        .split(";")
        .slice(1)
        .map((part) => {
          const [sessionId = "", index] = part.split(":")
          return [sessionId, index === "gone" ? index : Number(index)]
        }),
    ),
  }
}

/** Writes a position as the id of an event. */
export const formatPosition = ({ library, sessions }: LivePosition): string =>
  [library ? `${library.moment}.${library.server}` : "", ...[...sessions].map((pair) => pair.join(":"))].join(";")

/** The part of an event's id that tells how far the library was followed: itself an id to go on from. */
export const libraryPart = (id: string): string => id.split(";", 1)[0] ?? ""
