interface ReasonFacts {
  /** The tRPC code that carries it; the HTTP status follows from that. */
  code: string
  /** Seconds after which another try makes sense, where the reason passes by itself. */
  retryAfter?: number
  /** What people read of it in the page. */
  words: string
}

/** Every failure that a caller may branch on. */
export const reasons = {
  BAD_INPUT: { code: "BAD_REQUEST", words: "The server did not understand this. Check what you filled in." },
  PATH_NOT_FOUND: {
    code: "NOT_FOUND",
    words: "The server has nothing at this address. The page may be older than the server: reload it.",
  },
  METHOD_NOT_ALLOWED: { code: "METHOD_NOT_SUPPORTED", words: "The server does not take this kind of call." },
  BODY_TOO_LARGE: { code: "PAYLOAD_TOO_LARGE", words: "This is more than the server takes at once." },
  BODY_NOT_JSON: { code: "UNSUPPORTED_MEDIA_TYPE", words: "The server could not read what was sent." },
  TOKEN_REQUIRED: { code: "UNAUTHORIZED", words: "This server asks for a token that the page does not have." },
  HOST_REFUSED: { code: "FORBIDDEN", words: "The server does not answer under this address." },
  ORIGIN_REFUSED: { code: "FORBIDDEN", words: "The server does not take calls from this page." },
  SOCKET_REFUSED: { code: "FORBIDDEN", words: "The server opens no WebSocket." },
  TOO_MANY_STREAMS: {
    code: "TOO_MANY_REQUESTS",
    retryAfter: 5,
    words: "The server has as many live pages open as it can. Close some of them.",
  },
  SERVER_BUSY: {
    code: "SERVICE_UNAVAILABLE",
    retryAfter: 1,
    words: "The server has as much to read as it can. Try again in a moment.",
  },
  DATABASE_AWAY: {
    code: "SERVICE_UNAVAILABLE",
    retryAfter: 1,
    words: "The database is away. It usually comes back within moments.",
  },
  DATABASE_TIMEOUT: { code: "SERVICE_UNAVAILABLE", retryAfter: 1, words: "The database took too long to answer." },
  DATABASE_READ_ONLY: {
    code: "SERVICE_UNAVAILABLE",
    retryAfter: 5,
    words: "The database lets itself be read alone at the moment: nothing can be stored.",
  },
  DATABASE_OUT_OF_MEMORY: {
    code: "SERVICE_UNAVAILABLE",
    retryAfter: 1,
    words: "The database has run out of memory. It usually recovers within moments.",
  },
  STORAGE_FULL: {
    code: "SERVICE_UNAVAILABLE",
    retryAfter: 5,
    words: "The disk is full: nothing can be stored until the server has room.",
  },
  STORAGE_FAILED: { code: "SERVICE_UNAVAILABLE", retryAfter: 5, words: "The server's disk cannot be read or written." },
  INTERNAL: { code: "INTERNAL_SERVER_ERROR", words: "Something went wrong on the server." },
  AMBIGUOUS_ID: { code: "CONFLICT", words: "Several projects have an item of this id." },
  PROJECT_NOT_FOUND: { code: "NOT_FOUND", words: "There is no such project." },
  PROJECT_EXISTS: { code: "CONFLICT", words: "There is a project of this id already." },
  PROJECT_CHANGED: { code: "CONFLICT", words: "The project has changed since you opened it." },
  SESSION_NOT_FOUND: { code: "NOT_FOUND", words: "There is no such session." },
  SESSION_EXISTS: { code: "CONFLICT", words: "There is a session of this id already." },
  SESSION_TERMINATED: { code: "CONFLICT", words: "This session is terminated and takes no more messages." },
  SESSION_CHANGED: { code: "CONFLICT", words: "The session has other messages since you read it." },
  MESSAGE_NOT_FOUND: { code: "NOT_FOUND", words: "The session has no such message." },
  SESSION_METADATA_FULL: { code: "CONFLICT", words: "The session's metadata has no room for this." },
  MESSAGE_MISMATCH: { code: "CONFLICT", words: "Another message is stored in this one's place." },
  MEMORY_FILE_NOT_FOUND: { code: "NOT_FOUND", words: "The session has no such memory file." },
  MEMORY_FILE_EXISTS: { code: "CONFLICT", words: "The session has this memory file already." },
  MEMORY_FILES_FULL: { code: "CONFLICT", words: "The session holds as many memory files as it can." },
  CLIP_NOT_FOUND: { code: "NOT_FOUND", words: "There is no such clip." },
  CLIP_EXISTS: { code: "CONFLICT", words: "The project has a clip of this id already." },
  CLIP_IN_USE: { code: "CONFLICT", words: "Songs use this clip." },
  CLIP_CHANGED: { code: "CONFLICT", words: "The clip has changed since you opened it." },
  CLIP_METADATA_FULL: { code: "CONFLICT", words: "The clip holds as much metadata as it can." },
  CLIP_VERSION_NOT_FOUND: { code: "NOT_FOUND", words: "The clip has no such version." },
  CLIP_PICTURE_NOT_FOUND: {
    code: "NOT_FOUND",
    words: "There is no picture of this clip: it makes no sound, or is still being listened to.",
  },
  ANALYSER_BUSY: {
    code: "TOO_MANY_REQUESTS",
    retryAfter: 1,
    words: "The server listens to as much code as it can. Try again in a moment.",
  },
  SONG_NOT_FOUND: { code: "NOT_FOUND", words: "There is no such song." },
  SONG_EXISTS: { code: "CONFLICT", words: "The project has a song of this id already." },
  SONG_IN_USE: { code: "CONFLICT", words: "Playlists use this song." },
  SONG_CHANGED: { code: "CONFLICT", words: "The song has changed since you opened it." },
  SONG_VERSION_NOT_FOUND: { code: "NOT_FOUND", words: "The song has no such version." },
  SONG_CLIPS_MISSING: { code: "CONFLICT", words: "Clips of that version are gone." },
  PLAYLIST_NOT_FOUND: { code: "NOT_FOUND", words: "There is no such playlist." },
  PLAYLIST_EXISTS: { code: "CONFLICT", words: "The project has a playlist of this id already." },
  PLAYLIST_CHANGED: { code: "CONFLICT", words: "The playlist has changed since you opened it." },
  PLAYLIST_VERSION_NOT_FOUND: { code: "NOT_FOUND", words: "The playlist has no such version." },
  PLAYLIST_SONGS_MISSING: { code: "CONFLICT", words: "Songs of that version are gone." },
  NOTHING_ASKED: { code: "CONFLICT", words: "There is no message in this session that the agent could answer." },
  RUN_NOT_FOUND: { code: "NOT_FOUND", words: "There is no such run." },
  RUN_OPEN: { code: "CONFLICT", words: "The agent is still at work in this session." },
  RUN_ENDED: { code: "CONFLICT", words: "This run has ended, or another process works on it." },
  RUN_TOO_LONG: { code: "PAYLOAD_TOO_LARGE", words: "The run has written as much as it may." },
  RUN_CHANGE_NOT_FOUND: { code: "NOT_FOUND", words: "There is no such change." },
  RUN_CHANGE_NEEDS: {
    code: "CONFLICT",
    words: "This change needs others that wait for approval, too, as they were proposed last.",
  },
  RUN_CHANGE_DECIDED: { code: "CONFLICT", words: "This change was decided already." },
  AGENT_MAY_NOT: { code: "FORBIDDEN", words: "The agent may not do this; a person can." },
  AGENT_NOT_KEPT: { code: "NOT_FOUND", words: "This server keeps no settings of an agent." },
  AGENT_SETTINGS_BROKEN: { code: "CONFLICT", words: "The saved settings of the agent cannot be read." },
  REFERENCE_NOT_FOUND: { code: "NOT_FOUND", words: "Nothing of the language is called so." },
  VIEW_NOT_FOUND: { code: "NOT_FOUND", words: "There is no such view any more." },
  VIEW_EXISTS: { code: "CONFLICT", words: "There is a view of this name already." },
  VIEWS_FULL: { code: "CONFLICT", words: "There are as many views as there can be. Delete one first." },
} as const satisfies Record<string, ReasonFacts>

