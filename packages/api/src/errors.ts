import { type FailureDetail, type Reason, reasons, wordsForPrograms } from "@strudel-agent/contract/reason"
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

/** What a caller is told of a reason that nobody says more of. */
const wordsOf = (reason: Reason): string => wordsForPrograms[reason] ?? reasons[reason].words

/** An expected failure: a reason of the table, words for people, and what a program may want to know. */
export class ApiError extends TRPCError {
  readonly reason: Reason
  readonly detail: FailureDetail

  constructor(reason: Reason, message?: string, detail: FailureDetail & { cause?: unknown } = {}) {
    const { cause, ...rest } = detail
    super({ code: reasons[reason].code, message: message ?? wordsOf(reason), cause })
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
  const isOwn = reason === "BAD_INPUT" || reason === "BODY_TOO_LARGE"
  return { reason, message: isOwn ? error.message : wordsOf(reason) }
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
