import { Readable } from "node:stream"
import { appRouter } from "@strudel-agent/api/root"
import {
  callTRPCProcedure,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  isTrackedEnvelope,
  type TRPCError,
} from "@trpc/server"
import type { FastifyReply, FastifyRequest } from "fastify"
import type { TrpcCalls } from "./calls.ts"
import type { PlainCallOptions } from "./plain.ts"
import { badRequest, typeOf } from "./procedures.ts"

const { _config: config } = appRouter._def
const type = "subscription"

/** What a plain subscription asks for. */
export interface PlainStream {
  path: string
  input: string | null
  lastEventId: string | undefined
}

/** The subscription of a request that is answered here: one alone, by GET, in plain JSON. */
export function plainStreamOf(
  { method, headers }: FastifyRequest,
  { paths, isBatch, input, isPlain, lastEventId }: TrpcCalls,
): PlainStream | undefined {
  const [path] = paths
  if (path === undefined || isBatch || !isPlain || method !== "GET" || typeOf(path) !== type) return undefined
  if (headers["content-type"] !== undefined || headers["trpc-accept"] !== undefined) return undefined
  const given = headers["last-event-id"]
  return { path, input, lastEventId: (typeof given === "string" ? given : undefined) ?? lastEventId ?? undefined }
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value)

function inputOf({ input, lastEventId }: PlainStream): unknown {
  let value: unknown
  try {
    value = input ? JSON.parse(input) : undefined
  } catch (cause) {
    throw badRequest(cause)
  }
  if (!lastEventId) return value
  return isObject(value) ? { ...value, lastEventId } : (value ?? { lastEventId })
}

const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === "object" && value !== null && Symbol.asyncIterator in value

/** The JSON of events that several streams tell. */
const texts = new WeakMap<object, string>()

function textOf(data: unknown): string {
  if (typeof data !== "object" || data === null) return JSON.stringify(data)
  const text = texts.get(data) ?? JSON.stringify(data)
  texts.set(data, text)
  return text
}

const eventOf = (value: unknown): string =>
  isTrackedEnvelope(value) ? `data: ${textOf(value[1])}\nid: ${value[0]}\n\n\n` : `data: ${textOf(value)}\n\n\n`

const named = (name: string, data = ""): string => `event: ${name}\ndata: ${data}\n\n\n`

/** The bytes of a stream: they wait for their reader, and end with it. */
class EventBytes extends Readable {
  #resume = () => {}
  #isWaiting = false

  /** Resolves when there is room for more. */
  async write(text: string): Promise<void> {
    if (this.destroyed || this.push(text)) return
    this.#isWaiting = true
    await new Promise<void>((resolve) => {
      this.#resume = resolve
    })
    this.#isWaiting = false
  }

  /** Says that the stream lives, unless its reader has yet to read what was said before. */
  ping(): void {
    if (!this.#isWaiting && !this.destroyed) this.push(named("ping"))
  }

  override _read(): void {
    this.#resume()
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#resume()
    callback(error)
  }
}

/**
 * Answers a subscription as tRPC's own handler does, byte for byte, without the chain of web streams and promises that it
 * makes for each: hundreds of readers of one session hear of a message at once.
 */
export function answerPlainStream(
  reply: FastifyReply,
  stream: PlainStream,
  { context, onError }: Pick<PlainCallOptions, "context" | "onError">,
): FastifyReply {
  const control = new AbortController()
  const bytes = new EventBytes()
  const { ping, client, maxDurationMs } = config.sse ?? {}
  const pinging = ping?.enabled ? setInterval(() => bytes.ping(), ping.intervalMs ?? 1000) : undefined
  const longest = maxDurationMs ? setTimeout(() => control.abort(), maxDurationMs) : undefined
  bytes.once("close", () => control.abort())

  const tell = async (): Promise<void> => {
    const { path } = stream
    const call = { router: appRouter, path, type, ctx: context, signal: control.signal, batchIndex: 0 } as const
    await bytes.write(named("connected", JSON.stringify(client ?? {})))
    try {
      const values = await callTRPCProcedure({ ...call, getRawInput: async () => inputOf(stream) })
      if (!isAsyncIterable(values)) throw new Error(`${path} tells no events`)
      for await (const value of values) {
        pinging?.refresh()
        await bytes.write(eventOf(value))
        if (bytes.destroyed) break
      }
      if (!control.signal.aborted) await bytes.write(named("return"))
    } catch (cause) {
      if (control.signal.aborted) return
      const error: TRPCError = getTRPCErrorFromUnknown(cause)
      onError({ error, path })
      const shape = getTRPCErrorShape({ config, error, type, path, input: undefined, ctx: context })
      await bytes.write(named("serialized-error", JSON.stringify(shape)))
    } finally {
      clearInterval(pinging)
      clearTimeout(longest)
      if (!bytes.destroyed) bytes.push(null)
    }
  }
  void tell()
  return reply
    .headers({
      "content-type": "text/event-stream",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
      connection: "keep-alive",
      vary: "trpc-accept, accept",
    })
    .send(bytes)
}
