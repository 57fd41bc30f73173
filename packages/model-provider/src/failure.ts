import { APICallError } from "@ai-sdk/provider"
import type { RunFailure } from "@strudel-agent/contract/run"
import type { ChosenModel } from "./chosen-model.ts"
import { withoutSecrets } from "./secrets.ts"

/** What went wrong with a provider. */
export interface ProviderProblem {
  failure: RunFailure
  /** Milliseconds after which another try makes sense; undefined where none does. */
  retryAfter: number | undefined
}

/** Whom it went wrong with: what is told of a failure has no part of a key in it. */
export interface Asked extends Pick<ChosenModel, "name"> {
  model?: string | undefined
  secrets: readonly string[]
}

/** A provider sent more than is read of one answer. */
export class ResponseTooLong extends Error {}

/** A provider sent nothing for too long. */
export class ProviderSilent extends Error {
  readonly seconds: number

  constructor(seconds: number) {
    super(`Nothing came for ${seconds} s`)
    this.seconds = seconds
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null

const usualPause = 1000
const longestQuote = 300
const longestWords = 450

/** Milliseconds that an answer asks to wait, which it says in seconds or as a date. */
export function pauseOf(headers: Record<string, string> | undefined, now = Date.now()): number | undefined {
  const milliseconds = Number(headers?.["retry-after-ms"] || Number.NaN)
  if (milliseconds >= 0) return milliseconds
  const text = headers?.["retry-after"]
  if (!text) return undefined
  const seconds = Number(text)
  if (seconds >= 0) return seconds * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

/** The message of an error, of whatever shape a provider sends it in the middle of its answer. */
function messageOf(error: unknown): string {
  if (typeof error === "string") return error
  return isRecord(error) && typeof error.message === "string" ? error.message : ""
}

/** Milliseconds that Google asks to wait, which it says in the details of its error. */
function pauseInBody(body: string): number | undefined {
  const [, seconds] = /"retryDelay":\s*"([\d.]+)s"/.exec(body) ?? []
  return seconds === undefined ? undefined : Number(seconds) * 1000
}

/** What a provider says in an error that it sent; as short as it is worth reading. */
function quoteOf(error: unknown, secrets: readonly string[]): string {
  const message = messageOf(error)
  const text = withoutSecrets(message.replace(/\s+/g, " ").trim(), secrets)
  const short = text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text
  return short === "" ? "." : `: ${short}${/[.?!…]$/.test(short) ? "" : "."}`
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error ? ("code" in error ? error.code : codeOf(error.cause)) : undefined

/** Codes of a connection that could not be made, and of one that ended too early. */
const unreachable = new Set<unknown>([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
])

function ofStatus(error: APICallError, { name, model, secrets }: Asked): ProviderProblem {
  const { statusCode: status = 0, responseHeaders, responseBody = "" } = error
  const failed = (words: string, retryAfter?: number): ProviderProblem => ({
    failure: { reason: "provider", words },
    retryAfter,
  })
  // Google takes a wrong key for a wrong argument.
  if (status === 401 || status === 403 || responseBody.includes("API_KEY_INVALID"))
    return failed(`${name} refuses the key or what it may do (${status}): check it in the settings.`)
  if (status === 402 || (status === 429 && responseBody.includes("insufficient_quota"))) {
    return failed(`${name} says that the account has no credit left (${status}).`)
  }
  if (status === 404)
    return failed(`${name} has no model "${model ?? ""}" at its address (404): choose another one in the settings.`)
  if (status === 429) {
    const pause = pauseOf(responseHeaders) ?? pauseInBody(responseBody)
    const words = `${name} takes no more requests for the moment (429). Try again later.`
    return { failure: { reason: "rate-limit", words }, retryAfter: pause ?? usualPause }
  }
  if (status >= 500 || status === 408) {
    return failed(
      `${name} has trouble of its own (${status}). Try again later.`,
      pauseOf(responseHeaders) ?? usualPause,
    )
  }
  if (status >= 300 && status < 400)
    return failed(`${name} answers from another address than the one that is set (${status}).`)
  if (status >= 400) return failed(`${name} did not take the request (${status})${quoteOf(error, secrets)}`)
  return failed(`${name} sent an answer that could not be read.`)
}

/** Words as they can be stored, whatever a provider says. */
const storableWords = (words: string): string => words.replaceAll("\u0000", "").slice(0, longestWords).toWellFormed()

/** What is told of an error that came of asking a provider. */
export function problemOf(error: unknown, asked: Asked): ProviderProblem {
  const { failure, retryAfter } = ofError(error, asked)
  return { failure: { ...failure, words: storableWords(failure.words) }, retryAfter }
}

function ofError(error: unknown, asked: Asked): ProviderProblem {
  const { name, secrets } = asked
  const failed = (words: string, retryAfter?: number): ProviderProblem => ({
    failure: { reason: "provider", words },
    retryAfter,
  })
  if (error instanceof ProviderSilent) return failed(`${name} sent nothing for ${error.seconds} s.`, usualPause)
  if (error instanceof ResponseTooLong) return failed(`${name} sent more than is read of one answer.`)
  if (APICallError.isInstance(error) && error.statusCode !== undefined) {
    // An answer that began well and could not be read to its end.
    if (error.statusCode < 300 && error.cause !== undefined) return ofError(error.cause, asked)
    return ofStatus(error, asked)
  }
  const code = codeOf(error)
  if (unreachable.has(code)) return failed(`${name} cannot be reached (${String(code)}).`, usualPause)
  if (error instanceof Error && /JSON|Type validation|Zod|parse/i.test(`${error.name} ${error.message}`)) {
    return failed(`${name} sent an answer that could not be read.`)
  }
  if (error instanceof Error) return failed(`The connection to ${name} was lost.`, usualPause)
  // What a provider says in the middle of its answer comes as a text, or as what it sent.
  return failed(`${name} broke off${quoteOf(error, secrets)}`, usualPause)
}
