import type { AppRouter } from "@strudel-agent/api/root"
import { limits } from "@strudel-agent/contract/limits"
import {
  httpBatchLink,
  httpLink,
  type Operation,
  retryLink,
  splitLink,
  type TRPCClientError,
  type TRPCLink,
} from "@trpc/client"
import type { Answer, Fetch } from "./fetch.ts"
import { identifyMessages } from "./identify-messages.ts"
import { createsNamedSession, identifySessions } from "./identify-sessions.ts"
import { lazyLink } from "./lazy-link.ts"

export interface ClientOptions {
  /** The front door's address, without a path; "" is the page's own origin. */
  url: string
  /** Sent as a bearer token where the server asks for one. */
  token?: string | undefined
  /** Takes the place of the global fetch. */
  fetch?: Fetch | undefined
  /** Takes the place of the usual retries. */
  retries?: Retries | undefined
  /** Milliseconds after which a try of a call that has no answer is given up; undefined waits for as long as fetch does. */
  timeout?: number | undefined
}

/** A call that failed. */
export interface FailedCall {
  op: Operation
  error: TRPCClientError<AppRouter>
  /** How often it was tried, the first time included. */
  attempts: number
}

/** Which calls are tried again, and when. */
export interface Retries {
  isDue(call: FailedCall): boolean
  /** Milliseconds until the next try after so many. */
  pause(attempts: number): number
}

/** How every call reaches the server. */
export interface HttpOptions {
  url: string
  headers: Record<string, string>
  fetch?: Fetch
}

/** Tries of a call in all, the first included. */
const tries = 6
/** Milliseconds for which the server itself waits and listens to a song. */
const songTime = limits.songAudio.waiting + limits.songAudio.milliseconds
/** Characters of an address that every server and proxy takes. */
const maxUrlLength = 4000

/** Whether the network failed, or the server said that the trouble is its own. */
export function isTransient(error: TRPCClientError<AppRouter>): boolean {
  const status = error.data?.httpStatus ?? httpStatusOf(error)
  if (status !== undefined) return status >= 500 || (status < 300 && error.cause instanceof Error)
  if (error.cause instanceof Error && error.cause.name === "TimeoutError") return true
  // What fetch throws where nothing came; what cannot be written as JSON throws a TypeError of other words.
  return error.cause instanceof TypeError && !/BigInt|circular/i.test(error.message)
}

/** Queries, appends and sessions that are created, up to six times in about five seconds, where the network or the server failed. */
export const usualRetries: Retries = {
  isDue: ({ op, error, attempts }) =>
    attempts < tries &&
    !op.signal?.aborted &&
    (op.type === "query" || op.path === "message.append" || createsNamedSession(op)) &&
    isTransient(error),
  pause: (attempts) => Math.min(100 * 2 ** attempts, 3000) * (0.5 + Math.random() / 2),
}

/** An answer that was no JSON, such as a proxy's page. */
class OtherAnswer extends Error {
  readonly status: number

  constructor(status: number) {
    super(`The answer was no JSON, and its status ${status}`)
    this.status = status
  }
}

/** The status of an answer that was no tRPC answer, such as that of a proxy. */
export const httpStatusOf = ({ cause }: TRPCClientError<AppRouter>): number | undefined =>
  cause instanceof OtherAnswer ? cause.status : undefined

interface Fetching {
  fetch?: Fetch | undefined
  timeout?: number | undefined
}

/** A fetch that tells by an `OtherAnswer` what tRPC would tell as a mistake in its JSON, without the status. */
const fetchJson =
  ({ fetch = globalThis.fetch, timeout }: Fetching) =>
  async (input: Parameters<typeof globalThis.fetch>[0], init?: RequestInit): Promise<Answer> => {
    const url = typeof input === "object" && "url" in input ? input.url : input
    const signals = [init?.signal ?? [], timeout === undefined ? [] : AbortSignal.timeout(timeout)].flat()
    const response = await fetch(url, { ...init, signal: signals.length > 0 ? AbortSignal.any(signals) : null })
    if (response.headers.get("content-type")?.includes("json")) return response
    // Unread, it would hold its connection.
    await response.body?.cancel()
    throw new OtherAnswer(response.status)
  }

/** Whether an input leaves room in an address for what else stands in it. */
const fitsAddress = (input: unknown): boolean =>
  input === undefined || encodeURIComponent(JSON.stringify(input)).length < maxUrlLength - 500

/**
 * The links of a client: queries are batched; queries, appends and sessions that are created are tried up to six times
 * in about five seconds when the network fails or the server answers with 5xx. Messages and sessions get an id first, so
 * what is repeated counts once.
 * A subscription opens its connection again for as long as it lasts, and goes on behind the last event that came; in a
 * browser the page's cookie stands for the token.
 */
export function createLinks({
  url,
  token,
  fetch,
  retries = usualRetries,
  timeout,
}: ClientOptions): TRPCLink<AppRouter>[] {
  const http: HttpOptions = {
    url: `${url.replace(/\/+$/, "")}/trpc`,
    headers: token ? { authorization: `Bearer ${token}` } : {},
    ...(fetch ? { fetch } : {}),
  }
  return [
    identifyMessages,
    identifySessions,
    retryLink<AppRouter>({ retry: (call) => retries.isDue(call), retryDelayMs: (attempts) => retries.pause(attempts) }),
    splitLink({
      condition: ({ type }) => type === "subscription",
      true: lazyLink(async () => (await import("./subscription-link.ts")).createSubscriptionLink(http)),
      false: splitLink({
        condition: ({ path }) => path === "song.audio",
        // No other call of a batch waits for it.
        true: httpLink<AppRouter>({ ...http, fetch: fetchJson({ fetch, timeout: timeout && timeout + songTime }) }),
        false: callLink({ ...http, fetch: fetchJson({ fetch, timeout }) }),
      }),
    }),
  ]
}

type CallOptions = Omit<HttpOptions, "fetch"> & { fetch: ReturnType<typeof fetchJson> }

const callLink = (http: CallOptions): TRPCLink<AppRouter> =>
  splitLink({
    condition: ({ type, input }) => type === "query" && fitsAddress(input),
    true: httpBatchLink<AppRouter>({ ...http, maxItems: limits.batch, maxURLLength: maxUrlLength }),
    false: httpLink<AppRouter>({ ...http, methodOverride: "POST" }),
  })
