import { type Reason, reasons } from "@strudel-agent/contract/reason"

/** What a command ends with, by what became of it. The numbers are a promise to scripts. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  refused: 4,
  conflict: 5,
  unreachable: 6,
  interrupted: 130,
} as const

type ServerCode = (typeof reasons)[Reason]["code"]

const codes: Record<ServerCode, number> = {
  BAD_REQUEST: exitCodes.refused,
  NOT_FOUND: exitCodes.notFound,
  METHOD_NOT_SUPPORTED: exitCodes.refused,
  PAYLOAD_TOO_LARGE: exitCodes.refused,
  UNSUPPORTED_MEDIA_TYPE: exitCodes.refused,
  UNAUTHORIZED: exitCodes.refused,
  FORBIDDEN: exitCodes.refused,
  TOO_MANY_REQUESTS: exitCodes.refused,
  SERVICE_UNAVAILABLE: exitCodes.unreachable,
  INTERNAL_SERVER_ERROR: exitCodes.failed,
  CONFLICT: exitCodes.conflict,
}

/** Limits that are reached: a server answered, and there is nobody to come to terms with. */
const limitsReached: readonly Reason[] = [
  "SESSION_METADATA_FULL",
  "CLIP_METADATA_FULL",
  "MEMORY_FILES_FULL",
  "VIEWS_FULL",
  "STORAGE_FULL",
  "SERVER_BUSY",
]

/** The exit code of a command that a call of this reason ended. */
export function exitCodeOfReason(reason: Reason | "UNREACHABLE"): number {
  if (reason === "UNREACHABLE") return exitCodes.unreachable
  return limitsReached.includes(reason) ? exitCodes.refused : codes[reasons[reason].code]
}
