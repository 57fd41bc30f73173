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

/** By the status that carries a reason: whatever it is, a server answered. */
const codes: Record<ServerCode, number> = {
  BAD_REQUEST: exitCodes.refused,
  NOT_FOUND: exitCodes.notFound,
  METHOD_NOT_SUPPORTED: exitCodes.refused,
  PAYLOAD_TOO_LARGE: exitCodes.refused,
  UNSUPPORTED_MEDIA_TYPE: exitCodes.refused,
  UNAUTHORIZED: exitCodes.refused,
  FORBIDDEN: exitCodes.refused,
  TOO_MANY_REQUESTS: exitCodes.refused,
  SERVICE_UNAVAILABLE: exitCodes.refused,
  INTERNAL_SERVER_ERROR: exitCodes.failed,
  CONFLICT: exitCodes.conflict,
}

/** Reasons that mean another thing to a script than their status says. */
const others: Partial<Record<Reason, number>> = {
  // Nothing is there to be asked, as where no server is.
  DATABASE_AWAY: exitCodes.unreachable,
  // Limits that are reached: there is nobody to come to terms with.
  SESSION_METADATA_FULL: exitCodes.refused,
  CLIP_METADATA_FULL: exitCodes.refused,
  MEMORY_FILES_FULL: exitCodes.refused,
  VIEWS_FULL: exitCodes.refused,
}

/** The exit code of a command that a call of this reason ended. */
export function exitCodeOfReason(reason: Reason | "UNREACHABLE"): number {
  if (reason === "UNREACHABLE") return exitCodes.unreachable
  return others[reason] ?? codes[reasons[reason].code]
}
