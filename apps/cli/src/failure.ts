import { fieldsOf, namesOf, reasonOf } from "@strudel-agent/client/reason"
import type { Reason } from "@strudel-agent/contract/reason"
import { ImportProblem } from "@strudel-agent/importer/import-problem"
import { printable } from "@strudel-agent/importer/printable"
import { exitCodeOfReason, exitCodes } from "./exit-code.ts"

/** A failure that its words explain. */
export class Failure extends Error {
  readonly exitCode: number = exitCodes.failed
}

/** The command was called in a way that it does not understand. */
export class UsageError extends Failure {
  override readonly exitCode: number = exitCodes.usage
}

export interface FailureText {
  reason: string
  message: string
  fields?: Record<string, string>
  names?: string[]
}

/** The exit code of a command that ended with an error. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Failure) return error.exitCode
  const reason = reasonOf(error)
  if (reason !== undefined) return exitCodeOfReason(reason)
  return error instanceof ImportProblem && error.wrongly ? exitCodes.usage : exitCodes.failed
}

/** What was asked for was not done, for a reason of the table. */
export class Refusal extends Failure {
  readonly reason: Reason
  override readonly exitCode: number

  constructor(reason: Reason, message: string) {
    super(message)
    this.reason = reason
    this.exitCode = exitCodeOfReason(reason)
  }
}

/** What answers at the address is no server of ours. */
export class OtherServer extends Failure {
  override readonly exitCode: number = exitCodes.unreachable
}

/** No server was reached. */
export class Unreachable extends Failure {
  override readonly exitCode: number = exitCodes.unreachable

  constructor(url: string) {
    super(`No server answers at ${url}. Start it with \`npm start\`, or set STRUDEL_URL.`)
  }
}

const fileWords: Record<string, string> = {
  ENOENT: "there is no such file or folder",
  EACCES: "permission denied",
  EPERM: "not permitted",
  ENOTDIR: "is not a folder",
  EISDIR: "is a folder",
  ENOSPC: "the disk is full",
  EROFS: "the disk is read-only",
  ELOOP: "is a link, which is not followed",
  ENAMETOOLONG: "the name is too long",
  EMFILE: "too many files are open",
  EIO: "the disk does not answer",
}

/** What went wrong with a file, in words. */
export function fileProblem(error: unknown): string {
  const { code } = systemError(error) ?? {}
  return (code && fileWords[code]) ?? (error instanceof Error ? error.message : String(error))
}

function systemError(error: unknown): { code: string; path?: string } | undefined {
  if (!(error instanceof Error) || !("syscall" in error) || !("code" in error)) return undefined
  const { code } = error
  const path = "path" in error && typeof error.path === "string" ? { path: error.path } : {}
  return typeof code === "string" ? { code, ...path } : undefined
}

/** What is told of an error: in words, without a stack. */
export function describeFailure(
  error: unknown,
  { url, token }: { url: string; token: string | undefined },
): FailureText {
  if (error instanceof Unreachable) return { reason: "UNREACHABLE", message: error.message }
  if (error instanceof Refusal) return { reason: error.reason, message: error.message }
  if (error instanceof Failure || error instanceof ImportProblem) return { reason: "FAILED", message: error.message }
  const reason = reasonOf(error)
  if (reason !== undefined && error instanceof Error) return callFailure(error, { reason, url, token })
  const system = systemError(error)
  if (system?.path) return { reason: "FAILED", message: `${system.path}: ${fileProblem(error)}` }
  const message = error instanceof Error ? error.message : String(error)
  return { reason: "FAILED", message: `Something went wrong: ${message} (DEBUG=strudel shows where).` }
}

function callFailure(error: Error, call: { reason: string; url: string; token: string | undefined }): FailureText {
  const { reason, url, token } = call
  if (reason === "UNREACHABLE") return { reason, message: new Unreachable(url).message }
  if (reason === "TOKEN_REQUIRED") {
    const message = token
      ? `The server at ${url} does not accept the STRUDEL_TOKEN.`
      : `The server at ${url} asks for a token: set STRUDEL_TOKEN.`
    return { reason, message }
  }
  const fields = fieldsOf(error)
  const names = namesOf(error)
  return {
    reason,
    message: error.message,
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
    ...(names.length > 0 ? { names } : {}),
  }
}

/** A failure as lines for people; a name in it may be anybody's. */
export function inLines({ message, fields = {}, names = [] }: FailureText): string {
  const unsaid = [
    ...Object.entries(fields).flatMap(([field, problem]) => (message.includes(field) ? [] : [`${field}: ${problem}`])),
    ...names.filter((name) => !message.includes(name)),
  ]
  return printable([message, ...unsaid.map((line) => `  ${line}`)].join("\n"))
}
