import { Agent, type Dispatcher, request } from "undici"
import { createGate, type GateOptions } from "../gate.ts"
import { type BodyLimits, readBody } from "./sample-body.ts"
import { SampleFailure } from "./sample-failure.ts"
import { kindOf } from "./sample-kind.ts"
import { allowedUrl } from "./sample-origins.ts"

export interface Sample {
  bytes: Buffer
  type: string
}

export interface SourceOptions extends Partial<BodyLimits> {
  origins: readonly string[]
  /** Milliseconds until a file must be there, once it is its turn. */
  timeout?: number
  gate?: Omit<GateOptions, "refusal">
}

const mostRedirects = 3
/** Milliseconds in which a connection must be there. */
const connecting = 4_000
/** Milliseconds in which a host that could not be reached is not tried again. */
const pause = 15_000
/** Files that are fetched at once, each up to 32 MB in memory; a host that is slow leaves places for others. */
const usualGate = { running: 6, perHost: 3, waiting: 256 }

interface Errand<Result> {
  /** Milliseconds that are left, without those in which it waits for its turn. */
  left: number
  /** Aborts when nobody wants it any more. */
  leaving: AbortSignal
  take(sample: Sample): Promise<Result>
}

/** What says of a host that nothing of it can be had. Whatever else goes wrong is told of the one file. */
const noWay = new Set([
  ...["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"],
  "UND_ERR_CONNECT_TIMEOUT",
])

const isNoWay = (error: unknown) =>
  error instanceof Error && "code" in error && typeof error.code === "string" && noWay.has(error.code)

/** Fetches sounds and maps of them from the hosts on the list, and from nowhere else. */
export function createSampleSource({
  origins,
  maxBytes = 32 * 1024 * 1024,
  maxMapBytes = 2 * 1024 * 1024,
  timeout = 10_000,
  gate: places = usualGate,
}: SourceOptions) {
  const gate = createGate({
    ...places,
    refusal: () => new SampleFailure("SAMPLES_BUSY", "The server loads as many sounds as it can"),
  })
  const dispatcher = new Agent({
    connect: { timeout: Math.min(connecting, timeout) },
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  /** When hosts may be tried again, by their origins. */
  const away = new Map<string, number>()

  function permitted(address: string, base?: string): URL {
    const url = allowedUrl(address, origins, base)
    if (url) return url
    throw new SampleFailure("SAMPLE_REFUSED", "Its host is not on the list of this server: STRUDEL_SAMPLE_ORIGINS")
  }

  async function reach(url: URL, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    if ((away.get(url.origin) ?? 0) > Date.now()) throw unreachable(url.host)
    // What is packed is counted by what comes out of it.
    const headers = { accept: "audio/*, application/json;q=0.9, */*;q=0.1", "accept-encoding": "identity" }
    try {
      const response = await request(url, { dispatcher, signal, headers })
      // A body that is given up tells of it later, when nobody listens.
      response.body.on("error", () => {})
      return response
    } catch (error) {
      if (isNoWay(error)) away.set(url.origin, Date.now() + pause)
      throw error
    }
  }

  /** Where an answer leads on to; null for one that is the file, or none. */
  function redirectOf({ statusCode, headers, body }: Dispatcher.ResponseData, from: URL): URL | null {
    const { location } = headers
    if (statusCode < 300 || statusCode >= 400 || typeof location !== "string") return null
    body.destroy()
    return permitted(location, from.href)
  }

  async function read({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<Sample> {
    if (statusCode < 200 || statusCode >= 300) {
      body.destroy()
      throw refusalOf(statusCode)
    }
    const encoding = String(headers["content-encoding"] ?? "").toLowerCase()
    const length = Number(headers["content-length"] ?? 0)
    const bytes = await readBody(body, { encoding, length }, { maxBytes, maxMapBytes })
    const type = kindOf(bytes)
    if (type === null) throw new SampleFailure("SAMPLE_NOT_SOUND", "The file is neither a sound nor a map of sounds")
    return { bytes, type }
  }

  /** Asks one host, in its turn. */
  async function visit<Result>(url: URL, errand: Errand<Result>): Promise<{ next: URL } | { result: Result }> {
    const { leaving, take } = errand
    const leave = await gate.enter(url.host, leaving)
    const begun = performance.now()
    const late = AbortSignal.timeout(Math.max(0, Math.ceil(errand.left)))
    let failure = unreachable(url.host)
    try {
      const response = await reach(url, AbortSignal.any([leaving, late]))
      failure = new SampleFailure("SAMPLES_UNREACHABLE", "The connection broke off")
      const next = redirectOf(response, url)
      return next ? { next } : { result: await take(await read(response)) }
    } catch (error) {
      if (leaving.aborted) throw leaving.reason
      if (error instanceof SampleFailure) throw error
      if (late.aborted) throw new SampleFailure("SAMPLES_TIMEOUT", `${url.host} takes too long`)
      throw Object.assign(failure, { cause: error })
    } finally {
      errand.left -= performance.now() - begun
      leave()
    }
  }

  return {
    /**
     * Fetches a file and has it taken while its place is held, for only so many to be in memory at a time. Rejects with
     * `SampleFailure`, or with the signal's reason once that aborts.
     */
    async fetch<Result>(address: string, { leaving, take }: Omit<Errand<Result>, "left">): Promise<Result> {
      const errand = { leaving, take, left: timeout }
      let url = permitted(address)
      for (let turn = 0; turn <= mostRedirects; turn++) {
        const visited = await visit(url, errand)
        if ("result" in visited) return visited.result
        url = visited.next
      }
      throw new SampleFailure("SAMPLES_UNREACHABLE", "It is redirected again and again")
    },
    /** Lets go of all connections. */
    close: () => dispatcher.destroy(),
  }
}

const unreachable = (host: string) => new SampleFailure("SAMPLES_UNREACHABLE", `${host} cannot be reached`)

function refusalOf(status: number): SampleFailure {
  return status === 404 || status === 410 || status === 403
    ? new SampleFailure("SAMPLE_NOT_FOUND", "There is no such file")
    : new SampleFailure("SAMPLES_UNREACHABLE", `Its host answered ${status}`)
}