export type Reason = keyof typeof reasons

/** Seconds after which another try makes sense; undefined where the reason does not pass by itself. */
export function retryAfter(reason: Reason): number | undefined {
  const facts: ReasonFacts = reasons[reason]
  return facts.retryAfter
}

/** What programs are told of a reason, where that is another thing than what people read and no use case says more. */
export const wordsForPrograms: Partial<Record<Reason, string>> = {
  PATH_NOT_FOUND: "There is nothing at this path.",
  METHOD_NOT_ALLOWED: "This path does not take that method.",
  BODY_NOT_JSON: "The body must be JSON, with content-type application/json.",
  TOKEN_REQUIRED: "This server asks for a token: send it as `Authorization: Bearer …`.",
  SERVER_BUSY: "The server reads as much as it can at once. Try again in a moment.",
  DATABASE_AWAY: "The database is away. Try again in a moment.",
  DATABASE_TIMEOUT: "The database took too long. Try again in a moment.",
  DATABASE_READ_ONLY: "The database takes no changes at the moment: it lets itself be read alone.",
  DATABASE_OUT_OF_MEMORY: "The database has run out of memory. Try again in a moment.",
  STORAGE_FULL: "The disk of the database is full. Nothing can be stored until there is room.",
  STORAGE_FAILED: "The disk of the database cannot be read or written.",
  SOCKET_REFUSED: "This server opens no WebSocket.",
}

/** What a failure tells besides its message. */
export interface FailureDetail {
  /** Per path of an input field, what is wrong with it. */
  fields?: Record<string, string>
  /** Ids or names of what stands in the way, or was probably meant: the songs that use a clip, the projects that own an id. */
  names?: string[]
}

/** Narrows a text to a reason of the table. */
export const isReason = (value: unknown): value is Reason => typeof value === "string" && Object.hasOwn(reasons, value)
