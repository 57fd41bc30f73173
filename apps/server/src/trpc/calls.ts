import { requestBytesOf } from "@strudel-agent/api/request-bytes"
import { limits } from "@strudel-agent/contract/limits"
import { type JsonLimits, type JsonProblem, scanJson } from "@strudel-agent/project-folder/json/json-scan"
import type { FastifyRequest } from "fastify"
import { jsonLimits } from "../bodies/read-json.ts"

/** What a request to /trpc calls. */
export interface TrpcCalls {
  /** The procedures' paths: several in a batch. */
  paths: string[]
  isBatch: boolean
  /** The inputs of a GET, as JSON. */
  input: string | null
  /** The last event that a stream's reader got. */
  lastEventId: string | null
  /** Whether the address says nothing else. */
  isPlain: boolean
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const known = new Set(["batch", "input", "lastEventId", "Last-Event-Id"])

const read = new WeakMap<object, TrpcCalls>()

/** Reads what a request calls off its address, as tRPC does; once for each request. */
export function callsOf(request: Pick<FastifyRequest, "url">, prefix: string): TrpcCalls {
  const calls = read.get(request) ?? readCalls(request, prefix)
  read.set(request, calls)
  return calls
}

function readCalls(request: Pick<FastifyRequest, "url">, prefix: string): TrpcCalls {
  const { pathname, searchParams } = new URL(request.url, "http://door")
  const path = decoded(pathname.slice(prefix.length + 1))
  const isBatch = searchParams.get("batch") === "1"
  return {
    paths: isBatch ? path.split(",") : [path],
    isBatch,
    input: searchParams.get("input"),
    lastEventId: searchParams.get("lastEventId") ?? searchParams.get("Last-Event-Id"),
    isPlain: [...searchParams.keys()].every((key) => known.has(key)),
  }
}

/** Bytes that a body may have: as much as its calls may bring together, within what any call may. */
export function bodyBytesOf({ paths }: TrpcCalls): number {
  const sum = paths.slice(0, limits.batch).reduce((bytes, path) => bytes + requestBytesOf(path), 0)
  return Math.min(sum, Math.max(...Object.values(limits.requestBytes)))
}

/** What the inputs of calls have to keep to, each call's by itself where they come together. */
export function jsonLimitsOf({ paths, isBatch }: TrpcCalls): JsonLimits {
  if (!isBatch) return jsonLimits
  const memberBytes = (key: string) => {
    const path = paths[Number(key)]
    return path === undefined ? undefined : requestBytesOf(path)
  }
  return { ...jsonLimits, memberBytes }
}

/** The field of a call's input that a path names; in a batch its first part is the call. */
export const fieldOf = (path: string, { isBatch }: TrpcCalls): string => (isBatch ? path.replace(/^\d+\.?/, "") : path)

/** The first problem with the inputs that stand in an address. */
export function problemInAddress(calls: TrpcCalls): JsonProblem | undefined {
  const problem = calls.input === null ? undefined : scanJson(calls.input, jsonLimitsOf(calls))
  return problem && { ...problem, path: fieldOf(problem.path, calls) }
}
