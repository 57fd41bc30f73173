import type { Context } from "@strudel-agent/api/context"
import { appRouter } from "@strudel-agent/api/root"
import { Written } from "@strudel-agent/api/written"
import { limits } from "@strudel-agent/contract/limits"
import { callTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape, type TRPCError } from "@trpc/server"
import { getHTTPStatusCode } from "@trpc/server/http"
import type { FastifyReply, FastifyRequest } from "fastify"
import type { TrpcCalls } from "./calls.ts"
import { badRequest, typeOf } from "./procedures.ts"

type Type = "query" | "mutation"

const { _config: config } = appRouter._def

/** A request's calls, which are all of one type. */
export interface PlainCalls extends TrpcCalls {
  type: Type
}

const accepted: Record<string, Type[]> = { GET: ["query"], POST: ["query", "mutation"] }

/** The calls of a request that are answered here: of procedures there are, by their methods, in plain JSON. */
export function plainCallsOf({ method, headers }: FastifyRequest, calls: TrpcCalls): PlainCalls | undefined {
  const type = typeOf(calls.paths[0] ?? "")
  const contentType = headers["content-type"]
  const isJson = contentType === undefined ? method === "GET" : contentType.startsWith("application/json")
  const isPlain = isJson && calls.isPlain && headers["trpc-accept"] === undefined && !/jsonl/.test(headers.accept ?? "")
  const isOne = calls.paths.length <= limits.batch && calls.paths.every((path) => typeOf(path) === type)
  if (type === undefined || type === "subscription" || !isPlain || !isOne) return undefined
  return accepted[method]?.includes(type) ? { ...calls, type } : undefined
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** Reads the calls' inputs, each by its place. */
function inputsOf({ method, body }: FastifyRequest, { isBatch, input }: TrpcCalls): (place: number) => unknown {
  const inputs: unknown = method === "GET" ? (input ? JSON.parse(input) : undefined) : body
  if (!isBatch) return () => inputs
  if (inputs === undefined) return () => undefined
  if (!isObject(inputs)) throw new Error('"input" needs to be an object when doing a batch call')
  return (place) => inputs[place]
}

/** A signal that ends where who asked leaves before the answer. */
function signalOf(reply: FastifyReply): AbortSignal {
  const control = new AbortController()
  reply.raw.once("close", () => {
    if (!reply.raw.writableFinished) control.abort()
  })
  return control.signal
}

interface Answer {
  text: string
  /** What the status is made of. */
  response: Parameters<typeof getHTTPStatusCode>[0]
}

function answerOf(data: unknown): Answer {
  const text = data instanceof Written ? `{"result":{"data":${data.text}}}` : JSON.stringify({ result: { data } })
  return { text, response: { result: { data: undefined } } }
}

export interface PlainCallOptions {
  context: Context
  onError(failure: { error: TRPCError; path: string }): void
}

/**
 * Answers calls as tRPC's own handler does, byte for byte, without the Request, Response and streams that it makes for
 * each; a page that the database wrote goes out as it is.
 */
export async function answerPlainCalls(
  request: FastifyRequest,
  reply: FastifyReply,
  { calls, context, onError }: PlainCallOptions & { calls: PlainCalls },
): Promise<FastifyReply> {
  const { type, isBatch } = calls
  const signal = signalOf(reply)
  const ctx = { ...context, takesText: true }
  let inputs: ((place: number) => unknown) | undefined
  const getRawInput = async (place: number) => {
    try {
      inputs ??= inputsOf(request, calls)
      return inputs(place)
    } catch (cause) {
      throw badRequest(cause)
    }
  }
  const answers = await Promise.all(
    calls.paths.map(async (path, batchIndex): Promise<Answer> => {
      try {
        const call = { router: appRouter, path, type, ctx, signal, batchIndex }
        return answerOf(await callTRPCProcedure({ ...call, getRawInput: () => getRawInput(batchIndex) }))
      } catch (cause) {
        const error = getTRPCErrorFromUnknown(cause)
        onError({ error, path })
        const response = { error: getTRPCErrorShape({ config, error, type, path, input: undefined, ctx }) }
        return { text: JSON.stringify(response), response }
      }
    }),
  )
  const texts = answers.map(({ text }) => text)
  const status = getHTTPStatusCode(isBatch ? answers.flatMap(({ response }) => response) : (answers[0]?.response ?? []))
  // Bytes, because Fastify tells the charset of a text.
  const body = Buffer.from(isBatch ? `[${texts.join(",")}]` : (texts[0] ?? ""))
  return reply.code(status).header("content-type", "application/json").header("vary", "trpc-accept, accept").send(body)
}
