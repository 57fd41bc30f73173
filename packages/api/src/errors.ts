import { type FailureDetail, type Reason, reasons } from "@strudel-agent/contract/reason"
import { fieldsOf, inWords } from "@strudel-agent/contract/refused-fields"
import {
  isAway,
  isConflict,
  isOutOfMemory,
  isReadOnly,
  isStorageFailed,
  isStorageFull,
  isTimeout,
} from "@strudel-agent/database/errors"
import { LibraryError, badInput as refusedInput } from "@strudel-agent/library/failure"
import { TRPCError } from "@trpc/server"
import { z } from "zod"

const words: Partial<Record<Reason, string>> = {
  PATH_NOT_FOUND: "There is nothing at this path.",
  METHOD_NOT_ALLOWED: "This path does not take that method.",
  BODY_NOT_JSON: "The body must be JSON, with content-type application/json.",
  TOKEN_REQUIRED: "This server asks for a token: send it as `Authorization: Bearer …`.",
  SERVER_BUSY: "The server reads as much as it can at once. Try again in a moment.",
  ANALYSER_BUSY: "The server listens to as much code as it can. Try again in a moment.",
  DATABASE_AWAY: "The database is away. Try again in a moment.",
  DATABASE_TIMEOUT: "The database took too long. Try again in a moment.",
  DATABASE_READ_ONLY: "The database takes no changes at the moment: it lets itself be read alone.",
  DATABASE_OUT_OF_MEMORY: "The database has run out of memory. Try again in a moment.",
  STORAGE_FULL: "The disk of the database is full. Nothing can be stored until there is room.",
  STORAGE_FAILED: "The disk of the database cannot be read or written.",
  SOCKET_REFUSED: "This server opens no WebSocket.",
  INTERNAL: "Something went wrong on the server.",
}

/** An expected failure: a reason of the table, words for people, and what a program may want to know. */
export class ApiError extends TRPCError {
  readonly reason: Reason
  readonly detail: FailureDetail

  constructor(reason: Reason, message?: string, detail: FailureDetail & { cause?: unknown } = {}) {
    const { cause, ...rest } = detail
    super({ code: reasons[reason], message: message ?? words[reason] ?? reason, cause })
    this.name = "ApiError"
    this.reason = reason
    this.detail = rest
  }
}

/** What the library refused, as the doors carry it. */
const ofLibrary = ({ reason, message, detail, cause }: LibraryError): ApiError =>
  new ApiError(reason, message, { ...detail, cause })

/** Bad input that only a door can tell: names the field and what is wrong with it. */
export const badInput = (field: string, problem: string): ApiError => ofLibrary(refusedInput(field, problem))

/** What a caller is told of a failure. */
export interface Failure extends FailureDetail {
  reason: Reason
  message: string
}

const ofCode: Partial<Record<TRPCError["code"], Reason>> = {
  PARSE_ERROR: "BAD_INPUT",
  BAD_REQUEST: "BAD_INPUT",
  NOT_FOUND: "PATH_NOT_FOUND",
  METHOD_NOT_SUPPORTED: "METHOD_NOT_ALLOWED",
  UNSUPPORTED_MEDIA_TYPE: "BODY_NOT_JSON",
  PAYLOAD_TOO_LARGE: "BODY_TOO_LARGE",
}

/** What is told of an error; an unexpected one is told without any detail. */
export function failureOf(error: TRPCError): Failure {
  if (error instanceof ApiError) return { reason: error.reason, message: error.message, ...error.detail }
  if (error.code === "BAD_REQUEST" && error.cause instanceof z.core.$ZodError) {
    const fields = fieldsOf(error.cause)
    return { reason: "BAD_INPUT", message: inWords(fields), fields }
  }
  const reason = ofCode[error.code] ?? "INTERNAL"
  return { reason, message: reason === "BAD_INPUT" ? error.message : (words[reason] ?? error.message) }
}

const conditions: [(error: unknown) => boolean, Reason][] = [
  [isStorageFull, "STORAGE_FULL"],
  [isStorageFailed, "STORAGE_FAILED"],
  [isOutOfMemory, "DATABASE_OUT_OF_MEMORY"],
  [isReadOnly, "DATABASE_READ_ONLY"],
  [isTimeout, "DATABASE_TIMEOUT"],
  [isAway, "DATABASE_AWAY"],
]

/** Turns what the library or the database threw into an expected failure where it is one. */
export function translateError(error: TRPCError): TRPCError {
  if (error instanceof ApiError) return error
  if (error.cause instanceof LibraryError) return ofLibrary(error.cause)
  if (isConflict(error.cause)) {
    return new ApiError("SERVER_BUSY", "Others change the same at this moment. Try again.", { cause: error.cause })
  }
  const reason = conditions.find(([is]) => is(error.cause))?.[1]
  return reason === undefined ? error : new ApiError(reason, undefined, { cause: error.cause })
}
