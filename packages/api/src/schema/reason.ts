/** Every failure that a caller may branch on, and the tRPC code that carries it; the HTTP status follows from the code. */
export const reasons = {
  BAD_INPUT: "BAD_REQUEST",
  PATH_NOT_FOUND: "NOT_FOUND",
  METHOD_NOT_ALLOWED: "METHOD_NOT_SUPPORTED",
  BODY_TOO_LARGE: "PAYLOAD_TOO_LARGE",
  BODY_NOT_JSON: "UNSUPPORTED_MEDIA_TYPE",
  TOKEN_REQUIRED: "UNAUTHORIZED",
  HOST_REFUSED: "FORBIDDEN",
  ORIGIN_REFUSED: "FORBIDDEN",
  TOO_MANY_STREAMS: "TOO_MANY_REQUESTS",
  DATABASE_AWAY: "SERVICE_UNAVAILABLE",
  DATABASE_TIMEOUT: "SERVICE_UNAVAILABLE",
  INTERNAL: "INTERNAL_SERVER_ERROR",
  AMBIGUOUS_ID: "CONFLICT",
  PROJECT_NOT_FOUND: "NOT_FOUND",
  PROJECT_EXISTS: "CONFLICT",
  PROJECT_CHANGED: "CONFLICT",
  SESSION_NOT_FOUND: "NOT_FOUND",
  SESSION_EXISTS: "CONFLICT",
  SESSION_TERMINATED: "CONFLICT",
  SESSION_CHANGED: "CONFLICT",
  MESSAGE_NOT_FOUND: "NOT_FOUND",
  SESSION_METADATA_FULL: "CONFLICT",
  MESSAGE_MISMATCH: "CONFLICT",
  MEMORY_FILE_NOT_FOUND: "NOT_FOUND",
  MEMORY_FILE_EXISTS: "CONFLICT",
  MEMORY_FILES_FULL: "CONFLICT",
  CLIP_NOT_FOUND: "NOT_FOUND",
  CLIP_EXISTS: "CONFLICT",
  CLIP_IN_USE: "CONFLICT",
  CLIP_CHANGED: "CONFLICT",
  CLIP_METADATA_FULL: "CONFLICT",
  CLIP_VERSION_NOT_FOUND: "NOT_FOUND",
  CLIP_PICTURE_NOT_FOUND: "NOT_FOUND",
  ANALYSER_BUSY: "TOO_MANY_REQUESTS",
  SONG_NOT_FOUND: "NOT_FOUND",
  SONG_EXISTS: "CONFLICT",
  SONG_IN_USE: "CONFLICT",
  SONG_CHANGED: "CONFLICT",
  PLAYLIST_NOT_FOUND: "NOT_FOUND",
  PLAYLIST_EXISTS: "CONFLICT",
  VIEW_NOT_FOUND: "NOT_FOUND",
  VIEW_EXISTS: "CONFLICT",
  VIEWS_FULL: "CONFLICT",
  PLAYLIST_CHANGED: "CONFLICT",
} as const

export type Reason = keyof typeof reasons

/** What a failure tells besides its message. */
export interface FailureDetail {
  /** Per path of an input field, what is wrong with it. */
  fields?: Record<string, string>
  /** Ids or names of what stands in the way: the songs that use a clip, the projects that own an id. */
  names?: string[]
}

/** Narrows a text to a reason of the table. */
export const isReason = (value: unknown): value is Reason => typeof value === "string" && Object.hasOwn(reasons, value)
